import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { vadPatienceMs } from '#protocol/vad.ts';
import { PageSpeech } from './page-speech.ts';

/** The page's clock is this far behind, and a message takes so long. */
const behindMs = 3_600_000;
const wayMs = 5;

let told: string[];
let page: PageSpeech;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  page = new PageSpeech({
    started: (latenessMs) => told.push(`started ${latenessMs}`),
    stopped: (endedAtMs) => told.push(`stopped ${Date.now() - endedAtMs} ms ago`),
    present: (present) => told.push(present ? 'present' : 'absent'),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function hear(
  event: Parameters<PageSpeech['hear']>[0]['event'],
  { agoMs = 0, heldUpMs = 0 } = {},
): void {
  vi.advanceTimersByTime(wayMs + heldUpMs);
  const atMs = Date.now() - wayMs - heldUpMs - behindMs - agoMs;
  page.hear({ event, atMs, probability: 0.5 });
}

describe('the page at the gate', () => {
  it('is there from its first word on, and not any more when it is silent for long', () => {
    hear('quiet');
    vi.advanceTimersByTime(vadPatienceMs - 100);
    hear('quiet');
    expect(told).toEqual(['present']);
    vi.advanceTimersByTime(vadPatienceMs);
    expect(told).toEqual(['present', 'absent']);
  });

  it('tells how late the news is, whatever the page takes the time to be', () => {
    hear('quiet');
    hear('started', { heldUpMs: 400 });
    expect(told).toEqual(['present', 'started 400']);
  });

  it('tells when speech ended, which is before it was noticed', () => {
    hear('started');
    hear('stopped', { agoMs: 160 });
    expect(told).toEqual(['present', 'started 0', 'stopped 160 ms ago']);
  });

  it('learns from a sign of life what was said before it came', () => {
    hear('speaking');
    hear('speaking');
    hear('quiet');
    expect(told).toEqual(['present', 'started 0', 'stopped 0 ms ago']);
  });
});
