import { describe, expect, it } from 'vitest';
import type { Completeness } from './completeness.ts';
import {
  advance,
  defaultEndpointerSettings as settings,
  idle,
  type EndpointerAction,
  type EndpointerInput,
  type EndpointerState,
} from './endpointer.ts';

const frameMs = 32;

/** Plays frames into the endpointer and notes what it asks for, and when. */
class Playback {
  #state: EndpointerState = idle;
  #nowMs = 0;
  readonly log: (EndpointerAction & { seenAtMs: number })[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  hear(speech: boolean, durationMs: number): this {
    for (const endMs = this.#nowMs + durationMs; this.#nowMs < endMs; this.#nowMs += frameMs) {
      this.#step({ kind: 'frame', speech, fromMs: this.#nowMs, toMs: this.#nowMs + frameMs });
    }
    return this;
  }

  know(completeness: Completeness): this {
    const asked = this.of('preflight').at(-1);
    if (!asked) throw new Error('Nobody asked for the words.');
    this.#step({ kind: 'words', pausedAtMs: asked.pausedAtMs, completeness });
    return this;
  }

  /** Tells at each step that the microphone has been quiet, while the sound comes so much later. */
  hearLate(durationMs: number, lateMs: number): this {
    const quietSinceMs = this.#nowMs - lateMs;
    for (const endMs = this.#nowMs + durationMs; this.#nowMs < endMs;) {
      this.hear(false, frameMs);
      this.#step({ kind: 'quiet', atMs: this.#nowMs, forMs: this.#nowMs - quietSinceMs });
    }
    return this;
  }

  flush(): this {
    this.#step({ kind: 'flush', atMs: this.#nowMs });
    return this;
  }

  of<K extends EndpointerAction['kind']>(kind: K) {
    return this.log.filter(
      (action): action is Extract<EndpointerAction, { kind: K }> & { seenAtMs: number } =>
        action.kind === kind,
    );
  }

  #step(input: EndpointerInput): void {
    const { state, actions } = advance(this.#state, input, settings);
    this.#state = state;
    const seenAtMs = input.kind === 'frame' ? input.toMs : this.#nowMs;
    for (const action of actions) this.log.push({ ...action, seenAtMs });
  }
}

/** How long it is silent before the utterance ends. */
function silenceWaited(completeness: Completeness | undefined): number {
  const playback = new Playback().hear(true, 640).hear(false, 192);
  const endedAtMs = 640;
  if (completeness) playback.know(completeness);
  playback.hear(false, 2000);
  const [stop] = playback.of('stop');
  expect(stop?.endedAtMs).toBe(endedAtMs);
  return (stop?.seenAtMs ?? NaN) - endedAtMs;
}

describe('the endpointer', () => {
  it('begins an utterance where its first sound was, once it has lasted', () => {
    const playback = new Playback().hear(false, 320).hear(true, 320);
    expect(playback.of('start')).toEqual([{ kind: 'start', atMs: 320, seenAtMs: 416 }]);
  });

  it('does not take a click for speech', () => {
    const playback = new Playback();
    for (let i = 0; i < 20; i++) playback.hear(true, 64).hear(false, 32);
    expect(playback.log).toEqual([]);
  });

  it('asks for the words soon after the start and regularly from then on', () => {
    const playback = new Playback().hear(true, 1920);
    const times = playback.of('interim').map(({ seenAtMs }) => seenAtMs);
    expect(times[0]).toBe(320);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(settings.interimEveryMs);
      expect(gap).toBeLessThan(settings.interimEveryMs + frameMs);
    }
  });

  it('waits the longer, the less finished the words read', () => {
    expect(silenceWaited('complete')).toBe(320);
    expect(silenceWaited('open')).toBe(608);
    expect(silenceWaited('incomplete')).toBe(1024);
  });

  it('waits for a middling time when the words are not known in time', () => {
    expect(silenceWaited(undefined)).toBe(608);
  });

  it('asks for the words once in a pause, and anew in the next', () => {
    const playback = new Playback().hear(true, 640).hear(false, 256).hear(true, 640);
    expect(playback.of('preflight').map(({ pausedAtMs }) => pausedAtMs)).toEqual([640]);
    expect(playback.of('resume')).toHaveLength(1);
    playback.hear(false, 256);
    expect(playback.of('preflight').map(({ pausedAtMs }) => pausedAtMs)).toEqual([640, 1536]);
    expect(playback.of('stop')).toEqual([]);
  });

  it('forgets how finished the words were when speech goes on', () => {
    const playback = new Playback().hear(true, 640).hear(false, 192).know('complete');
    playback.hear(true, 320).hear(false, 480);
    expect(playback.of('stop')).toEqual([]);
  });

  it('is not misled by words of an earlier pause that come late', () => {
    const playback = new Playback().hear(true, 640).hear(false, 192).hear(true, 320);
    playback.hear(false, 96).know('complete').hear(false, 352);
    expect(playback.of('stop')).toEqual([]);
  });

  it('does not start the silence over for a click in it', () => {
    const playback = new Playback().hear(true, 640).hear(false, 192).know('complete');
    playback.hear(true, 32).hear(false, 320);
    expect(playback.of('resume')).toEqual([]);
    expect(playback.of('stop')).toEqual([{ kind: 'stop', endedAtMs: 640, seenAtMs: 960 }]);
  });

  it.each([
    ['complete', 0, 320],
    ['complete', 96, 224],
    ['complete', 1000, 224],
    ['incomplete', 96, 928],
  ] as const)(
    'ends %s words sooner when the microphone is quiet and its sound %d ms behind, but not too soon',
    (completeness, lateMs, silenceMs) => {
      const playback = new Playback().hear(true, 640).hear(false, 192).know(completeness);
      playback.hearLate(1200, lateMs + 192);
      expect(playback.of('stop')[0]?.seenAtMs).toBe(640 + silenceMs);
    },
  );

  it('does not end while the sound that comes is still speech, however quiet the microphone', () => {
    const playback = new Playback().hear(true, 640);
    expect(playback.of('stop')).toEqual([]);
    expect(playback.hearLate(64, 3000).of('stop')).toEqual([]);
  });

  it('ends at once when it is told to', () => {
    const playback = new Playback().hear(true, 640).flush();
    expect(playback.of('stop')).toEqual([{ kind: 'stop', endedAtMs: 640, seenAtMs: 640 }]);
    expect(new Playback().hear(false, 320).flush().log).toEqual([]);
  });

  it('hears the next utterance after one has ended', () => {
    const playback = new Playback().hear(true, 640).hear(false, 960).hear(true, 640);
    expect(playback.of('start').map(({ atMs }) => atMs)).toEqual([0, 1600]);
  });
});
