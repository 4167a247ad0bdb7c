import { TransformStream, type ReadableStream } from 'node:stream/web';

/** The same stream, which ends early, without an error, when the signal is aborted. */
export function endingWith<T>(stream: ReadableStream<T>, signal: AbortSignal): ReadableStream<T> {
  return stream.pipeThrough(
    new TransformStream<T, T>({
      start(controller) {
        const end = (): void => controller.terminate();
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      },
    }),
  );
}
