import { ReadableStream } from 'node:stream/web';
import { describe, expect, it, vi } from 'vitest';
import { endingWith, tellingOfCancel } from './stoppable-stream.ts';

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

  it('has ended already when the signal came first', async () => {
    const reader = endingWith(endless(), AbortSignal.abort()).getReader();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});

describe('a stream that tells of its cancel', () => {
  it('tells it, and cancels what is behind it', async () => {
    const cancelled = vi.fn();
    const told = vi.fn();
    const stream = tellingOfCancel(new ReadableStream<number>({ cancel: cancelled }), told);
    await stream.cancel('enough');
    expect(told).toHaveBeenCalledOnce();
    expect(cancelled).toHaveBeenCalledWith('enough');
  });

  it('tells nothing when it is read to its end', async () => {
    const told = vi.fn();
    for await (const item of tellingOfCancel(ReadableStream.from([1]), told)) expect(item).toBe(1);
    expect(told).not.toHaveBeenCalled();
  });
});
