import { expect, it } from 'vitest';
import { packedWeights } from '../../vad/packing/vite-plugin.ts';
import { unpack } from '../../vad/silero/parameters.ts';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { SimulatedRoom } from './room.ts';

it('lets a person cut in, keeps the reply silent meanwhile, and is cut by nobody else', async () => {
  const weights = unpack((await packedWeights()).buffer);
  const speech = await humanSpeech();
  const reply = speech.slice(16_000, 64_000).map((sample) => 0.5 * sample);
  const person = new Float32Array(5 * 16_000);
  person.set(speech.subarray(16_000, 16_000 + 3 * 16_000), 2 * 16_000);
  const options = { weights, sensitivity: 'normal', reply } as const;

  const { decisions, silencedMs } = new SimulatedRoom(options).run(person);
  expect(decisions[0]?.verdict).toBe('duck');
  expect(decisions[0]?.atMs).toBeGreaterThan(2000);
  expect(decisions.map(({ verdict }) => verdict)).toContain('confirm');
  expect(silencedMs).toBeGreaterThan(300);

  const alone = new SimulatedRoom(options).run(new Float32Array(5 * 16_000));
  expect(alone).toEqual({ decisions: [], silencedMs: 0, lateMs: 0 });
});
