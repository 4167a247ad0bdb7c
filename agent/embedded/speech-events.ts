import { asLanguageCode, stt } from '@livekit/agents';
import type { ListeningEvent } from '../engine/client.ts';

const language = asLanguageCode('en');

/** Relates positions in the audio of a stream to the clock on the wall. */
export class AudioClock {
  #writtenMs = 0;

  /** This much more audio, in ms, has been passed on just now. */
  advance(ms: number): void {
    this.#writtenMs += ms;
  }

  /** When the audio at this position, in ms, came in; in ms since the epoch. Assumes that it comes in real time. */
  wallTime(positionMs: number, nowMs: number = Date.now()): number {
    return Math.min(nowMs, Math.round(nowMs - (this.#writtenMs - positionMs)));
  }
}

export interface HeardWords {
  readonly text: string;
  /** Where in the audio, in ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** From 0 to 1. */
  readonly confidence: number;
}

export function speechData({ text, startMs, endMs, confidence }: HeardWords): stt.SpeechData {
  return { language, text, startTime: startMs / 1000, endTime: endMs / 1000, confidence };
}

/**
 * What an event of the engine means to a session that takes the ends of turns from its recogniser. `speaking` says
 * whether a START_OF_SPEECH is open: an engine that died in mid-speech closes it, so that the session is not left
 * waiting for an end that nobody will send.
 */
export function toSpeechEvents(
  event: ListeningEvent,
  speaking: boolean,
  clock: AudioClock,
  startTimeOffsetSeconds: number,
): stt.SpeechEvent[] {
  const data = (words: HeardWords) =>
    speechData({
      ...words,
      startMs: words.startMs + startTimeOffsetSeconds * 1000,
      endMs: words.endMs + startTimeOffsetSeconds * 1000,
    });
  switch (event.type) {
    case 'speech_started':
      return [{ type: stt.SpeechEventType.START_OF_SPEECH }];
    case 'interim':
      return [{ type: stt.SpeechEventType.INTERIM_TRANSCRIPT, alternatives: [data(event)] }];
    case 'preflight':
      return [
        {
          type: stt.SpeechEventType.PREFLIGHT_TRANSCRIPT,
          alternatives: [data(event)],
          speechEndTime: clock.wallTime(event.endMs),
        },
      ];
    case 'final':
      return [
        {
          type: stt.SpeechEventType.FINAL_TRANSCRIPT,
          alternatives: [data(event)],
          speechEndTime: clock.wallTime(event.endMs),
        },
      ];
    case 'speech_stopped':
      return [
        { type: stt.SpeechEventType.END_OF_SPEECH, speechEndTime: clock.wallTime(event.atMs) },
      ];
    case 'engine_restarted':
      return speaking ? [{ type: stt.SpeechEventType.END_OF_SPEECH }] : [];
  }
}
