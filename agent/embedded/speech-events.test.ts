import { stt } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { AudioClock, toSpeechEvents } from './speech-events.ts';

const { SpeechEventType } = stt;

describe('the clock of the audio', () => {
  it('tells when a position came in, if audio comes in real time', () => {
    const clock = new AudioClock();
    clock.advance(4000);
    clock.advance(1000);
    expect(clock.wallTime(4600, 100_000)).toBe(99_600);
  });

  it('never tells a time to come', () => {
    expect(new AudioClock().wallTime(500, 100_000)).toBe(100_000);
  });
});

describe('events for the session', () => {
  const clock = new AudioClock();

  it('carry the words, and where in the stream they were said, in seconds', () => {
    const event = {
      type: 'final',
      text: 'Hello.',
      startMs: 500,
      endMs: 1250,
      confidence: 0.6,
    } as const;
    const [speech] = toSpeechEvents(event, true, clock, 10);
    expect(speech?.type).toBe(SpeechEventType.FINAL_TRANSCRIPT);
    expect(speech?.alternatives?.[0]).toMatchObject({
      text: 'Hello.',
      language: 'en',
      startTime: 10.5,
      endTime: 11.25,
      confidence: 0.6,
    });
  });

  it('close an open utterance when the engine was restarted, and only then', () => {
    const event = { type: 'engine_restarted' } as const;
    expect(toSpeechEvents(event, true, clock, 0)).toEqual([
      { type: SpeechEventType.END_OF_SPEECH },
    ]);
    expect(toSpeechEvents(event, false, clock, 0)).toEqual([]);
  });
});
