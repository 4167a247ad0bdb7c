import { listenForSound } from '../latency/listen.ts';
import { replyGate, type SoundEdge } from '../latency/sound-gate.ts';
import { Meter } from '../levels/meter.ts';
import type { Mend, SoundFacts } from './audibility.ts';
import { Duck } from './duck.ts';
import { PlayedTrack } from './played-track.ts';
import { Speaker } from './speaker.ts';

export interface PlaybackListener {
  /** The browser lets sound through, or keeps it back until a gesture. Only told while sound is wanted. */
  locked(locked: boolean): void;
  /** Sound of the assistant began or ended, as it leaves this page; times in s on the context's clock. */
  replySound(edge: SoundEdge): void;
  /** The device that the sound goes to has failed, as far as the browser tells. */
  deviceFailed(): void;
}

/** A cut must not click, so the sound fades over this many s. */
const fadeS = 0.008;

/** A browser that lets the sound through does so within this time, in ms. */
const unlockMs = 1500;

/** Sound that is taken away in mid-talk and comes back within this time, in ms, is not worth a word. */
const graceMs = 1500;

interface Graph {
  readonly context: AudioContext;
  readonly arriving: GainNode;
  readonly ducked: GainNode;
  readonly meter: Meter;
  readonly volume: GainNode;
  readonly speaker: Speaker;
}

/**
 * Everything that a person hears goes through one graph:
 *
 *     assistant's track → arriving → duck → (barge-in) → meter → volume → speaker
 *     anybody else's track ─────────────────────────────────────↗
 *
 * One AudioContext serves the page for its lifetime; between calls it rests.
 */
export class Playback {
  readonly duck = new Duck((closed) => {
    this.#fade(closed);
    if (closed) this.forget();
  });
  readonly #listener: PlaybackListener;
  #graph: Graph | undefined;
  #inserted: AudioNode | undefined;
  #dropHeld: (() => void) | undefined;
  readonly #playing = new Set<PlayedTrack>();
  #grace: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;
  #volume = 1;
  #speakerId = 'default';

  constructor(listener: PlaybackListener) {
    this.#listener = listener;
  }

  /** Begins to play, or tries again. Call it in a click, before anything is awaited, or the browser may refuse. */
  async unlock(): Promise<void> {
    this.#wanted = true;
    const { context } = this.#graphOfPage();
    // Without a sound device, or before a gesture, the promise stays open for ever: the state is what counts.
    context.resume().catch(() => undefined);
    if (context.state !== 'running') {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, unlockMs);
        context.addEventListener('statechange', () => resolve(), { once: true });
      });
    }
    this.#report();
  }

  /** The call is over: frees the sound device until the next one. */
  rest(): void {
    this.#wanted = false;
    clearTimeout(this.#grace);
    this.forget();
    this.duck.open();
    void this.#graph?.context.suspend();
  }

  /** The page's context, for what else is to be measured on its clock. Made on first use. */
  get context(): AudioContext {
    return this.#graphOfPage().context;
  }

  /**
   * Plays a track until the release is called. Only the assistant's can be cut. `arrives`: whether sound is coming in for
   * it now, where that can be known.
   */
  play(
    track: MediaStreamTrack,
    from: 'assistant' | 'other',
    arrives: () => boolean = () => false,
  ): () => void {
    const { context, arriving, volume } = this.#graphOfPage();
    const target = from === 'assistant' ? arriving : volume;
    const played = new PlayedTrack(track, { context, target, arrives });
    this.#playing.add(played);
    return () => {
      this.#playing.delete(played);
      played.stop();
    };
  }

  /** Leads what is heard of the assistant to another node too, whatever the volume, until the release is called. */
  lend(target: AudioNode): () => void {
    const { node } = this.#graphOfPage().meter;
    node.connect(target);
    return () => node.disconnect(target);
  }

  /** What there is of the sound; undefined while none is wanted. */
  look(): Omit<SoundFacts, 'elsewhere'> | undefined {
    if (!this.#wanted || !this.#graph) return undefined;
    const { context, speaker } = this.#graph;
    const playing = [...this.#playing];
    return {
      state: context.state,
      timeS: context.currentTime,
      paused: speaker.paused || playing.some(({ paused }) => paused),
      starved: playing.some(({ starved }) => starved),
    };
  }

  /** Tries to bring sound back that is wanted and not there. */
  mend(what: Exclude<Mend, 'speaker'>): void {
    if (!this.#graph) return;
    const { context, speaker } = this.#graph;
    const mends: Readonly<Record<typeof what, () => void>> = {
      resume: () => void context.resume().catch(() => undefined),
      reopen: () => void context.suspend().catch(() => undefined),
      play: () => {
        speaker.play();
        for (const played of this.#playing) if (played.paused) played.play();
      },
      rejoin: () => {
        for (const played of this.#playing) played.rejoin();
      },
    };
    mends[what]();
  }

  /**
   * Leads the assistant's voice through a node, or past it again. What is inserted takes the place of what was. `dropHeld`
   * is called when nothing that the node may hold back is to be heard any more.
   */
  insert(node: AudioNode | undefined, dropHeld?: () => void): void {
    const { ducked, meter } = this.#graphOfPage();
    this.#inserted?.disconnect();
    ducked.disconnect(this.#inserted ?? meter.node);
    this.#inserted = node;
    this.#dropHeld = dropHeld;
    node?.connect(meter.node);
    ducked.connect(node ?? meter.node);
  }

  /** The reply under way is over: what is held back of it is not to be heard. */
  forget(): void {
    this.#dropHeld?.();
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    this.#volume = volume;
    const graph = this.#graph;
    graph?.volume.gain.setTargetAtTime(volume, graph.context.currentTime, fadeS);
  }

  /** Rejects, and leaves the sound where it was, if the device cannot be used. */
  async chooseSpeaker(deviceId: string): Promise<void> {
    await this.#graph?.speaker.choose(deviceId);
    this.#speakerId = deviceId;
  }

  /** 0 to 1. */
  level(): number {
    return this.#graph?.meter.level() ?? 0;
  }

  bands(count: number): Float32Array {
    return this.#graph?.meter.bands(count) ?? new Float32Array(count);
  }

  #graphOfPage(): Graph {
    this.#graph ??= this.#build();
    return this.#graph;
  }

  #build(): Graph {
    // No sample rate: Firefox refuses to join a microphone to a context with a rate of its own.
    const context = new AudioContext({ latencyHint: 'interactive' });
    const arriving = context.createGain();
    const ducked = context.createGain();
    const meter = new Meter(context);
    const volume = context.createGain();
    volume.gain.value = this.#volume;
    arriving.connect(ducked).connect(meter.node).connect(volume);
    const speaker = new Speaker(volume, context);
    if (this.#speakerId !== 'default') speaker.choose(this.#speakerId).catch(() => undefined);
    context.addEventListener('statechange', () => this.#follow(context));
    context.addEventListener('error', () => this.#listener.deviceFailed());
    document.addEventListener('visibilitychange', () => {
      // A phone call, or a browser that saves power, may have stopped the sound meanwhile.
      if (this.#wanted && !document.hidden) context.resume().catch(() => undefined);
    });
    // Without the worklet there is sound all the same, only no measurement.
    listenForSound(ducked, replyGate, (edge) => this.#listener.replySound(edge)).catch(
      () => undefined,
    );
    listenForSound(arriving, replyGate, ({ kind }) =>
      this.duck.arrives(kind === 'began', performance.now()),
    ).catch(() => undefined);
    return { context, arriving, ducked, meter, volume, speaker };
  }

  /** What is suspended without our wish is asked to go on at once, and told only when it does not. */
  #follow(context: AudioContext): void {
    clearTimeout(this.#grace);
    if (!this.#wanted) return;
    if (context.state === 'running') {
      this.#report();
      return;
    }
    context.resume().catch(() => undefined);
    this.#grace = setTimeout(() => this.#report(), graceMs);
  }

  #report(): void {
    if (this.#wanted && this.#graph) this.#listener.locked(this.#graph.context.state !== 'running');
  }

  #fade(closed: boolean): void {
    if (!this.#graph) return;
    const { context, ducked } = this.#graph;
    const { gain } = ducked;
    gain.cancelScheduledValues(context.currentTime);
    gain.setValueAtTime(gain.value, context.currentTime);
    gain.linearRampToValueAtTime(closed ? 0 : 1, context.currentTime + fadeS);
  }
}
