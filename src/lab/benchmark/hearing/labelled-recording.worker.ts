// Worker. Takes: one recording at a time, and the detectors that shall hear it; each gets the same frames. The server lets
// scripts compute whose names end like that of the Lab's other worker.
import { Hearing } from '../../analysis/hearing.ts';
import { decode } from '../../decoding/decode.ts';
import { problemOf } from '../../decoding/problem.ts';
import { openDetector } from '../detectors/open-detector.ts';
import type { HearingAnswer, HearingTask } from './messages.ts';
import { Rated } from './rated.ts';

async function hear({ file, detectors, urls }: HearingTask): Promise<HearingAnswer> {
  const rated: Rated[] = [];
  for (const name of detectors) rated.push(await Rated.open(name, () => openDetector(name, urls)));
  const frames: Float32Array[] = [];
  // Mixing and resampling are those of the Lab; in the place of its detector, the frames are gathered.
  const hearing = new Hearing({
    probability: (frame) => {
      frames.push(frame.slice());
      return 0;
    },
    reset: () => undefined,
  });
  const passOn = async (): Promise<void> => {
    for (const one of rated) await one.feed(frames);
    frames.length = 0;
  };
  const decoding = await decode(file);
  try {
    for await (const block of decoding.blocks) {
      hearing.feed(block);
      await passOn();
    }
  } finally {
    decoding.release();
  }
  hearing.finish();
  await passOn();
  const heard = [];
  for (const one of rated) heard.push(await one.finish());
  return { kind: 'heard', durationMs: hearing.heardS * 1000, heard };
}

self.onmessage = ({ data }: MessageEvent<HearingTask>) => {
  hear(data)
    .catch((error: unknown): HearingAnswer => ({ kind: 'failed', problem: problemOf(error) }))
    .then((answer) => {
      const transfer = answer.kind === 'heard' ? answer.heard.map((one) => one.ratings.buffer) : [];
      self.postMessage(answer, { transfer });
    }, reportError);
};
