// Worker. Takes: one file at a time. Decodes it piece by piece and either hears it or cuts it; tells how far it has come.
import { Hearing } from '../analysis/hearing.ts';
import { decode, decodeChannels } from '../decoding/decode.ts';
import type { Block, Decoding } from '../decoding/decoding.ts';
import { problemOf, RecordingError } from '../decoding/problem.ts';
import { Cut } from '../export/cut.ts';
import { detector } from './detector.ts';
import { Gate } from './gate.ts';
import type { WorkerCommand, WorkerEvent, WorkerTask } from './messages.ts';

const progressEveryMs = 200;

const gate = new Gate();

function tell(event: WorkerEvent, transfer: Transferable[] = []): void {
  self.postMessage(event, { transfer });
}

interface Listener {
  readonly heardS: number;
  /** There is nothing more to wait for. */
  readonly complete?: boolean;
  feed: (block: Block) => void;
}

/** Leads a recording through a listener, with a rest wherever the page asks for one. */
async function goThrough(decoding: Decoding, listener: Listener) {
  const { codec, channels, durationS, blocks, release } = decoding;
  let rateHz = 0;
  let toldMs = performance.now();
  try {
    for await (const block of blocks) {
      await gate.pass();
      listener.feed(block);
      rateHz ||= block.rateHz;
      if (listener.complete) break;
      if (performance.now() - toldMs < progressEveryMs) continue;
      toldMs = performance.now();
      // A file that does not say how long it is shows that it is worked on, and no more.
      const share = durationS === undefined ? 0 : Math.min(1, listener.heardS / durationS);
      tell({ kind: 'progress', share });
      await breath();
    }
  } finally {
    release();
  }
  if (rateHz === 0) throw new RecordingError({ kind: 'silent' });
  return { codec, rateHz, channels };
}

/** Lets the page's word in: where a whole file is at hand at once, reading it would leave no room for that. */
async function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function analyse({ file, detector: urls }: Extract<WorkerTask, { kind: 'analyse' }>) {
  const models = await detector(urls);
  const byKernel = models.kind === 'kernel';
  const model = models.open();
  try {
    const hearing = new Hearing(model);
    const beganMs = performance.now() - gate.heldMs;
    const sound = await goThrough(await decode(file), hearing);
    const heard = hearing.finish();
    const tookMs = performance.now() - gate.heldMs - beganMs;
    const durationS = hearing.heardS;
    tell({ kind: 'analysed', analysis: { ...sound, ...heard, durationS, byKernel, tookMs } }, [
      heard.probabilities.buffer,
      heard.levelsDb.buffer,
      heard.peaks.buffer,
    ]);
  } finally {
    model.close();
  }
}

async function cut({ file, segments }: Extract<WorkerTask, { kind: 'cut' }>) {
  const kept = new Cut(segments);
  await goThrough(await decodeChannels(file), kept);
  tell({ kind: 'cut', wav: kept.finish() });
}

self.onmessage = ({ data }: MessageEvent<WorkerCommand>) => {
  switch (data.kind) {
    case 'pause':
      gate.shut();
      break;
    case 'go-on':
      gate.open();
      break;
    case 'analyse':
      analyse(data).catch(fail);
      break;
    case 'cut':
      cut(data).catch(fail);
      break;
  }
};

function fail(error: unknown): void {
  tell({ kind: 'failed', problem: problemOf(error) });
}
