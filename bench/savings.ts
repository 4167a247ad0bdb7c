import { dispose } from '@livekit/rtc-node';
import type { EngineClient } from '../agent/engine/client.ts';
import { startTestEngine } from '../agent/engine/test-engine.ts';
import { gatingOf } from '../agent/gate/gating.ts';
import {
  newsOfEngine,
  newsOfPage,
  pageDetector,
  passageOf,
  type News,
  type Passage,
} from '../agent/gate/test-passage.ts';
import { wordErrorRate } from '../e2e/fixtures/word-error-rate.ts';
import { report } from './report.ts';
import { labelledConversations, type LabelledConversation } from './savings/conversations.ts';

/** The first and the last word are where a gate would clip; a recogniser reads the same sound from another start otherwise. */
const startsMs = [500, 507, 514];
const samplesPerMs = 16;

interface Figures {
  readonly conversation: string;
  readonly ears: string;
  readonly provider: string;
  readonly capturedS: number;
  readonly spokenS: number;
  readonly sentS: number;
  readonly 'not sent, %': number;
  readonly 'speech clipped, ms': number;
  readonly words: number;
  readonly 'words lost': number;
}

const engine = await startTestEngine();
const silero = await pageDetector();
try {
  const conversations = await labelledConversations(engine.client);
  const all: Figures[] = [];
  for (const conversation of conversations) {
    const before = await errorsIn(engine.client, conversation, conversation.audio);
    for (const [ears, news] of Object.entries(await hearers(conversation))) {
      for (const provider of ['gemini', 'openai'] as const) {
        const gating = gatingOf(provider, {});
        const passage = passageOf(conversation.audio, gating, news, silero);
        const after = await errorsIn(
          engine.client,
          conversation,
          heardThrough(conversation, passage),
        );
        all.push({
          conversation: conversation.name,
          ears,
          provider,
          ...figures(conversation, passage),
          'words lost': lost(before, after),
        });
      }
    }
  }
  await report(
    'savings',
    Object.fromEntries(summaries(all).map(({ name, ...row }) => [name, row])),
    { conversations: all },
  );
} finally {
  await engine.release();
  // LiveKit's native part, which resamples the voice, would keep the process alive.
  await dispose();
}

/** Who tells the gate when somebody speaks. */
async function hearers({ audio }: LabelledConversation): Promise<Record<string, readonly News[]>> {
  let turn = 0;
  const busyMs = (): number => [0, 400, 130, 270][turn++ % 4] ?? 0;
  return {
    'the page': newsOfPage(audio, silero),
    'the page, busy for up to 400 ms': newsOfPage(audio, silero, busyMs),
    'the agent': await newsOfEngine(audio, engine.client),
  };
}

function figures(
  { utterances }: LabelledConversation,
  { wasSent, sentMs, capturedMs }: Passage,
): Omit<Figures, 'conversation' | 'ears' | 'provider' | 'words lost'> {
  const seconds = (ms: number): number => Math.round(ms / 100) / 10;
  let spoken = 0;
  let clipped = 0;
  for (const { from, to } of utterances) {
    spoken += to - from;
    for (let at = from; at < to; at += 1) if (!wasSent[at]) clipped += 1;
  }
  return {
    capturedS: seconds(capturedMs),
    spokenS: seconds(spoken / samplesPerMs),
    sentS: seconds(sentMs),
    'not sent, %': Math.round((1 - sentMs / capturedMs) * 1000) / 10,
    'speech clipped, ms': Math.round(clipped / samplesPerMs),
    words: utterances.reduce((sum, { words }) => sum + wordsOf(words), 0),
  };
}

/** The conversation with the empty room in the place of what was not sent, so that nothing else changes what is read. */
function heardThrough({ audio, room }: LabelledConversation, { wasSent }: Passage): Int16Array {
  return audio.map((sample, at) => (wasSent[at] ? sample : (room[at] ?? 0)));
}

/** Of each utterance, how many words are misread at best. */
async function errorsIn(
  client: EngineClient,
  { utterances }: LabelledConversation,
  audio: Int16Array,
): Promise<readonly number[]> {
  const errors: number[] = [];
  for (const { from, to, words } of utterances) {
    const readings: number[] = [];
    for (const startMs of startsMs) {
      const start = Math.max(0, from - startMs * samplesPerMs);
      const heard = await wordsIn(client, audio.slice(start, to + 600 * samplesPerMs));
      readings.push(Math.round(wordErrorRate(words, heard) * wordsOf(words)));
    }
    errors.push(Math.min(...readings));
  }
  return errors;
}

function lost(before: readonly number[], after: readonly number[]): number {
  return after.reduce((sum, errors, index) => sum + Math.max(0, errors - (before[index] ?? 0)), 0);
}

async function wordsIn(client: EngineClient, audio: Int16Array): Promise<string> {
  const stream = client.listen();
  stream.write(audio);
  stream.end();
  const words: string[] = [];
  for await (const event of stream) if (event.type === 'final') words.push(event.text);
  return words.join(' ');
}

function wordsOf(text: string): number {
  return text.match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
}

/** Over all conversations, by who hears and for whom. */
function summaries(
  all: readonly Figures[],
): ({ name: string } & Record<string, number | string>)[] {
  const groups = new Map<string, Figures[]>();
  for (const one of all) {
    const name = `${one.ears} → ${one.provider}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, group]) => {
    const sum = (pick: (one: Figures) => number): number =>
      Math.round(group.reduce((total, one) => total + pick(one), 0) * 10) / 10;
    const captured = sum(({ capturedS }) => capturedS);
    const sent = sum(({ sentS }) => sentS);
    return {
      name,
      'captured, s': captured,
      'spoken, s': sum(({ spokenS }) => spokenS),
      'sent, s': sent,
      'not sent, %': Math.round((1 - sent / captured) * 1000) / 10,
      'speech clipped, ms': sum((one) => one['speech clipped, ms']),
      'words lost': `${sum((one) => one['words lost'])} of ${sum(({ words }) => words)}`,
    };
  });
}
