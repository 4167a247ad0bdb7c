import { initializeLogger } from '@livekit/agents';
import { dispose } from '@livekit/rtc-node';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestEngine } from '../agent/engine/test-engine.ts';
import { pageDetector } from '../agent/gate/test-passage.ts';
import { endpointingUnder } from '../agent/voice/embedded-offer.ts';
import { Speech } from '../e2e/fixtures/speech.ts';
import { readArguments } from './barge-in/arguments.ts';
import { keptDetails } from './barge-in/kept.ts';
import { Line, type Ending } from './endpointing/line.ts';
import { turnsOf, type Turn } from './endpointing/turns.ts';
import { report, spreadOf } from './report.ts';

const name = 'endpointing';
const patiences = ['quick', 'normal', 'patient'] as const;
/** Between two turns, in ms. */
const restMs = 400;
const { numbers } = readArguments({ 'sound-ms': 80 });
const soundWayMs = numbers['sound-ms'] ?? 80;

interface Reading extends Ending {
  readonly soundWayMs: number;
  readonly patience: (typeof patiences)[number];
  readonly news: boolean;
  readonly words: string;
  readonly kind: Turn['kind'];
}

initializeLogger({ pretty: false, level: 'silent' });
const speech = new Speech();
const turns = await turnsOf(speech);
await speech.stop();
// An engine for each, so that neither waits for the other's words.
const engines = await Promise.all([startTestEngine(), startTestEngine()]);
const page = await pageDetector();
const kept = keptDetails(name)['readings'] as readonly Reading[] | undefined;
const readings = (kept ?? []).filter((one) => one.soundWayMs !== soundWayMs);
try {
  for (const patience of patiences) {
    const both = await Promise.all(
      engines.map(({ client }, index) => talk({ client, patience, news: index === 1 })),
    );
    readings.push(...both.flat());
  }
} finally {
  for (const engine of engines) await engine.release();
  await dispose();
}
await report(name, rowsOf(readings), { readings });

async function talk({
  client,
  patience,
  news,
}: Pick<Reading, 'patience' | 'news'> & {
  client: (typeof engines)[number]['client'];
}): Promise<readonly Reading[]> {
  const endpointing = endpointingUnder({
    turnDetection: { kind: 'patience', values: { patience } },
  });
  page.reset();
  const line = new Line({ client, endpointing, soundWayMs, page: news ? page : undefined });
  const read: Reading[] = [];
  await delay(1000);
  for (const { words, kind, samples } of turns) {
    const ending = await line.say(samples);
    read.push({ soundWayMs, patience, news, words, kind, ...ending });
    await delay(restMs);
  }
  await line.close();
  return read;
}

function rowsOf(all: readonly Reading[]): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const wayMs of new Set(all.map((one) => one.soundWayMs))) {
    for (const patience of patiences) {
      const of = (news: boolean): readonly Reading[] =>
        all.filter(
          (one) => one.soundWayMs === wayMs && one.patience === patience && one.news === news,
        );
      for (const news of [false, true]) {
        const told = news ? "with the page's news" : 'without';
        rows[`sound ${wayMs} ms late, ${patience}, ${told}`] = {
          ...spreadOf(of(news).map(({ afterMs }) => afterMs)),
          ...cutsIn(of(news)),
        };
      }
    }
  }
  return rows;
}

function cutsIn(readings: readonly Reading[]): Record<string, string> {
  const cut = (kind: Turn['kind']): string => {
    const some = readings.filter((one) => one.kind === kind);
    return `${some.filter(({ cuts }) => cuts > 0).length} of ${some.length}`;
  };
  return {
    'cut, in one go': cut('in one go'),
    'cut, with a pause': cut('with a pause for thought'),
  };
}
