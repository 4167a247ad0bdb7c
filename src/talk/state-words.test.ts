import { describe, expect, it } from 'vitest';
import { announcementOf, stateWords } from './state-words.ts';

const live = { kind: 'live', muted: false } as const;
const muted = { kind: 'live', muted: true } as const;

describe('stateWords', () => {
  it('says that the microphone is muted where the person would otherwise talk in vain', () => {
    expect(stateWords('listening', live).hint).not.toMatch(/muted/);
    expect(stateWords('listening', muted).hint).toMatch(/muted/);
    expect(stateWords('listening', { kind: 'failed', problem: 'microphone_denied' }).hint).toMatch(
      /type/,
    );
    expect(stateWords('thinking', muted).hint).not.toMatch(/muted/);
  });
});

describe('announcementOf', () => {
  it('is silent about speech, which is heard', () => {
    expect(announcementOf('speaking', live)).toBe('');
  });

  it('names the states that cannot be heard', () => {
    for (const state of ['listening', 'interrupted', 'absent', 'reconnecting'] as const) {
      expect(announcementOf(state, live)).toBe(stateWords(state, live).name);
    }
  });

  it('adds that the microphone is muted', () => {
    expect(announcementOf('listening', muted)).toMatch(/^Listening\. .*muted/);
  });
});
