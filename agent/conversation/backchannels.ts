import { TransformStream, type ReadableStream } from 'node:stream/web';
import type { stt } from '@livekit/agents';
import { isBackchannel } from '#protocol/backchannel.ts';

type Heard = stt.SpeechEvent | string;

/**
 * Passes on what a recogniser hears, without the "mm-hm" and the "yeah" by which somebody shows that they listen: said over
 * the assistant they neither pause it nor are answered. When it is silent they are an answer like any other.
 */
export function withoutBackchannels(
  heard: ReadableStream<Heard>,
  isAssistantSpeaking: () => boolean,
): ReadableStream<Heard> {
  /** Of the utterance under way something has been passed on, so the rest belongs to it. */
  let begun = false;
  return heard.pipeThrough(
    new TransformStream<Heard, Heard>({
      transform(event, controller) {
        const text = textOf(event);
        if (text === undefined) begun = false;
        else if (!begun && isAssistantSpeaking() && isBackchannel(text)) return;
        else begun = true;
        controller.enqueue(event);
      },
    }),
  );
}

/** Undefined for what is not words: a beginning, or an end. */
function textOf(event: Heard): string | undefined {
  return typeof event === 'string' ? event : event.alternatives?.[0].text;
}
