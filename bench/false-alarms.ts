import { packedWeights } from '../vad/packing/vite-plugin.ts';
import { frameRateHz } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { speechIn } from './quality/labels.ts';
import { humanReadings } from './quality/recordings.ts';
import { report } from './report.ts';
import { SimulatedRoom, type Outcome } from './simulated/room.ts';
import { spokenReply } from './simulated/reply.ts';
import { eventRecipes, keystrokes } from './sounds/events.ts';
import { atLevel, looped, mixInto } from './sounds/level.ts';
import { recordedNoise } from './sounds/recorded-noise.ts';
import { seeded } from './sounds/seeded.ts';
import { faded } from './sounds/shaping.ts';
import { fan, street } from './sounds/surroundings.ts';

const eventsOfAKind = 40;
const eventDbfs = [-36, -28, -20];
/** The reply sounds for so long before an event, and goes on for so long after it, in s. */
const beforeS = 2;
const afterS = 3;
/** Four kinds at three levels: ten minutes. */
const surroundingS = 50;
const surroundingDbfs = [-50, -40, -30];
const sensitivities = ['gentle', 'normal', 'eager'] as const;
/** A word of a sign of listening lasts about so long, in s. */
const shortWordS = 0.35;

type Sensitivity = (typeof sensitivities)[number];

/** What a person's side of the room sounds like, and what it is counted under. */
interface Scene {
  readonly kind: string;
  readonly levelDbfs: number;
  readonly sound: Float32Array;
}

interface Judged extends Outcome {
  readonly kind: string;
  readonly levelDbfs: number;
  readonly sensitivity: Sensitivity;
}

const weights = unpack((await packedWeights()).buffer);
const reply = await spokenReply();
const recorded = await recordedNoise();
const readings = Object.values(await humanReadings());

const scenes = [...events(), ...surroundings()];
const judged: Judged[] = [];
for (const sensitivity of sensitivities) {
  for (const { kind, levelDbfs, sound } of scenes) {
    const room = new SimulatedRoom({ weights, sensitivity, reply });
    judged.push({ kind, levelDbfs, sensitivity, ...room.run(sound) });
  }
}
await report('false-alarms', rowsOf(judged), { judged });

function events(): Scene[] {
  const random = seeded(2026);
  const kinds: Record<string, () => Float32Array> = {
    cough: () => eventRecipes.cough(random),
    click: () => eventRecipes.click(random),
    keystrokes: () => keystrokes(recorded.typing, random),
    laugh: () => eventRecipes.laugh(random),
    '“mm-hm”': () => eventRecipes.hum(random),
    'a short word, human': () => shortWord(random),
  };
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: eventsOfAKind }, (_, index) => {
      const levelDbfs = eventDbfs[index % eventDbfs.length] ?? 0;
      const event = atLevel(make(), levelDbfs);
      const sound = new Float32Array((beforeS + afterS) * frameRateHz + event.length);
      mixInto(sound, event, Math.round((beforeS + random() * 0.1) * frameRateHz));
      return { kind, levelDbfs, sound };
    }),
  );
}

/** The beginning of something that a reader says, cut off: as short as "yeah" or "right". */
function shortWord(random: () => number): Float32Array {
  const reading = readings[Math.floor(random() * readings.length)] ?? new Float32Array();
  const stretches = speechIn(reading).filter(({ from, to }) => to - from > frameRateHz);
  const { from } = stretches[Math.floor(random() * stretches.length)] ?? { from: 0 };
  return faded(reading.slice(from, from + shortWordS * frameRateHz), 20);
}

function surroundings(): Scene[] {
  const random = seeded(7);
  const kinds = {
    typing: recorded.typing,
    fan: fan(surroundingS, random),
    music: recorded.music,
    street: street(surroundingS, random),
  };
  return Object.entries(kinds).flatMap(([kind, noise]) =>
    surroundingDbfs.map((levelDbfs) => ({
      kind: `${surroundingDbfs.length * surroundingS} s of ${kind}`,
      levelDbfs,
      sound: atLevel(looped(noise, surroundingS * frameRateHz), levelDbfs),
    })),
  );
}

function rowsOf(all: readonly Judged[]): Record<string, object> {
  const rows: Record<string, Record<string, number>> = {};
  for (const kind of new Set(all.map((one) => one.kind))) {
    const row: Record<string, number> = {};
    for (const sensitivity of sensitivities) {
      const some = all.filter((one) => one.kind === kind && one.sensitivity === sensitivity);
      const count = (verdict: string): number =>
        some.flatMap(({ decisions }) => decisions).filter((it) => it.verdict === verdict).length;
      const sum = (pick: (one: Judged) => number): number =>
        Math.round(some.reduce((total, one) => total + pick(one), 0));
      row['n'] = some.length;
      row[`${sensitivity}: lowered`] = count('duck');
      row[`${sensitivity}: replies lost`] = count('confirm');
      row[`${sensitivity}: ms silenced`] = sum(({ silencedMs }) => silencedMs);
      row[`${sensitivity}: ms late at the end`] = sum(({ lateMs }) => lateMs);
    }
    rows[kind] = row;
  }
  return rows;
}
