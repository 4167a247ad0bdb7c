import type { EngineClient } from '../../agent/engine/client.ts';
import { spokenAtListeningRate } from '../../agent/embedded/test-speech.ts';
import { joined, toInt16 } from '../../agent/engine/wire/pcm.ts';
import { humanRecordings } from '../../e2e/fixtures/human/recordings.ts';
import { decodeFlac, faintNoise } from '../../vad/testing/recording.ts';

/** One thing that a person says, and where: samples at 16 kHz, of the loud part. */
export interface LabelledUtterance {
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

/** What a microphone takes in while two talk: the person's part of it. */
export interface LabelledConversation {
  readonly name: string;
  /** Mono PCM at 16 kHz. */
  readonly audio: Int16Array;
  /** What it would take in if nobody spoke. */
  readonly room: Int16Array;
  readonly utterances: readonly LabelledUtterance[];
}

interface Plan {
  readonly name: string;
  readonly said: readonly Said[];
  /** Between one utterance and the next, while the assistant answers, in ms; taken in turn. */
  readonly pausesMs: readonly number[];
  /** Of speech and of the room's noise, as factors on the recording and on −60 dBFS. */
  readonly speechGain?: number;
  readonly noiseGain?: number;
}
interface Said {
  readonly words: string;
  readonly audio: Int16Array;
}

const rateHz = 16_000;
const questions = [
  'What time is it in Tokyo?',
  'Please set a timer for ten minutes.',
  'How many ounces are in a pound?',
  'Tell me a story about a lighthouse.',
  'Stop.',
  'What is seventeen times twenty-three?',
  'Thank you, that is all.',
];

/** The set of conversations, the same each time but for the engine's voice, which says nothing twice in the same way. */
export async function labelledConversations(
  client: EngineClient,
): Promise<readonly LabelledConversation[]> {
  const asked: Said[] = [];
  for (const words of questions) {
    asked.push({ words, audio: await spokenAtListeningRate(client, words) });
  }
  const read = await Promise.all(
    humanRecordings.map(async ({ words, audio }) => ({
      words,
      audio: toInt16(await decodeFlac(audio)),
    })),
  );
  const plans: readonly Plan[] = [
    { name: 'questions and long answers', said: asked, pausesMs: [6000, 9000, 4000, 12_000] },
    { name: 'quick exchange', said: asked, pausesMs: [1500, 2500, 2000] },
    { name: 'a person reads, with breaks', said: read, pausesMs: [5000, 8000] },
    { name: 'pauses for thought', said: [...read, ...read], pausesMs: [700, 900, 5000] },
    { name: 'far from the microphone', said: read, pausesMs: [5000], speechGain: 0.08 },
    { name: 'a fan beside it', said: [...asked, ...read], pausesMs: [5000, 3000], noiseGain: 8 },
  ];
  return plans.map(perform);
}

function perform({
  name,
  said,
  pausesMs,
  speechGain = 1,
  noiseGain = 1,
}: Plan): LabelledConversation {
  const parts: Int16Array[] = [];
  const utterances: LabelledUtterance[] = [];
  let at = 0;
  const add = (part: Int16Array): void => {
    parts.push(part);
    at += part.length;
  };
  for (const [index, { words, audio }] of said.entries()) {
    add(new Int16Array(((pausesMs[index % pausesMs.length] ?? 0) / 1000) * rateHz));
    const [first, last] = loudPart(audio);
    utterances.push({ words, from: at + first, to: at + last + 1 });
    add(audio.map((sample) => sample * speechGain));
  }
  add(new Int16Array(5 * rateHz));
  const clean = joined(parts);
  const room = toInt16(faintNoise(clean.length).map((sample) => sample * noiseGain));
  return {
    name,
    audio: clean.map((sample, index) => sample + (room[index] ?? 0)),
    room,
    utterances,
  };
}

/** Indices of the first and the last sample above −48 dBFS: soft consonants count. */
function loudPart(audio: Int16Array): [number, number] {
  const isLoud = (sample: number): boolean => Math.abs(sample) > 130;
  return [audio.findIndex(isLoud), audio.findLastIndex(isLoud)];
}
