import { ReadableStream, TransformStream } from 'node:stream/web';

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

/** The same stream, which tells when its reader gives it up before its end. */
export function tellingOfCancel<T>(
  stream: ReadableStream<T>,
  onCancel: () => void,
): ReadableStream<T> {
  const reader = stream.getReader();
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel(reason) {
      onCancel();
      return reader.cancel(reason);
    },
  });
}
