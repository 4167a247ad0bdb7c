import { frameRateHz } from '../../vad/silero/frame.ts';
import { speechIn } from '../quality/labels.ts';
import { humanReadings } from '../quality/recordings.ts';
import { eventRecipes, keystrokes } from '../sounds/events.ts';
import { recordedNoise } from '../sounds/recorded-noise.ts';
import { faded } from '../sounds/shaping.ts';
import { fan, street } from '../sounds/surroundings.ts';

type Random = () => number;

/** What is no interruption, by its kind. 16 kHz, at any level. */
export interface SoundsOfTheRoom {
  /** Each makes another one every time, the same in every run. */
  readonly events: Readonly<Record<string, (random: Random) => Float32Array>>;
  readonly surroundings: (
    seconds: number,
    random: Random,
  ) => Readonly<Record<string, Float32Array>>;
}

/** A word of a sign of listening lasts about so long, in s. */
const shortWordS = 0.35;

export async function soundsOfTheRoom(): Promise<SoundsOfTheRoom> {
  const recorded = await recordedNoise();
  const readings = Object.values(await humanReadings());
  return {
    events: {
      cough: eventRecipes.cough,
      click: eventRecipes.click,
      keystrokes: (random) => keystrokes(recorded.typing, random),
      laugh: eventRecipes.laugh,
      '“mm-hm”': eventRecipes.hum,
      'a short word, human': (random) => beginningOfPhrase(readings, random),
    },
    surroundings: (seconds, random) => ({
      typing: recorded.typing,
      fan: fan(seconds, random),
      music: recorded.music,
      street: street(seconds, random),
    }),
  };
}

/** The beginning of something that a reader says, cut off: as short as "yeah" or "right". */
function beginningOfPhrase(readings: readonly Float32Array[], random: Random): Float32Array {
  const reading = readings[Math.floor(random() * readings.length)] ?? new Float32Array();
  const stretches = speechIn(reading).filter(({ from, to }) => to - from > frameRateHz);
  const { from } = stretches[Math.floor(random() * stretches.length)] ?? { from: 0 };
  return faded(reading.slice(from, from + shortWordS * frameRateHz), 20);
}
