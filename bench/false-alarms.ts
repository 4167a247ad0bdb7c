import { packedWeights } from '../vad/packing/vite-plugin.ts';
import { frameRateHz } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { report } from './report.ts';
import { SimulatedRoom, type Outcome } from './simulated/room.ts';
import { soundsOfTheRoom } from './simulated/sounds-of-the-room.ts';
import { spokenReply } from './simulated/reply.ts';
import { atLevel, looped, mixInto } from './sounds/level.ts';
import { seeded } from './sounds/seeded.ts';

const eventsOfAKind = 40;
const eventDbfs = [-36, -28, -20];
/** The reply sounds for so long before an event, and goes on for so long after it, in s. */
const beforeS = 2;
const afterS = 3;
/** Four kinds at three levels: ten minutes. */
const surroundingS = 50;
const surroundingDbfs = [-50, -40, -30];
const sensitivities = ['gentle', 'normal', 'eager'] as const;

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
const kinds = await soundsOfTheRoom();

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
  return Object.entries(kinds.events).flatMap(([kind, make]) =>
    Array.from({ length: eventsOfAKind }, (_, index) => {
      const levelDbfs = eventDbfs[index % eventDbfs.length] ?? 0;
      const event = atLevel(make(random), levelDbfs);
      const sound = new Float32Array((beforeS + afterS) * frameRateHz + event.length);
      mixInto(sound, event, Math.round((beforeS + random() * 0.1) * frameRateHz));
      return { kind, levelDbfs, sound };
    }),
  );
}

function surroundings(): Scene[] {
  return Object.entries(kinds.surroundings(surroundingS, seeded(7))).flatMap(([kind, noise]) =>
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
