// Worker. Takes: frames of the microphone and levels of the playback, each by a port of its own. Commands the playback's
// duck; tells the page what was decided.
import { Silero } from '../../vad/silero/silero.ts';
import { Backlog } from './backlog.ts';
import { Listening } from './listening.ts';
import { loadWeights } from './load-weights.ts';
import type {
  CapturedFrame,
  DetectorCommand,
  DetectorEvent,
  DuckCommand,
  PlayedLevels,
} from './messages.ts';
import { TrackReader } from './track-reader.ts';
import { UntreatedEar } from './untreated-ear.ts';

let listening: Listening | undefined;
const readers: Partial<Record<'microphone' | 'untreated', TrackReader | undefined>> = {};
/** It may change while the weights are still on their way. */
let wanted: Pick<Start, 'sensitivity' | 'verbose'> | undefined;

type Start = Extract<DetectorCommand, { kind: 'start' }>;

const hear = {
  microphone: (frame: CapturedFrame) => listening?.hearMicrophone(frame),
  untreated: (frame: CapturedFrame) => listening?.hearUntreated(frame),
};

function tell(event: DetectorEvent): void {
  self.postMessage(event);
}

async function start({ weights, capture, untreated, playback, ...options }: Start): Promise<void> {
  wanted = options;
  const parameters = await loadWeights(weights);
  const { sensitivity, verbose } = wanted;
  const host = {
    tell,
    command: (duck: DuckCommand) => playback.postMessage(duck),
    now: () => Date.now(),
  };
  const untreatedEar = new UntreatedEar(new Silero(parameters));
  const started = new Listening(new Silero(parameters), sensitivity, host, untreatedEar);
  started.verbose = verbose;
  listening = started;
  playback.onmessage = ({ data }: MessageEvent<PlayedLevels>) => started.hearPlayed(data);
  const backlog = new Backlog();
  capture.onmessage = ({ data }: MessageEvent<CapturedFrame>) => {
    started.hearMicrophone(data);
    backlog.hear(data);
    if (!backlog.isWorthClearing || !started.isCalm) return;
    backlog.clear();
    tell({ kind: 'backlog' });
  };
  untreated.onmessage = ({ data }: MessageEvent<CapturedFrame>) => started.hearUntreated(data);
  tell({ kind: 'ready' });
}

function listenTo({ kind, track }: Extract<DetectorCommand, { track: unknown }>): void {
  readers[kind]?.stop();
  // While the weights are still on their way nothing is heard, and nothing piles up.
  const reader = track && new TrackReader(track, hear[kind]);
  reader?.run().catch((error: unknown) => fail(error));
  readers[kind] = reader;
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

self.onmessage = ({ data }: MessageEvent<DetectorCommand>) => {
  switch (data.kind) {
    case 'start':
      start(data).catch(fail);
      break;
    case 'microphone':
    case 'untreated':
      listenTo(data);
      break;
    case 'words':
      listening?.hearWords();
      break;
    case 'sensitivity':
      if (wanted) wanted = { ...wanted, sensitivity: data.sensitivity };
      listening?.setSensitivity(data.sensitivity);
      break;
    case 'verbose':
      if (wanted) wanted = { ...wanted, verbose: data.verbose };
      if (listening) listening.verbose = data.verbose;
      break;
    case 'reset':
      listening?.reset();
      break;
    case 'ping':
      tell({ kind: 'alive' });
      break;
  }
};
