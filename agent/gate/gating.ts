import type { ProviderId } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';

/** What a service is given of the microphone. All in ms of sound. */
export type Gating =
  /** All of it: the service costs nothing, or the person holds the turn. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'speech';
      /** What it is given between speech. */
      readonly between: 'nothing' | 'silence';
      /** After speech the microphone goes on for so long, since the softest end of a word may have been missed; */
      readonly soundMs: number;
      /** then comes silence for so long, in which the service finds that the turn has ended. */
      readonly silenceMs: number;
      /** A service that has told that it hears a turn is given silence until it has told its end, but no longer than this. */
      readonly untilToldMs: number;
    };

const soundMs = 400;
/** A service hears the end of speech later than the page does, and not all of its silence counts. */
const marginMs = 300;

/**
 * How to feed a provider so that it finds the ends of turns and hears nothing besides.
 * Nova Sonic ends a session that gives it no sound. The others take what comes: sound need not go on between turns
 * (https://ai.google.dev/gemini-api/docs/live-guide, https://developers.openai.com/api/docs/guides/realtime-vad).
 */
export function gatingOf(provider: ProviderId, settings: Settings): Gating {
  if (provider === 'embedded' || settings.mode === 'push-to-talk') return { kind: 'none' };
  const values = settings.turnDetection?.values ?? {};
  const silence = (name: string): number => {
    const value = values[name];
    return typeof value === 'number' ? value : 500;
  };
  const after = (endpointingMs: number): number => Math.max(0, endpointingMs - soundMs) + marginMs;
  const between = 'nothing';
  switch (provider) {
    case 'nova-sonic':
      return { kind: 'speech', between: 'silence', soundMs, silenceMs: 0, untilToldMs: 0 };
    case 'gemini': {
      const endpointingMs = silence('silence_duration_ms') + (values['end'] === 'low' ? 1000 : 300);
      return { kind: 'speech', between, soundMs, silenceMs: after(endpointingMs), untilToldMs: 0 };
    }
    case 'openai':
    case 'azure-openai':
      return told(silence('silence_duration_ms'));
    case 'voice-live':
      return told(silence('silence'));
  }

  function told(endpointingMs: number): Gating {
    return {
      kind: 'speech',
      between,
      soundMs,
      silenceMs: after(endpointingMs),
      untilToldMs: longestWaitMs,
    };
  }
}

/** With low eagerness, a model that goes by meaning waits for eight seconds. */
const longestWaitMs = 9000;
