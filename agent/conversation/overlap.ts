import { TransformStream, type ReadableStream } from 'node:stream/web';
import { stt } from '@livekit/agents';
import { isBackchannel } from '#protocol/backchannel.ts';
import { surelyHeard } from '../engine/wire/messages.ts';

type Heard = stt.SpeechEvent | string;

export interface OverlapOptions {
  readonly isAssistantSpeaking: () => boolean;
  /** Whether these words can be the person's by now, and not an echo or a cough of which words were made. */
  readonly mayHaveSaid: (text: string) => boolean;
}

/** How often words are weighed again while the person may go on speaking, in ms. */
const weighedEveryMs = 40;

/**
 * Passes on what a recogniser hears, without what neither pauses the assistant nor is answered when it comes while the
 * assistant speaks: the "mm-hm" and the "yeah" by which somebody shows that they listen, and the words that a recogniser
 * makes of coughs, laughs and of what an echo canceller leaves. When the assistant is silent all of it is passed on.
 */
export function withoutOverlap(
  heard: ReadableStream<Heard>,
  { isAssistantSpeaking, mayHaveSaid }: OverlapOptions,
): ReadableStream<Heard> {
  /** Of the utterance under way something has been passed on, so the rest belongs to it. */
  let begun = false;
  /** The utterance began while the assistant spoke: its words may be what is left of an echo, even when they come late. */
  let beganOver = false;
  let weighing: NodeJS.Timeout | undefined;
  return heard.pipeThrough(
    new TransformStream<Heard, Heard>({
      transform(event, controller) {
        clearInterval(weighing);
        const text = textOf(event);
        const isOver = isAssistantSpeaking();
        if (text === undefined) {
          begun = false;
          beganOver = isOver;
        } else if (!begun) {
          if (isOver && isBackchannel(text)) return;
          if ((isOver || beganOver) && !(isSure(event) && mayHaveSaid(text))) {
            // Who goes on speaking need not wait for the recogniser's next text.
            if (isInterim(event) && isSure(event))
              weighing = setInterval(weigh, weighedEveryMs).unref();
            return;
          }
          begun = true;
        }
        controller.enqueue(event);

        function weigh(): void {
          if (text === undefined || !mayHaveSaid(text)) return;
          clearInterval(weighing);
          begun = true;
          try {
            controller.enqueue(event);
          } catch {
            // Nobody listens any more, which a stream tells in no other way.
          }
        }
      },
      flush() {
        clearInterval(weighing);
      },
    }),
  );
}

/** Undefined for what is not words: a beginning, or an end. */
function textOf(event: Heard): string | undefined {
  return typeof event === 'string' ? event : event.alternatives?.[0].text;
}

/** Of words that the recogniser did not stand by when it heard them again, something else will come. */
function isSure(event: Heard): boolean {
  return typeof event === 'string' || (event.alternatives?.[0].confidence ?? 1) >= surelyHeard;
}

function isInterim(event: Heard): boolean {
  return typeof event !== 'string' && event.type === stt.SpeechEventType.INTERIM_TRANSCRIPT;
}
