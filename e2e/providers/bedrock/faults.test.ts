import { describe, expect, it } from 'vitest';
import type { Fault } from './bedrock.ts';
import { isEndOfReply, isToolUse, silence, talkingTo, TestBench } from './test-bench.ts';
import { RawClient } from './test-client.ts';

const bench = new TestBench();

describe('faults', () => {
  it.each([
    [401, 'UnrecognizedClientException'],
    [403, 'AccessDeniedException'],
    [429, 'ThrottlingException'],
  ] as const)('refuses a connection with %i, once', async (status, name) => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'http', status });
    await expect(new RawClient(emulator.url).finished).rejects.toMatchObject({ name });
    const client = talkingTo(emulator);
    client.close();
    await client.finished;
  });

  it.each([
    ['throttlingException', 'ThrottlingException'],
    ['modelStreamErrorException', 'ModelStreamErrorException'],
    ['serviceUnavailableException', 'ServiceUnavailableException'],
  ] as const)('throws %s into the stream', async (exception, name) => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'exception', exception, at: 'audio' });
    const client = talkingTo(emulator);
    client.say(silence(32));
    await expect(client.finished).rejects.toMatchObject({ name });
  });

  it.each<Extract<Fault, { at: string }>>([
    { kind: 'reset', code: 'NO_ERROR', at: 'turn' },
    { kind: 'reset', code: 'INTERNAL_ERROR', at: 'reply' },
    { kind: 'drop', at: 'reply' },
    { kind: 'end', at: 'reply' },
  ])('breaks the stream off without a word: %o', async (fault) => {
    const emulator = await bench.emulate();
    emulator.fault(fault);
    const client = talkingTo(emulator);
    client.text('USER', 'Who are you?', { interactive: true });
    await client.finished.catch(() => undefined);
    expect(client.received.map(({ name }) => name)).not.toContain('completionEnd');
    expect(client.received.some(({ name }) => name === 'audioOutput')).toBe(fault.at === 'reply');
    await emulator.log.until('closed');
  });

  it('strikes every open stream at once', async () => {
    const emulator = await bench.emulate();
    const clients = [talkingTo(emulator), talkingTo(emulator)];
    await emulator.log.until(
      'event',
      ({ session, name, body }) =>
        session === 1 && name === 'contentStart' && JSON.stringify(body).includes('mic'),
    );
    emulator.fault({ kind: 'exception', exception: 'internalServerException', at: 'now' });
    for (const { finished } of clients) {
      await expect(finished).rejects.toMatchObject({ name: 'InternalServerException' });
    }
    expect(emulator.open).toBe(0);
  });

  it('sends what cannot be read, and goes on', async () => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'malformed', what: 'json', at: 'turn' });
    emulator.fault({ kind: 'malformed', what: 'event', at: 'reply' });
    const client = talkingTo(emulator);
    client.text('USER', 'Who are you?', { interactive: true });
    await client.until(isEndOfReply);
    const names = client.received.map(({ name }) => name);
    expect(names).toContain('unreadable');
    expect(names).toContain('weatherReport');
    expect(client.texts('ASSISTANT', 'FINAL')).toEqual(['This is Nova Sonic speaking.']);
  });

  it('keeps silent for a turn, and encodes arguments twice', async () => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'silence' });
    emulator.fault({ kind: 'double-encoded' });
    const client = talkingTo(emulator, { tools: ['get_time'] });
    client.text('USER', 'Who are you?', { interactive: true });
    client.text('USER', 'What time is it in Tokyo?', { interactive: true });
    const { content = '' } = await client.until(isToolUse);
    expect(JSON.parse(JSON.parse(content) as string)).toEqual({ place: 'tokyo' });
    expect(client.texts('ASSISTANT', 'SPECULATIVE')).toEqual([]);
  });

  it('is slow to open a stream, and quick to end it', async () => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'slow-start', delayMs: 400 });
    emulator.fault({ kind: 'short-session', limitMs: 300 });
    const startedAtMs = performance.now();
    await expect(talkingTo(emulator).finished).rejects.toMatchObject({
      name: 'ModelTimeoutException',
    });
    expect(performance.now() - startedAtMs).toBeGreaterThan(700);
  });
});
