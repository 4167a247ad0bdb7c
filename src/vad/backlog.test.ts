import { describe, expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

/** Frames of 32 ms on a graph's clock, which falls behind the wall clock. */
class Graph {
  readonly backlog = new Backlog();
  #atMs = 0;
  #behindMs = 0;
  #driftMs = 0;

  get wallMs(): number {
    return this.#atMs + this.#behindMs + this.#driftMs;
  }

  hesitate(ms: number): void {
    this.#behindMs += ms;
  }

  /** `jitterMs`: how late every other frame is by itself. `driftPpm`: how much faster the wall clock runs. */
  run(ms: number, { jitterMs = 0, driftPpm = 0 } = {}): void {
    for (let ranMs = 0; ranMs < ms; ranMs += 32) {
      this.#atMs += 32;
      this.#driftMs += (32 * driftPpm) / 1e6;
      const lateMs = (this.#atMs / 32) % 2 === 0 ? jitterMs : 0;
      this.backlog.hear({ atS: this.#atMs / 1000, atMs: Math.round(this.wallMs + lateMs) });
    }
  }

  clear(): void {
    this.backlog.clear();
    this.hesitate(60);
    this.run(16_000);
  }
}

describe('what waits in front of the graph', () => {
  it('is taken for too much until it was cleared once', () => {
    const graph = new Graph();
    graph.run(1000);
    expect(graph.backlog.isWorthClearing).toBe(true);
    graph.clear();
    expect(graph.backlog.isWorthClearing).toBe(false);
  });

  it('grows with every hiccup of the output until it is worth clearing', () => {
    const graph = new Graph();
    graph.clear();
    graph.hesitate(40);
    graph.run(2000);
    expect(graph.backlog.isWorthClearing).toBe(false);
    graph.hesitate(40);
    graph.run(2000);
    expect(graph.backlog.isWorthClearing).toBe(true);
    graph.clear();
    expect(graph.backlog.isWorthClearing).toBe(false);
  });

  it('is not cleared over and over where it piles up at once', () => {
    const graph = new Graph();
    graph.clear();
    graph.backlog.clear();
    graph.run(3000);
    graph.hesitate(100);
    graph.run(8_000);
    expect(graph.backlog.isWorthClearing).toBe(false);
    graph.run(10_000);
    expect(graph.backlog.isWorthClearing).toBe(true);
  });

  it('does not grow when frames come late, nor when two clocks drift apart', () => {
    const graph = new Graph();
    graph.clear();
    graph.run(60_000, { jitterMs: 45 });
    graph.run(600_000, { driftPpm: 200 });
    expect(graph.backlog.isWorthClearing).toBe(false);
  });
});
