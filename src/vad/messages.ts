import type { BargeInState, Verdict } from '../barge-in/barge-in.ts';
import type { EchoPath } from '../barge-in/echo.ts';
import type { Sensitivity } from '../barge-in/policy.ts';

/** Audio thread of the microphone → worker, or read from a track in the worker: 512 samples at 16 kHz. */
export interface CapturedFrame {
  readonly samples: Float32Array<ArrayBuffer>;
  /** When its last sample was taken in, in s on the clock of what captured it. */
  readonly atS: number;
  /** The same moment on the wall clock, in ms: how old a frame is when it is weighed shows a backlog. */
  readonly atMs: number;
}

/** Audio thread of the playback → worker: how loud the assistant was, 8 ms by 8 ms, as RMS in [0, 1]. */
export interface PlayedLevels {
  /** As it came, whether or not it was lowered. */
  readonly received: readonly number[];
  /** As it was let through. */
  readonly played: readonly number[];
  /** Whether something that was held back is still to be heard. */
  readonly waits: boolean;
}

/**
 * Worker, or page → audio thread of the playback: hold the voice back, go on with it where it was stopped, or forget what was
 * held back.
 */
export interface DuckCommand {
  readonly kind: 'duck' | 'restore' | 'drop';
}

/** Page → worker. */
export type DetectorCommand =
  | {
      readonly kind: 'start';
      readonly weights: string;
      readonly capture: MessagePort;
      /** Frames of the microphone before the browser treats it, where they do not come by a track. */
      readonly untreated: MessagePort;
      readonly playback: MessagePort;
      readonly sensitivity: Sensitivity;
      /** Whether every frame is told, or only what was decided. */
      readonly verbose: boolean;
    }
  /** The microphone from now on, or none. Only where the browser hands out the sound of a track. */
  | {
      readonly kind: 'microphone' | 'untreated';
      readonly track: ReadableStream<AudioData> | undefined;
    }
  | { readonly kind: 'sensitivity'; readonly sensitivity: Sensitivity }
  /** Words of the person have been understood that are more than a sign of listening. */
  | { readonly kind: 'words' }
  | { readonly kind: 'verbose'; readonly verbose: boolean }
  /** The reply has been dropped, or the page has silenced it by other means: be ready for the next one. */
  | { readonly kind: 'reset' }
  /** Answered by `alive`: a worker that the browser has ended gives no other sign. */
  | { readonly kind: 'ping' };

/** One frame, for whoever wants to look on. */
export interface WatchedFrame {
  readonly probability: number;
  readonly isEcho: boolean;
  /** Ms between the taking in of the frame and its being weighed. */
  readonly ageMs: number;
  readonly state: BargeInState['kind'];
  readonly audible: boolean;
  readonly atS: number;
  /** The loudest 8 ms of the microphone, and of what was played meanwhile; RMS in [0, 1]. */
  readonly heardRms: number;
  readonly playedRms: number;
  readonly echo: EchoPath | undefined;
}

/** Worker → page. */
export type DetectorEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'alive' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      readonly atMs: number;
      readonly ageMs: number;
      /** Ms since the first sound of what is being decided on. */
      readonly sinceOnsetMs: number;
    }
  | {
      readonly kind: 'speech';
      /** `speaking` and `quiet` say again what is so, about every second. */
      readonly phase: 'started' | 'stopped' | 'speaking' | 'quiet';
      /** Of `stopped`: where the speech ended. Wall clock, ms. */
      readonly atMs: number;
      readonly probability: number;
    }
  /** Sound has piled up in front of the page, and now is a good moment to clear it: nobody speaks. */
  | { readonly kind: 'backlog' }
  /** No sound at all for seconds: not even noise. The microphone may be dead. */
  | { readonly kind: 'silent'; readonly silent: boolean }
  | { readonly kind: 'frame'; readonly frame: WatchedFrame };
