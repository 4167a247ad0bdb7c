import { describe, expect, it } from 'vitest';
import type { Settings } from '#protocol/settings.ts';
import type { Microphone } from '../conversation/state.ts';
import type { Hold } from '../push-to-talk/hold.ts';
import { announcementOf, stateWords } from './state-words.ts';

interface Around {
  microphone?: Microphone;
  mode?: Settings['mode'];
  hold?: Hold;
  service?: 'steady' | 'reconnecting';
}

function around({
  microphone = { kind: 'live', muted: false },
  mode = 'conversation',
  hold = { kind: 'free' },
  service = 'steady',
}: Around = {}) {
  const settings = {
    chosen: { mode },
    inEffect: undefined,
    refused: [],
    sending: { kind: 'none' },
    known: undefined,
    offerMissing: undefined,
  } as const;
  return { microphone, settings, hold, service };
}

const muted = around({ microphone: { kind: 'live', muted: true } });

describe('stateWords', () => {
  it('says that the microphone is muted where the person would otherwise talk in vain', () => {
    expect(stateWords('listening', around()).hint).not.toMatch(/muted/);
    expect(stateWords('listening', muted).hint).toMatch(/muted/);
    const denied = around({ microphone: { kind: 'failed', problem: 'microphone_denied' } });
    expect(stateWords('listening', denied).hint).toMatch(/type/);
    expect(stateWords('thinking', muted).hint).not.toMatch(/muted/);
  });

  it('tells how to hold a turn, and how to end it', () => {
    const mode = 'push-to-talk';
    expect(stateWords('listening', around({ mode })).hint).toMatch(/Hold/);
    expect(stateWords('listening', around({ mode, hold: { kind: 'held' } })).hint).toMatch(
      /Release.*Escape/,
    );
    expect(
      stateWords('listening', around({ mode, hold: { kind: 'denied', because: 'short' } })).hint,
    ).toMatch(/as long as/);
  });

  it('says that the provider is away before anything else', () => {
    expect(stateWords('listening', { ...muted, service: 'reconnecting' }).hint).toMatch(/provider/);
  });
});

describe('announcementOf', () => {
  it('is silent about speech, which is heard', () => {
    expect(announcementOf('speaking', around())).toBe('');
  });

  it('names the states that cannot be heard', () => {
    for (const state of ['listening', 'interrupted', 'absent', 'reconnecting'] as const) {
      expect(announcementOf(state, around())).toBe(stateWords(state, around()).name);
    }
  });

  it('adds that the microphone is muted', () => {
    expect(announcementOf('listening', muted)).toMatch(/^Listening\. .*muted/);
  });
});
