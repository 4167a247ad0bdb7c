import type { ProviderId } from '#protocol/provider.ts';
import type { BargeInCounts } from '../barge-in/counts.ts';
import type { SpeechNews } from '../barge-in/page-barge-in.ts';
import { hostPage } from '../connect/host-page.ts';
import type { SoundEdge } from '../latency/sound-gate.ts';
import type { WatchedFrame } from '../vad/messages.ts';
import type { Observation } from './observation.ts';
import type { KeptLog, TurnKeeping } from './turn-keeping.ts';
import type { TurnLog } from './turn-log.ts';

/** What can be waiting for the code that makes turns of it; where that cannot be fetched, the oldest is forgotten. */
const mostWaiting = 4000;
/** Whoever has looked at turns once will again, so a page that is loaded anew keeps the detector's frames unasked. */
const watchingKey = 'parley.inspecting';

type Watch = (watcher: (frame: WatchedFrame) => void) => () => void;

/**
 * Gathers what is noticed of a conversation. What makes turns of it is fetched with the first answer, and frames of the
 * detector are asked for only once somebody has looked.
 */
export class Inspection {
  readonly #watch: Watch;
  #waiting: Observation[] = [];
  #log: TurnLog | undefined;
  #keeping: TurnKeeping | undefined;
  #loading: Promise<KeptLog> | undefined;
  #watching = false;
  #keptAs: string | undefined;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  observe(observation: Observation): void {
    if (hostPage.isGuest) return;
    if (this.#log) this.#log.add(observation);
    else {
      this.#waiting.push(observation);
      if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    }
    if (observation.kind === 'sound' && !this.#log) {
      // What does not come now is asked for again with the next sound, or when somebody wants to look.
      this.#load(wasWatching()).catch(() => undefined);
    }
  }

  /** The assistant's sound began or ended; `nowS` is the time on the clock of the edge. */
  sound({ kind, atS }: SoundEdge, nowS: number): void {
    this.observe({ kind: 'sound', phase: kind, atMs: Date.now() - (nowS - atS) * 1000 });
  }

  speech({ phase, atMs }: SpeechNews): void {
    if (phase === 'started' || phase === 'stopped') this.observe({ kind: 'speech', phase, atMs });
  }

  /** What was decided is what is counted now and was not before. */
  counted(before: BargeInCounts, now: BargeInCounts): void {
    const atMs = Date.now();
    if (now.ducked > before.ducked) {
      this.observe({ kind: 'verdict', verdict: 'duck', sinceOnsetMs: now.loweredMs, atMs });
    }
    if (now.restored > before.restored) this.observe({ kind: 'verdict', verdict: 'restore', atMs });
    if (now.confirmed > before.confirmed) {
      this.observe({ kind: 'verdict', verdict: 'confirm', sinceOnsetMs: now.finalMs, atMs });
    }
  }

  answeredBy(provider: ProviderId): void {
    this.observe({ kind: 'provider', provider, atMs: Date.now() });
  }

  /** The turns so far, and as they go on. Rejects if the code for them cannot be fetched. */
  open(): Promise<TurnLog> {
    return this.#load(true);
  }

  /** The conversation that the turns are kept with; undefined while none is kept. */
  keepAs(id: string | undefined): void {
    this.#keptAs = id;
    this.#keeping?.keepAs(id);
  }

  /** Another conversation begins. */
  forget(): void {
    this.#waiting = [];
    this.#log?.clear();
  }

  async #load(watching: boolean): Promise<TurnLog> {
    this.#loading ??= import('./turn-keeping.ts').then(({ keptLog }) => keptLog());
    try {
      const { log, keeping } = await this.#loading;
      if (!this.#log) {
        this.#log = log;
        this.#keeping = keeping;
        for (const observation of this.#waiting) log.add(observation);
        this.#waiting = [];
        keeping.keepAs(this.#keptAs);
      }
      if (watching) this.#watchFrames(log);
      return log;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  #watchFrames(log: TurnLog): void {
    if (this.#watching) return;
    this.#watching = true;
    rememberWatching();
    this.#watch((frame) => log.addFrame(frame, Date.now()));
  }
}

function wasWatching(): boolean {
  try {
    return sessionStorage.getItem(watchingKey) !== null;
  } catch {
    return false;
  }
}

function rememberWatching(): void {
  try {
    sessionStorage.setItem(watchingKey, 'yes');
  } catch {
    // Storage may be switched off; it is then asked anew on the next page.
  }
}
