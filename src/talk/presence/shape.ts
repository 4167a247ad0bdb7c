import type { PresenceState } from './state.ts';

/**
 * What makes one state's shape. Lengths are shares of the base radius.
 * A shape turns into another by blending these numbers, so the presence stays one living thing.
 */
export interface Form {
  /** Of the whole shape. */
  size: number;
  /** How far the outline wanders when nothing sounds. */
  wander: number;
  /** How deep the three lobes are that turn while it thinks. */
  lobes: number;
  /** How fast it moves, in radians a second. */
  pace: number;
  /** How far its own voice drives the outline. */
  voice: number;
  /** How far the person's voice makes it grow. */
  attention: number;
  /** Height against width. */
  stretch: number;
  /** How far the outer veils stand off the core. */
  spread: number;
}

const resting: Form = {
  size: 0.8,
  wander: 0.035,
  lobes: 0,
  pace: 0.35,
  voice: 0,
  attention: 0,
  stretch: 1,
  spread: 0.16,
};

export const forms: Readonly<Record<PresenceState, Form>> = {
  idle: { ...resting, size: 1.05, wander: 0.045, spread: 0.2 },
  connecting: { ...resting, size: 0.6, wander: 0.02, spread: 0.1 },
  reconnecting: { ...resting, size: 0.6, wander: 0.05, spread: 0.06 },
  waiting: { ...resting, size: 0.6, wander: 0.02, spread: 0.1 },
  absent: { ...resting, size: 0.6, wander: 0, pace: 0, spread: 0 },
  initializing: { ...resting, size: 0.7, wander: 0.03 },
  listening: { ...resting, size: 0.84, wander: 0.03, pace: 0.5, attention: 0.24, spread: 0.18 },
  thinking: { ...resting, size: 0.76, wander: 0.02, lobes: 0.1, pace: 1.5, spread: 0.14 },
  speaking: { ...resting, size: 0.84, wander: 0.03, pace: 0.9, voice: 0.42, spread: 0.14 },
  interrupted: {
    ...resting,
    size: 0.72,
    wander: 0.01,
    pace: 0.4,
    stretch: 0.42,
    spread: 0.1,
    attention: 0.2,
  },
};

export interface Sound {
  /** 0 to 1, low to high frequencies. */
  readonly bands: Float32Array;
  /** 0 to 1. */
  readonly microphone: number;
}

const points = 48;
const tau = 2 * Math.PI;

/** Moves every number of `from` a share of the way to `to`; `share` is 0 to 1. */
export function blend(from: Form, to: Form, share: number): Form {
  const mixed = { ...from };
  for (const key of Object.keys(from) as (keyof Form)[])
    mixed[key] += (to[key] - from[key]) * share;
  return mixed;
}

/**
 * SVG path of the closed outline around the origin.
 * `phase` is in radians and grows with time; `veil` is 0 for the core and grows outwards; `radius` is in user units.
 */
export function outline(
  form: Form,
  sound: Sound,
  phase: number,
  veil: number,
  radius: number,
): string {
  const turn = phase + veil * 0.9;
  const grow =
    form.size + form.attention * sound.microphone * (0.35 + 0.65 * veil) + form.spread * veil;
  const xs = new Float32Array(points);
  const ys = new Float32Array(points);
  for (let i = 0; i < points; i++) {
    const angle = (i / points) * tau;
    const wander =
      0.5 * Math.sin(2 * angle + turn) +
      0.3 * Math.sin(3 * angle - 1.3 * turn) +
      0.2 * Math.sin(5 * angle + 0.7 * turn);
    const r =
      grow +
      form.wander * (1 + veil) * wander +
      form.lobes * Math.cos(3 * angle + turn) +
      form.voice * (1 + 0.3 * veil) * loudnessAt(sound.bands, angle + 0.25 * turn);
    xs[i] = radius * r * Math.cos(angle);
    ys[i] = radius * r * form.stretch * Math.sin(angle);
  }
  return closedCurve(xs, ys);
}

/** Loudness towards an angle: the bands lie around the circle, there and back, so that the outline closes. */
function loudnessAt(bands: Float32Array, angle: number): number {
  if (bands.length === 0) return 0;
  const around = (((angle / tau) % 1) + 1) % 1;
  const place = (1 - Math.abs(2 * around - 1)) * (bands.length - 1);
  const low = Math.floor(place);
  const share = (1 - Math.cos((place - low) * Math.PI)) / 2;
  const from = bands[low] ?? 0;
  const to = bands[Math.min(low + 1, bands.length - 1)] ?? 0;
  return from + (to - from) * share;
}

/** A smooth closed curve through the points (Catmull–Rom, written as cubic Béziers). */
function closedCurve(xs: Float32Array, ys: Float32Array): string {
  const at = (values: Float32Array, i: number): number => values[(i + points) % points] ?? 0;
  let path = `M${at(xs, 0).toFixed(1)} ${at(ys, 0).toFixed(1)}`;
  for (let i = 0; i < points; i++) {
    const control = (values: Float32Array, side: 0 | 1): string => {
      const here = at(values, i + side);
      const slope = (at(values, i + side + 1) - at(values, i + side - 1)) / 6;
      return (side === 0 ? here + slope : here - slope).toFixed(1);
    };
    path += `C${control(xs, 0)} ${control(ys, 0)} ${control(xs, 1)} ${control(ys, 1)} ${at(xs, i + 1).toFixed(1)} ${at(ys, i + 1).toFixed(1)}`;
  }
  return `${path}Z`;
}
