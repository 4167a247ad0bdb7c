/** Runs in the page before its own scripts: looks on at what each worker of a detector tells the page. */
import type { DetectorEvent, WatchedFrame } from '../../../src/vad/messages.ts';
import type { WatchedEvents } from '../watched-detector.ts';

declare global {
  interface Window {
    watchedDetector: { take(): WatchedEvents };
  }
}

type Verdict = Extract<DetectorEvent, { kind: 'verdict' }>;

let verdicts: Verdict[] = [];
let frames: WatchedFrame[] = [];
let failures: string[] = [];

window.watchedDetector = {
  take() {
    const taken = { verdicts, frames, failures };
    [verdicts, frames, failures] = [[], [], []];
    return taken;
  },
};

window.Worker = class extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener('message', ({ data }: MessageEvent<DetectorEvent>) => {
      switch (data.kind) {
        case 'ready':
          this.postMessage({ kind: 'verbose', verbose: true });
          break;
        case 'verdict':
          verdicts.push(data);
          break;
        case 'frame':
          frames.push(data.frame);
          break;
        case 'failed':
          failures.push(data.message);
          break;
        case 'alive':
        case 'backlog':
        case 'speech':
        case 'silent':
          break;
      }
    });
  }
};
