import { expect, it, onTestFinished } from 'vitest';
import { defaultSegmentSettings } from '../../../vad/segmenting/segments.ts';
import { AnalysisPool } from './pool.ts';
import { ThreadLost } from './remote-analysis.ts';

/** A thread that ends as soon as it is given sound. */
const breaking = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ kind }) => { if (kind === 'feed') process.exit(1); });
  `)}`,
);
const source = { kind: 'pcm', rateHz: 16_000 } as const;
const piece = new Uint8Array(3200);

function poolOf(threads: number, program?: URL): AnalysisPool {
  const pool = new AnalysisPool(threads, program);
  onTestFinished(() => pool.close());
  return pool;
}

it('tells all whose thread is lost, and starts another, until that helps no more', async () => {
  const pool = poolOf(1, breaking);
  for (let losses = 0; losses < 6; losses += 1) {
    const one = pool.begin(source, defaultSegmentSettings);
    const other = pool.begin(source, defaultSegmentSettings);
    await expect(one?.feed(piece)).rejects.toBeInstanceOf(ThreadLost);
    await expect(other?.finish()).rejects.toBeInstanceOf(ThreadLost);
    expect(pool.open).toBe(0);
  }
  expect(pool.threads).toBe(0);
  expect(pool.begin(source, defaultSegmentSettings)).toBeUndefined();
});

it('gives each recording to the thread that has the fewest', async () => {
  const pool = poolOf(2);
  const all = Array.from({ length: 6 }, () => pool.begin(source, defaultSegmentSettings));
  const heard = await Promise.all(all.map(async (analysis) => analysis?.feed(piece)));
  expect(heard.map((update) => update?.heardMs)).toEqual([100, 100, 100, 100, 100, 100]);
  expect(pool.open).toBe(6);
  all.forEach((analysis) => analysis?.drop());
  expect(pool.open).toBe(0);
});

it('tells whoever waits when it is closed', async () => {
  const pool = poolOf(1);
  const waiting = pool.begin(source, defaultSegmentSettings)?.feed(piece);
  const told = expect(waiting).rejects.toBeInstanceOf(ThreadLost);
  await pool.close();
  await told;
});
