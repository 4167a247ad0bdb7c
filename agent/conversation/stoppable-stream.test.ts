import { ReadableStream } from 'node:stream/web';
import { describe, expect, it } from 'vitest';
import { endingWith } from './stoppable-stream.ts';

const endless = (): ReadableStream<number> => {
  let next = 0;
  return new ReadableStream({ pull: (controller) => controller.enqueue(next++) });
};

describe('a stream that ends with a signal', () => {
  it('passes everything on while nothing happens', async () => {
    const seen = [];
    const stream = endingWith(ReadableStream.from([1, 2]), new AbortController().signal);
    for await (const item of stream) seen.push(item);
    expect(seen).toEqual([1, 2]);
  });

  it('lets a reader go that waits for what will never come', async () => {
    const end = new AbortController();
    const reader = endingWith(new ReadableStream<number>(), end.signal).getReader();
    const waiting = reader.read();
    end.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('cancels what is behind it', async () => {
    const end = new AbortController();
    await new Promise((resolve) => {
      endingWith(new ReadableStream<number>({ cancel: resolve }), end.signal);
      end.abort();
    });
  });

  it('has ended already when the signal came first', async () => {
    const reader = endingWith(endless(), AbortSignal.abort()).getReader();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});
