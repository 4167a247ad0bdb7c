import { describe, expect, it } from 'vitest';
import type { Call } from '../../conversation/state.ts';
import { presenceOf } from './state.ts';

const connected: Call = { kind: 'connected', sinceMs: 0, roomName: 'r' };

describe('presenceOf', () => {
  it('shows the connection before the assistant, whatever the assistant did last', () => {
    const assistant = { kind: 'speaking' } as const;
    expect(presenceOf({ call: { kind: 'connecting' }, assistant })).toBe('connecting');
    expect(presenceOf({ call: { ...connected, kind: 'reconnecting' }, assistant })).toBe(
      'reconnecting',
    );
    expect(presenceOf({ call: { kind: 'ended', durationMs: 1 }, assistant })).toBe('idle');
  });

  it('waits for an assistant that has not come, and says so once it is late', () => {
    expect(presenceOf({ call: connected, assistant: { kind: 'none' } })).toBe('waiting');
    expect(presenceOf({ call: connected, assistant: { kind: 'awaited' } })).toBe('waiting');
    expect(presenceOf({ call: connected, assistant: { kind: 'absent' } })).toBe('absent');
  });

  it('follows the assistant once it is there', () => {
    expect(presenceOf({ call: connected, assistant: { kind: 'interrupted' } })).toBe('interrupted');
  });
});
