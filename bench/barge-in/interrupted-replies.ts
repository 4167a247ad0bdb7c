import { setTimeout as delay } from 'node:timers/promises';
import { placeOf, silentSince, soundedMs } from './sound/moments.ts';
import { roomRateHz, type SoundRoom } from './sound/sound-room.ts';
import type { Recorder, Recording } from './sound/recorder.ts';
import type { Utterance } from './speech/utterances.ts';

/** RMS of 16-bit samples over 5 ms, up to which a speaker is silent: −55 dBFS. */
export const quietest = 60;
/** Silence lasts if it goes on for so long after the person's last word, in ms. */
const afterwardsMs = 250;
/** A reply counts as sounding when this share of its last second has sound in it; the rest is pauses. */
const soundingShare = 0.7;
/** The earliest that a person cuts in after the reply was heard, in ms: by default nobody is let in during the first three seconds. */
const earliestMs = 3200;
const variationMs = 1300;
const startLimitMs = 6000;
const mostTries = 4;

const perMs = roomRateHz / 1000;

/** A page with an assistant that can be made to talk. */
export interface Talker {
  /** Has it begin a long reply; one that is being said is dropped. */
  speak(): Promise<void>;
}

export interface Reading {
  readonly utterance: string;
  readonly voice: Utterance['voice'];
  readonly levelDbfs: number;
  /** From the first sample of speech at the microphone to the first sample of lasting silence at the speaker. */
  readonly silentAfterMs: number | undefined;
  /** Wall clock of that first sample of speech, in ms. */
  readonly saidAtMs: number;
}

/** Cuts into one reply after another, each with the next utterance, and reads the times from one recording of both devices. */
export async function interrupt(
  room: SoundRoom,
  talker: Talker,
  utterances: readonly Utterance[],
): Promise<Reading[]> {
  const recorder = await room.record();
  const said: { utterance: Utterance; from: number }[] = [];
  for (const [index, utterance] of utterances.entries()) {
    await begin(talker, recorder);
    await delay(earliestMs + ((index * 617) % variationMs));
    await untilSounding(recorder);
    said.push({ utterance, from: recorder.length });
    await room.say(utterance.samples);
    await delay(2 * afterwardsMs);
  }
  const { startedAtMs } = recorder;
  const recording = await recorder.stop();
  return said.map(({ utterance, from }) => read(utterance, from, recording, startedAtMs));
}

function read(
  utterance: Utterance,
  from: number,
  { microphone, speaker }: Recording,
  startedAtMs: number,
): Reading {
  // The recording comes a little after what is recorded, and a program that plays needs a moment to start.
  const window = { from: from - 400 * perMs, to: from + 1500 * perMs };
  const onset = placeOf(utterance.samples, microphone, window);
  const until = onset + utterance.samples.length + afterwardsMs * perMs;
  const silent = silentSince(speaker, { from: onset, until, quietest });
  return {
    utterance: utterance.name,
    voice: utterance.voice,
    levelDbfs: utterance.levelDbfs,
    silentAfterMs: silent === undefined ? undefined : Math.round((silent - onset) / perMs),
    saidAtMs: Math.round(startedAtMs + onset / perMs),
  };
}

/** The answer to what was said last may take the place of the reply that was asked for; then it is asked for again. */
async function begin(talker: Talker, recorder: Recorder): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await talker.speak();
    try {
      await untilSounding(recorder);
      return;
    } catch (error) {
      if (tries === mostTries) throw error;
    }
  }
}

async function untilSounding(recorder: Recorder): Promise<void> {
  const deadlineMs = performance.now() + startLimitMs;
  const windowMs = 1000;
  while (soundedMs(recorder.recentSpeaker(windowMs * perMs), quietest) < soundingShare * windowMs) {
    if (performance.now() > deadlineMs) throw new Error('The assistant is not heard.');
    await delay(20);
  }
}
