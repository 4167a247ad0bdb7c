import type { WatchedFrame } from '../vad/messages.ts';
import type { Observation } from './observation.ts';
import { pointsOf, type KeptTurns } from './kept-turns.ts';
import { ProbabilityTrace } from './probability-trace.ts';
import { noRecords, type TurnRecords } from './records.ts';
import { reduceTurns } from './reducer.ts';

/** The turns of the running conversation, for whoever looks on; or those of an old one. */
export class TurnLog {
  readonly trace = new ProbabilityTrace();
  readonly #listeners = new Set<() => void>();
  #records: TurnRecords;

  constructor(kept?: KeptTurns) {
    this.#records = kept?.records ?? noRecords;
    for (const { atMs, probability } of kept ? pointsOf(kept.curve) : []) {
      this.trace.add(atMs, probability);
    }
  }

  readonly records = (): TurnRecords => this.#records;

  /** Returns the release. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(observation: Observation): void {
    this.#set(reduceTurns(this.#records, observation));
  }

  /** Takes a frame of the page's detector that is told at `nowMs`. */
  addFrame({ probability, ageMs }: WatchedFrame, nowMs: number): void {
    this.trace.add(nowMs - ageMs, probability);
  }

  clear(): void {
    this.trace.clear();
    const { clocks, provider } = this.#records;
    this.#set({ ...noRecords, clocks, provider });
  }

  #set(records: TurnRecords): void {
    if (records === this.#records) return;
    this.#records = records;
    for (const listener of this.#listeners) listener();
  }
}
