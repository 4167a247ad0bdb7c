// Worker. Takes: one file at a time. Decodes it piece by piece and either hears it or cuts it; tells how far it has come.
import { loadSilero } from '../../vad/load-silero.ts';
import type { Silero } from '../../../vad/silero/silero.ts';
import { Hearing } from '../analysis/hearing.ts';
import { decode, type Block } from '../decoding/decode.ts';
import { problemOf, RecordingError } from '../decoding/problem.ts';
import { Cut } from '../export/cut.ts';
import { Gate } from './gate.ts';
import type { WorkerCommand, WorkerEvent, WorkerTask } from './messages.ts';

const progressEveryMs = 200;

const gate = new Gate();
let detector: Promise<Silero> | undefined;

function tell(event: WorkerEvent, transfer: Transferable[] = []): void {
  self.postMessage(event, { transfer });
}

async function silero(weights: string): Promise<Silero> {
  detector ??= loadSilero(weights);
  try {
    return await detector;
  } catch (error) {
    detector = undefined;
    const detail = error instanceof Error ? error.message : String(error);
    throw new RecordingError({ kind: 'detector', detail });
  }
}

interface Listener {
  readonly heardS: number;
  /** There is nothing more to wait for. */
  readonly complete?: boolean;
  feed: (block: Block) => void;
}

/** Leads a recording through a listener, with a rest wherever the page asks for one. */
async function goThrough(file: Blob, listener: Listener) {
  const { codec, durationS, blocks, release } = await decode(file);
  let rateHz = 0;
  let channels = 0;
  let toldMs = performance.now();
  try {
    for await (const block of blocks) {
      await gate.pass();
      listener.feed(block);
      rateHz ||= block.rateHz;
      channels ||= block.channels.length;
      if (listener.complete) break;
      if (performance.now() - toldMs < progressEveryMs) continue;
      toldMs = performance.now();
      // A file that does not say how long it is shows that it is worked on, and no more.
      const share = durationS === undefined ? 0 : Math.min(1, listener.heardS / durationS);
      tell({ kind: 'progress', share });
    }
  } finally {
    release();
  }
  if (channels === 0) throw new RecordingError({ kind: 'silent' });
  return { codec, rateHz, channels };
}

async function analyse({ file, weights }: Extract<WorkerTask, { kind: 'analyse' }>) {
  const hearing = new Hearing(await silero(weights));
  const beganMs = performance.now() - gate.heldMs;
  const sound = await goThrough(file, hearing);
  const heard = hearing.finish();
  const tookMs = performance.now() - gate.heldMs - beganMs;
  tell({ kind: 'analysed', analysis: { ...sound, ...heard, durationS: hearing.heardS, tookMs } }, [
    heard.probabilities.buffer,
    heard.peaks.buffer,
  ]);
}

async function cut({ file, segments }: Extract<WorkerTask, { kind: 'cut' }>) {
  const kept = new Cut(segments);
  await goThrough(file, kept);
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
