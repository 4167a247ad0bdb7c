import { TransformStream, type ReadableStream } from 'node:stream/web';
import type { stt } from '@livekit/agents';
import { isBackchannel } from '#protocol/backchannel.ts';

type Heard = stt.SpeechEvent | string;

export interface OverlapOptions {
  readonly isAssistantSpeaking: () => boolean;
  /** Whether the person may have spoken just now, by whatever else listens to the same microphone. */
  readonly mayHaveSpoken: () => boolean;
}

/**
 * Passes on what a recogniser hears, without what neither pauses the assistant nor is answered when it comes while the
 * assistant speaks: the "mm-hm" and the "yeah" by which somebody shows that they listen, and the words that a recogniser
 * makes of coughs and of what an echo canceller leaves. When the assistant is silent all of it is passed on.
 */
export function withoutOverlap(
  heard: ReadableStream<Heard>,
  { isAssistantSpeaking, mayHaveSpoken }: OverlapOptions,
): ReadableStream<Heard> {
  /** Of the utterance under way something has been passed on, so the rest belongs to it. */
  let begun = false;
  /** The utterance began while the assistant spoke: its words may be what is left of an echo, even when they come late. */
  let beganOver = false;
  return heard.pipeThrough(
    new TransformStream<Heard, Heard>({
      transform(event, controller) {
        const text = textOf(event);
        const isOver = isAssistantSpeaking();
        if (text === undefined) {
          begun = false;
          beganOver = isOver;
        } else if (!begun) {
          if (isOver && isBackchannel(text)) return;
          if ((isOver || beganOver) && !mayHaveSpoken()) return;
          begun = true;
        }
        controller.enqueue(event);
      },
    }),
  );
}

/** Undefined for what is not words: a beginning, or an end. */
function textOf(event: Heard): string | undefined {
  return typeof event === 'string' ? event : event.alternatives?.[0].text;
}
