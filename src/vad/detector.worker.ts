// Worker. Takes: frames of the microphone and levels of the playback, each by a port of its own. Commands the playback's
// duck; tells the page what was decided.
import { Backlog } from './backlog.ts';
import { Listening } from './listening.ts';
import { loadSilero } from './load-silero.ts';
import type { CapturedFrame, DetectorCommand, DetectorEvent, PlayedLevels } from './messages.ts';
import { TrackReader } from './track-reader.ts';

let listening: Listening | undefined;
let microphone: TrackReader | undefined;
/** It may change while the weights are still on their way. */
let wanted: Pick<Start, 'sensitivity' | 'verbose'> | undefined;

type Start = Extract<DetectorCommand, { kind: 'start' }>;

function tell(event: DetectorEvent): void {
  self.postMessage(event);
}

async function start({ weights, capture, playback, ...options }: Start): Promise<void> {
  wanted = options;
  const silero = await loadSilero(weights);
  const { sensitivity, verbose } = wanted;
  const started = new Listening(silero, sensitivity, {
    tell,
    command: (duck) => playback.postMessage(duck),
    now: () => Date.now(),
  });
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
  tell({ kind: 'ready' });
}

function listenTo(track: ReadableStream<AudioData> | undefined): void {
  microphone?.stop();
  // While the weights are still on their way nothing is heard, and nothing piles up.
  microphone = track && new TrackReader(track, (frame) => listening?.hearMicrophone(frame));
  microphone?.run().catch((error: unknown) => fail(error));
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
      listenTo(data.track);
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
