import { describe, expect, it } from 'vitest';
import { initialState } from '../conversation/initial.ts';
import type { ConversationState } from '../conversation/state.ts';
import { mayBeNoted, notedBetween } from './noted.ts';

const connected: ConversationState = {
  ...initialState,
  call: { kind: 'connected', sinceMs: 1, roomName: 'room-1' },
  assistant: { kind: 'listening' },
  microphone: { kind: 'live', muted: false },
};

describe('what the log notes', () => {
  it('is all that is true when it begins', () => {
    const noted = notedBetween(undefined, connected);
    expect(noted).toContainEqual({
      event: 'call',
      about: { kind: 'connected', room: 'room-1', conversation: undefined },
    });
    expect(noted.map(({ event }) => event)).toContain('sound');
  });

  it('is what changed, and no turn of the talk', () => {
    const muted: ConversationState = {
      ...connected,
      microphone: { kind: 'live', muted: true },
      assistant: { kind: 'speaking' },
    };
    expect(notedBetween(connected, muted)).toEqual([
      { event: 'microphone', about: { kind: 'live', muted: true, device: 'default' } },
    ]);
  });

  it('is each problem once, and that it went', () => {
    const lost: ConversationState = {
      ...connected,
      problems: [{ code: 'speaker_unavailable', detail: 'It is gone.' }],
    };
    expect(notedBetween(connected, lost)).toEqual([
      { event: 'problem', about: { code: 'speaker_unavailable', detail: 'It is gone.' } },
    ]);
    expect(notedBetween(lost, { ...lost })).toEqual([]);
    expect(notedBetween(lost, connected)).toEqual([
      { event: 'problem gone', about: { code: 'speaker_unavailable' } },
    ]);
  });

  it('is nothing that may repeat what was said', () => {
    const failed: ConversationState = {
      ...connected,
      problems: [{ code: 'tool_failed', detail: 'No timer named "surprise party".' }],
      rows: [{ kind: 'notice', id: '1', text: 'surprise party', startedAtMs: 1 }],
    };
    expect(JSON.stringify(notedBetween(undefined, failed))).not.toContain('surprise');
  });

  it('is not looked for while only words come', () => {
    expect(mayBeNoted(connected, { ...connected, rows: [] })).toBe(false);
    expect(mayBeNoted(connected, { ...connected, problems: [] })).toBe(true);
  });
});
