import { ReadableStream } from 'node:stream/web';
import type { llm } from '@livekit/agents';

/**
 * Lets the framework leave a reply that is cut. The published plugins (1.9.0) go on writing into its streams, whose writes are then
 * refused in promises that nobody handles, and that ends the process. Changes the event, which must not have been read from.
 */
export function letReadersLeave(event: llm.GenerationCreatedEvent): void {
  event.functionStream = leavable(event.functionStream, (call) => call);
  event.messageStream = leavable(event.messageStream, (message) => ({
    ...message,
    textStream: leavable(message.textStream, (text) => text),
    audioStream: leavable(message.audioStream, (frame) => frame),
  }));
}

/** The same stream; once its reader has gone, what still comes is read and thrown away. */
function leavable<T>(source: ReadableStream<T>, take: (value: T) => T): ReadableStream<T> {
  const reader = source.getReader();
  let left = false;
  const drain = async (): Promise<void> => {
    while (!(await reader.read()).done);
  };
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (left) return;
      if (done) controller.close();
      else controller.enqueue(take(value));
    },
    cancel() {
      left = true;
      drain().catch(() => undefined);
    },
  });
}
