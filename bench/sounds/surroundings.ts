import { frameRateHz } from '../../vad/silero/frame.ts';
import { mixInto } from './level.ts';
import { faded, noise, resonating } from './shaping.ts';

/** A fan for so many s: air, and the hum of its motor. 16 kHz. */
export function fan(seconds: number, random: () => number): Float32Array {
  const air = resonating(noise(seconds * 1000, random), [
    { hz: 180, widthHz: 300, gain: 1 },
    { hz: 900, widthHz: 1200, gain: 0.4 },
  ]);
  return air.map((sample, i) => {
    const turn = (2 * Math.PI * i) / frameRateHz;
    return sample + 0.02 * (Math.sin(100 * turn) + 0.5 * Math.sin(200 * turn + 1));
  });
}

/** A street for so many s: a murmur of traffic, cars that pass, and now and then a horn. 16 kHz. */
export function street(seconds: number, random: () => number): Float32Array {
  const out = resonating(noise(seconds * 1000, random), [
    { hz: 70, widthHz: 120, gain: 1 },
    { hz: 350, widthHz: 500, gain: 0.3 },
  ]);
  for (let atS = 1; atS < seconds; atS += 3 + 6 * random()) {
    mixInto(out, car(random), Math.round(atS * frameRateHz));
    if (random() < 0.3) mixInto(out, horn(random), Math.round((atS + 2) * frameRateHz));
  }
  return out;
}

function car(random: () => number): Float32Array {
  const lengthMs = 2500 + 3000 * random();
  const tyres = resonating(noise(lengthMs, random), [
    { hz: 150 + 100 * random(), widthHz: 200, gain: 2.5 },
    { hz: 900 + 300 * random(), widthHz: 700, gain: 0.8 },
  ]);
  return tyres.map((sample, i) => sample * Math.sin((Math.PI * i) / tyres.length) ** 2);
}

function horn(random: () => number): Float32Array {
  const hz = 350 + 120 * random();
  const length = Math.round((0.25 + 0.4 * random()) * frameRateHz);
  const tones = Float32Array.from({ length }, (_, i) => {
    const turn = (2 * Math.PI * i) / frameRateHz;
    const harmonics = [1, 2, 3, 4].map(
      (n) => Math.sin(n * hz * turn) + Math.sin(n * 1.26 * hz * turn),
    );
    return 0.03 * harmonics.reduce((sum, sample, n) => sum + sample / (n + 1), 0);
  });
  return faded(tones, 20);
}
