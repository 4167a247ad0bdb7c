import { createServer, type Server, type Socket } from 'node:net';
import { listenOn } from './local-server.ts';
import { mainThreadOf } from './main-thread.ts';
import { attendingJob, beat, beatMs, farewell, type AttendingJob } from './pulse.ts';
import { readProcessors } from './processors.ts';
import { Silence } from './silence.ts';

/** A worker that stood still itself for so long, in ms (a laptop that slept), has missed the beats and not the jobs. */
const stoodStillMs = 2000;
const longestIntroduction = 2000;

export interface LostJob extends AttendingJob {
  readonly how: 'crashed' | 'hung';
}

export interface JobEvents {
  lost(job: LostJob): void;
  /** The last person has left, or the last job has ended in whatever way. */
  nobodyTalks(): void;
}

/**
 * Listens for the pulses of the jobs, and tells of each job that is lost. LiveKit misses an agent that has crashed only
 * after some twenty seconds, and the framework misses one that hangs only after a minute. Resolves when it listens.
 */
export async function watchJobs(
  socketPath: string,
  events: JobEvents,
): Promise<{ close(): Promise<void> }> {
  const watched = new Set<WatchedJob>();
  const server: Server = createServer((socket) => {
    const lookWhoTalks = (): void => {
      if (![...watched].some(({ talks }) => talks)) events.nobodyTalks();
    };
    const job = new WatchedJob(socket, {
      quiet: lookWhoTalks,
      over: (lost) => {
        const wasWatched = watched.delete(job);
        if (lost) events.lost(lost);
        if (wasWatched) lookWhoTalks();
      },
    });
    watched.add(job);
  });
  await listenOn(server, socketPath);
  let tickedAtMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const stoodStill = nowMs - tickedAtMs > stoodStillMs;
    tickedAtMs = nowMs;
    for (const job of watched) job.check(nowMs, stoodStill);
  }, beatMs);
  return {
    close: () => {
      clearInterval(timer);
      const left = [...watched];
      watched.clear();
      for (const job of left) job.forget();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface WatchedJobEvents {
  /** Whoever was in its room has left. */
  quiet(): void;
  over(lost: LostJob | undefined): void;
}

/** One job, from its introduction to its farewell. */
class WatchedJob {
  readonly #socket: Socket;
  readonly #events: WatchedJobEvents;
  /** Whoever called it is there, or about to be. */
  #talks = true;
  #job: AttendingJob | undefined;
  #introduction = '';
  readonly #silence = new Silence(performance.now(), {
    readThread: () => this.#job && mainThreadOf(this.#job.pid),
    readProcessors,
  });
  #ended = false;

  constructor(socket: Socket, events: WatchedJobEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#hear(text));
    socket.on('error', () => undefined);
    socket.once('close', () => this.#end('crashed'));
  }

  get talks(): boolean {
    return this.#talks;
  }

  check(nowMs: number, stoodStill: boolean): void {
    if (stoodStill) this.#silence.end(nowMs);
    else if (this.#silence.isDeadly(nowMs)) this.#end('hung');
  }

  forget(): void {
    this.#end(undefined);
  }

  #hear(text: string): void {
    this.#silence.end(performance.now());
    if (this.#job) {
      if (text.includes(farewell)) this.#end(undefined);
      else this.#feel(text);
      return;
    }
    this.#introduction += text;
    const [line, rest] = this.#introduction.split('\n', 2);
    if (line === undefined || rest === undefined) {
      if (this.#introduction.length > longestIntroduction) this.#end(undefined);
      return;
    }
    const job = attendingJob.safeParse(readJson(line));
    if (!job.success) this.#end(undefined);
    this.#job = job.data;
    if (rest.endsWith(farewell)) this.#end(undefined);
    else this.#feel(rest);
  }

  #feel(beats: string): void {
    const last = beats.at(-1);
    if (last === undefined) return;
    const talked = this.#talks;
    this.#talks = last === beat;
    if (talked && !this.#talks) this.#events.quiet();
  }

  #end(how: LostJob['how'] | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.destroy();
    this.#events.over(how && this.#job ? { ...this.#job, how } : undefined);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
