import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { humanRecordings } from '../../e2e/fixtures/human/recordings.ts';
import { wordErrorRate } from '../../e2e/fixtures/word-error-rate.ts';
import type { Silero } from '../../vad/silero/silero.ts';
import { decodeFlac, faintNoise } from '../../vad/testing/recording.ts';
import { startTestEngine, engineTestTimeoutMs, type TestEngine } from '../engine/test-engine.ts';
import { joined, toInt16 } from '../engine/wire/pcm.ts';
import { gatingOf } from './gating.ts';
import { newsOfEngine, newsOfPage, pageDetector, passageOf, type Passage } from './test-passage.ts';

let engine: TestEngine;
let silero: Silero;
let sentences: { readonly audio: Int16Array; readonly words: string }[];

beforeAll(async () => {
  engine = await startTestEngine();
  silero = await pageDetector();
  sentences = await Promise.all(
    humanRecordings.map(async ({ audio, words }) => ({
      audio: toInt16(await decodeFlac(audio)),
      words,
    })),
  );
}, engineTestTimeoutMs);

afterAll(() => engine.release());

async function heardIn(audio: Int16Array): Promise<string> {
  const stream = engine.client.listen();
  stream.write(audio);
  stream.end();
  const words: string[] = [];
  for await (const event of stream) if (event.type === 'final') words.push(event.text);
  return words.join(' ');
}

function noise(ms: number): Int16Array {
  return toInt16(faintNoise((ms / 1000) * 16_000));
}

async function passage(
  audio: Int16Array,
  ears: 'page' | 'engine',
  provider: 'openai' | 'nova-sonic' = 'openai',
): Promise<Passage> {
  const news =
    ears === 'page' ? newsOfPage(audio, silero) : await newsOfEngine(audio, engine.client);
  return passageOf(audio, gatingOf(provider, {}), news, silero);
}

/** Where a word falls in the recogniser's frames changes what it reads, so each is read from several starts. */
async function bestReading(audio: Int16Array, words: string): Promise<number> {
  const readings: number[] = [];
  for (const leadMs of [500, 507, 514, 521]) {
    const heard = await heardIn(joined([noise(leadMs), audio, noise(500)]));
    readings.push(wordErrorRate(words, heard));
  }
  return Math.min(...readings);
}

/** From the first to the last sample that is clearly louder than the noise. */
function speechIn(audio: Int16Array): [number, number] {
  const loud = (sample: number): boolean => Math.abs(sample) > 130;
  return [audio.findIndex(loud), audio.findLastIndex(loud)];
}

describe.each(['page', 'engine'] as const)(
  'what is sent around speech that the %s hears',
  (ears) => {
    it('has every sample of speech in it, and the pauses hardly', async () => {
      const parts = sentences.flatMap(({ audio }) => [noise(4000), audio]);
      const whole = joined([...parts, noise(4000)]);
      const { wasSent, sentMs, capturedMs } = await passage(whole, ears);
      let at = 0;
      for (const part of parts) {
        const [from, to] = part.length === noise(4000).length ? [0, -1] : speechIn(part);
        expect(wasSent.slice(at + from, at + to + 1)).not.toContain(0);
        at += part.length;
      }
      expect(sentMs / capturedMs).toBeLessThan(0.65);
    });

    it('reads as well as all that was said', async () => {
      for (const { audio, words } of sentences) {
        const { asSent } = await passage(joined([noise(3000), audio, noise(3000)]), ears);
        const sentReading = await bestReading(asSent, words);
        expect(sentReading).toBeLessThanOrEqual(await bestReading(audio, words));
      }
    }, 60_000);

    it('ends as Nova Sonic needs it, in silence that goes on', async () => {
      const said = sentences[0]?.audio ?? noise(0);
      const audio = joined([noise(3000), said, noise(3000)]);
      const { sentMs, asSent } = await passage(audio, ears, 'nova-sonic');
      expect(sentMs).toBeGreaterThanOrEqual(audio.length / 16);
      expect(asSent.slice(-16_000).every((sample) => sample === 0)).toBe(true);
    });
  },
);
