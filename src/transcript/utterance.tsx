import { Late } from '../app/late.tsx';
import { Tooltip } from '../app/late-parts.ts';
import { fixed } from '../words/formats.ts';
import { words } from '../words/page.ts';
import type { UtteranceRow } from './model.ts';
import { dividedAtLastWord } from './spoken-word.ts';
import { Unheard } from './unheard.tsx';

export function Utterance({ row }: { row: UtteranceRow }) {
  const user = row.speaker === 'user';
  const interim = row.status.kind === 'interim';
  return (
    <div className={`flex flex-col ${user ? 'items-end' : 'items-start'}`}>
      <div
        // Unfinished text changes with every word: it is read out once, when it is finished and comes in as a new element.
        key={interim ? 'interim' : 'finished'}
        aria-live={interim ? 'off' : undefined}
        className={`max-w-[min(100%,42rem)] leading-relaxed wrap-break-word whitespace-pre-wrap ${
          user ? 'ml-10 rounded-3xl rounded-br-lg bg-sunken px-4 py-2' : 'mr-6'
        }`}
      >
        <span className="sr-only">
          {user ? words.transcript.user : words.transcript.assistant}
          {user && row.via === 'text' && `, ${words.transcript.typed}`}
          {': '}
        </span>
        {interim && !user ? (
          <SpokenText text={row.text} />
        ) : (
          <span className={interim ? 'text-muted' : undefined}>{row.text}</span>
        )}
        {interim && <StillSpeaking />}
        {row.status.kind === 'cut' && <Unheard text={row.status.unheard} />}
      </div>
      {row.latencyMs !== undefined && <Latency latencyMs={row.latencyMs} />}
    </div>
  );
}

/** Lets the eye follow the voice: the word that sounds now stands on a soft ground. */
function SpokenText({ text }: { text: string }) {
  const { before, word, after } = dividedAtLastWord(text);
  return (
    <span>
      {before}
      {/* A ground without edges in the flow: the line must not move as the word does. */}
      <span
        data-sounding
        className="rounded-sm bg-sunken shadow-[0_0_0_3px_var(--sunken)] transition-colors"
      >
        {word}
      </span>
      {after}
    </span>
  );
}

function StillSpeaking() {
  return (
    <>
      <span aria-hidden="true" className="ml-1 inline-flex gap-0.75 align-middle text-muted">
        {['', '[animation-delay:160ms]', '[animation-delay:320ms]'].map((delay) => (
          <span key={delay} className={`size-1 animate-pulse rounded-full bg-current ${delay}`} />
        ))}
      </span>
      <span className="sr-only">, {words.transcript.stillSpeaking}</span>
    </>
  );
}

function Latency({ latencyMs }: { latencyMs: number }) {
  const time = (
    <data
      value={Math.round(latencyMs)}
      className="mt-0.5 inline-block text-xs text-muted tabular-nums"
    >
      {words.transcript.seconds(fixed(latencyMs / 1000, 1))}
      <span className="sr-only"> {words.transcript.latency}</span>
    </data>
  );
  return (
    <Late fallback={time} missing={time}>
      <Tooltip text={words.transcript.latency}>{time}</Tooltip>
    </Late>
  );
}
