import { describe, expect, it } from 'vitest';
import { watchful } from '../../vad/segmenting/speech-edges.ts';
import { frameMs } from '../../vad/silero/frame.ts';
import { SpeechReport } from './speech-report.ts';

let atMs = 0;

/** What is said while so many frames have this probability. */
function said(report: SpeechReport, probability: number, frames: number): (string | number)[][] {
  return Array.from({ length: frames }, () => {
    atMs += frameMs;
    return report.hear(probability, atMs);
  }).flatMap((event) => (event ? [[event.phase, event.atMs]] : []));
}

describe('the report of speech', () => {
  it('says each beginning when it is heard, and each end as it was', () => {
    const report = new SpeechReport();
    said(report, 0, 1);
    const beganMs = atMs + frameMs;
    expect(said(report, 0.9, 10)).toEqual([['started', beganMs]]);
    const endedMs = atMs;
    expect(said(report, 0.1, 20)).toEqual([['stopped', endedMs]]);
    expect(watchful.hangOverMs % frameMs).toBe(0);
  });

  it('says about every second that it still listens, and what it hears', () => {
    const report = new SpeechReport();
    const quiet = said(report, 0, 100);
    expect(quiet.map(([phase]) => phase)).toEqual(['quiet', 'quiet', 'quiet', 'quiet']);
    const speaking = said(report, 1, 100);
    expect(speaking.map(([phase]) => phase)).toEqual([
      'started',
      'speaking',
      'speaking',
      'speaking',
    ]);
  });
});
