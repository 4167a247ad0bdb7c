import { frameRateHz } from '../../vad/silero/frame.ts';

/** A resonance of the mouth or of a body: where, and how wide, in Hz, and how loud against the others. */
export interface Formant {
  readonly hz: number;
  readonly widthHz: number;
  readonly gain: number;
}

/** Sound through resonances beside each other (two-pole resonators). 16 kHz. */
export function resonating(sound: Float32Array, formants: readonly Formant[]): Float32Array {
  const out = new Float32Array(sound.length);
  for (const { hz, widthHz, gain } of formants) {
    const radius = Math.exp((-Math.PI * widthHz) / frameRateHz);
    const turn = 2 * radius * Math.cos((2 * Math.PI * hz) / frameRateHz);
    let [last, before] = [0, 0];
    for (let i = 0; i < sound.length; i += 1) {
      const now = (1 - radius) * (sound[i] ?? 0) + turn * last - radius * radius * before;
      [before, last] = [last, now];
      out[i] = (out[i] ?? 0) + gain * now;
    }
  }
  return out;
}

/** Pulses of the vocal folds at a pitch that may change: Hz by the share of the whole, 0 to 1. */
export function voiced(
  lengthMs: number,
  pitchHz: (share: number) => number,
  random: () => number,
): Float32Array {
  const out = new Float32Array(Math.round((lengthMs * frameRateHz) / 1000));
  let phase = 0;
  for (let i = 0; i < out.length; i += 1) {
    phase += pitchHz(i / out.length) / frameRateHz;
    if (phase < 1) continue;
    phase -= 1;
    // No two pulses are alike.
    out[i] = 1 + 0.15 * (random() - 0.5);
  }
  // Folds close faster than they open: the spectrum falls.
  let last = 0;
  return out.map((sample) => {
    last = 0.9 * last + sample;
    return last;
  });
}

export function noise(lengthMs: number, random: () => number): Float32Array {
  return new Float32Array(Math.round((lengthMs * frameRateHz) / 1000)).map(() => 2 * random() - 1);
}

/** Rises within `attackMs` and falls to 1/e in `decayMs`. */
export function struck(sound: Float32Array, attackMs: number, decayMs: number): Float32Array {
  return sound.map((sample, i) => {
    const atMs = (i / frameRateHz) * 1000;
    const gain = atMs < attackMs ? atMs / attackMs : Math.exp((attackMs - atMs) / decayMs);
    return sample * gain;
  });
}

/** Fades in and out, each over so many ms. */
export function faded(sound: Float32Array, fadeMs: number): Float32Array {
  const fade = (fadeMs * frameRateHz) / 1000;
  return sound.map((sample, i) => sample * Math.min(1, i / fade, (sound.length - i) / fade));
}

/** Sounds one after the other, silences given as ms. */
export function inTurn(...parts: readonly (Float32Array | number)[]): Float32Array {
  return Float32Array.from(
    parts.flatMap((part) =>
      typeof part === 'number'
        ? Array<number>(Math.round((part * frameRateHz) / 1000)).fill(0)
        : [...part],
    ),
  );
}
