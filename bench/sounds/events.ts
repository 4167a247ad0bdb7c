import { frameRateHz } from '../../vad/silero/frame.ts';
import { faded, inTurn, noise, resonating, struck, voiced } from './shaping.ts';

type Random = () => number;

/** What a person or a desk does beside talking, made by recipe: none is like the one before, and all are the same each time. */
export const eventRecipes = { cough, click, laugh, hum };

/** One to three bursts of breath through an open throat, the last ones weaker, each with a hoarse end. */
function cough(random: Random): Float32Array {
  const bursts = 1 + Math.floor(3 * random());
  const throat = [
    { hz: 500 + 300 * random(), widthHz: 180, gain: 1 },
    { hz: 1300 + 500 * random(), widthHz: 260, gain: 0.8 },
    { hz: 2700 + 600 * random(), widthHz: 400, gain: 0.5 },
  ];
  const parts: (Float32Array | number)[] = [];
  for (let burst = 0; burst < bursts; burst += 1) {
    const breath = noise(260 + 120 * random(), random);
    const hoarse = voiced(90, () => 130 + 60 * random(), random);
    const sound = breath.map((sample, i) => sample + 2 * (hoarse[i - 1600] ?? 0));
    const strength = 1 - 0.25 * burst;
    parts.push(struck(resonating(sound, throat), 6, 60 + 50 * random()).map((s) => s * strength));
    parts.push(60 + 90 * random());
  }
  return inTurn(...parts);
}

/** A mouse, a pen or a switch: two short strikes of something hard. */
function click(random: Random): Float32Array {
  const body = [
    { hz: 1800 + 2500 * random(), widthHz: 500, gain: 1 },
    { hz: 4500 + 1500 * random(), widthHz: 900, gain: 0.7 },
  ];
  const strike = (): Float32Array =>
    struck(resonating(noise(30, random), body), 0.4, 2 + 3 * random());
  return inTurn(
    strike(),
    70 + 60 * random(),
    strike().map((sample) => 0.6 * sample),
  );
}

/** Three to seven calls of "ha", falling. */
function laugh(random: Random): Float32Array {
  const calls = 3 + Math.floor(5 * random());
  const pitch = 170 + 160 * random();
  const mouth = [
    { hz: 750 + 150 * random(), widthHz: 110, gain: 1 },
    { hz: 1250 + 200 * random(), widthHz: 140, gain: 0.6 },
    { hz: 2600 + 300 * random(), widthHz: 220, gain: 0.3 },
  ];
  const parts: (Float32Array | number)[] = [];
  for (let call = 0; call < calls; call += 1) {
    const height = pitch * (1.25 - 0.08 * call);
    const breath = noise(60 + 20 * random(), random).map((sample) => 0.12 * sample);
    const ha = voiced(80 + 40 * random(), (share) => height * (1.08 - 0.2 * share), random);
    parts.push(faded(resonating(inTurn(breath, ha), mouth), 12), 30 + 40 * random());
  }
  return inTurn(...parts);
}

/** "Mm-hm": two hums, the second higher, with closed lips. */
function hum(random: Random): Float32Array {
  const pitch = 95 + 120 * random();
  const nose = [
    { hz: 260, widthHz: 80, gain: 1 },
    { hz: 1050 + 150 * random(), widthHz: 250, gain: 0.06 },
    { hz: 2300, widthHz: 300, gain: 0.02 },
  ];
  const first = voiced(130 + 80 * random(), (share) => pitch * (1.05 - 0.15 * share), random);
  const second = voiced(180 + 100 * random(), (share) => pitch * (1 + 0.35 * share), random);
  return resonating(inTurn(faded(first, 25), 50 + 60 * random(), faded(second, 30)), nose);
}

/** Three to eight strokes out of a recording of typing (16 kHz). */
export function keystrokes(typing: Float32Array, random: Random): Float32Array {
  const length = Math.round((0.4 + 0.8 * random()) * frameRateHz);
  const from = Math.floor(random() * (typing.length - length));
  return faded(typing.slice(from, from + length), 8);
}
