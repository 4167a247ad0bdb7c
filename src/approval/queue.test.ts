import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApprovalQueue } from './queue.ts';

const request = { kind: 'tool', callId: '1', server: 'files', tool: 'read', input: '{}' } as const;
const dark = { tool: 'set_theme', theme: 'dark' } as const;
const link = { tool: 'open_link', url: 'https://example.org/' } as const;
const minuteMs = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('ApprovalQueue', () => {
  it('asks one thing after another and brings each its own answer', async () => {
    const shown: string[][] = [];
    const queue = new ApprovalQueue((waiting) => shown.push(waiting.map(({ callId }) => callId)));
    const first = queue.ask(request, minuteMs);
    const second = queue.ask({ ...request, callId: '2', tool: 'write' }, minuteMs);
    queue.answer('1', 'conversation');
    queue.answer('2', 'once');
    expect(await first).toBe('conversation');
    expect(await second).toBe('once');
    expect(shown).toEqual([['1'], ['1', '2'], ['2'], []]);
  });

  it('takes silence for a no', async () => {
    const queue = new ApprovalQueue(() => undefined);
    const answer = queue.ask(request, minuteMs);
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(await answer).toBe('no');
  });

  it('asks only once for a tool that is allowed in this conversation, and for every other server apart', async () => {
    const queue = new ApprovalQueue(() => undefined);
    const first = queue.ask(request, minuteMs);
    const alike = queue.ask({ ...request, callId: '2' }, minuteMs);
    const stranger = queue.ask({ ...request, callId: '3', server: 'web' }, minuteMs);
    queue.answer('1', 'conversation');
    expect(await Promise.all([first, alike])).toEqual(['conversation', 'conversation']);
    queue.clear();
    expect(await stranger).toBe('no');
  });

  it('lets one word stand for the same thing in the page, but never for a link or another thing', async () => {
    const queue = new ApprovalQueue(() => undefined);
    const inPage = (callId: string, action: typeof dark | typeof link) =>
      queue.ask({ kind: 'page', callId, action }, minuteMs);
    const first = inPage('1', dark);
    const alike = inPage('2', dark);
    const opened = inPage('3', link);
    const another = inPage('4', link);
    queue.answer('1', 'conversation');
    expect(await Promise.all([first, alike])).toEqual(['conversation', 'conversation']);
    queue.answer('3', 'conversation');
    expect(await opened).toBe('conversation');
    queue.clear();
    expect(await another).toBe('no');
  });
});
