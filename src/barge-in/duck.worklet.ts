// Audio thread. Takes: the assistant's voice. Gives: the same, or silence while the person cuts in, and afterwards what was
// held back meanwhile. Posts: how loud it was, to the detector's worker, which commands it without going through the page.
import type { DuckCommand, PlayedLevels } from '../vad/messages.ts';
import { levelMs } from './echo.ts';
import { HeldVoice } from './held-voice.ts';

// The lib for pages does not know the audio thread's globals.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Levels are told four at a time, which is one frame of the detector. */
const levelsTold = 4;

class DuckProcessor extends AudioWorkletProcessor {
  readonly #voice = new HeldVoice(sampleRate);
  readonly #levelSamples = Math.round((levelMs * sampleRate) / 1000);
  #detector: MessagePort | undefined;
  #closed = false;
  #received: number[] = [];
  #played: number[] = [];
  #receivedSquares = 0;
  #playedSquares = 0;
  #summed = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | DuckCommand | 'close'>) => {
      if (data === 'close') this.#close();
      else if (data instanceof MessagePort) this.#obey(data);
      else this.#command(data);
    };
  }

  process(
    [input]: readonly (readonly Float32Array[])[],
    [output]: readonly (readonly Float32Array[])[],
  ): boolean {
    const played = output?.[0];
    if (!played) return !this.#closed;
    // Where nothing is connected there is no channel either.
    const received = input?.[0] ?? new Float32Array(played.length);
    this.#voice.process(received, played);
    played.forEach((sample, i) => this.#measure(received[i] ?? 0, sample));
    return !this.#closed;
  }

  #obey(detector: MessagePort): void {
    this.#detector = detector;
    detector.onmessage = ({ data }: MessageEvent<DuckCommand>) => {
      this.#command(data);
    };
  }

  #command({ kind }: DuckCommand): void {
    if (kind === 'duck') this.#voice.hold();
    else if (kind === 'restore') this.#voice.goOn();
    else this.#voice.drop();
  }

  /** Without a detector the voice must never stay lowered. */
  #close(): void {
    this.#voice.goOn();
    this.#detector?.close();
    this.#detector = undefined;
    this.#closed = true;
  }

  #measure(received: number, played: number): void {
    this.#receivedSquares += received * received;
    this.#playedSquares += played * played;
    this.#summed += 1;
    if (this.#summed < this.#levelSamples) return;
    this.#received.push(Math.sqrt(this.#receivedSquares / this.#summed));
    this.#played.push(Math.sqrt(this.#playedSquares / this.#summed));
    this.#receivedSquares = this.#playedSquares = this.#summed = 0;
    if (this.#received.length < levelsTold) return;
    const levels: PlayedLevels = {
      received: this.#received,
      played: this.#played,
      waits: this.#voice.soundWaits,
    };
    this.#detector?.postMessage(levels);
    this.#received = [];
    this.#played = [];
  }
}

registerProcessor('barge-in-duck', DuckProcessor);
