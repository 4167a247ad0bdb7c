import type { HeardEvent } from '../wire/messages.ts';
import { completeness } from './completeness.ts';
import { frameMs, type Detector } from './detector.ts';
import {
  advance,
  defaultEndpointerSettings,
  idle,
  type EndpointerAction,
  type EndpointerInput,
  type EndpointerSettings,
  type EndpointerState,
} from './endpointer.ts';
import { Frames } from './frames.ts';
import type { Recogniser } from './recogniser.ts';
import { joinPieces, unfinished, type Seam } from './transcript.ts';
import { UtteranceAudio, type AudioPiece } from './utterance.ts';

/** Audio from before the detector was sure; the first sound of a word is often soft. */
const preRollMs = 300;
/** Silence that the recogniser is given after the last word. */
const trailingMs = 160;
/** Sounds shorter than this are clicks and coughs, not words. */
const shortestSpeechMs = 160;
/** After this much talk without an end the words so far are made final, so that none can be lost. */
const longestUnsettledMs = 60_000;

export interface ListenerOptions {
  readonly recogniser: Pick<Recogniser, 'recognise' | 'idle'>;
  readonly detector: Detector;
  readonly settings?: EndpointerSettings;
  readonly onEvent: (event: HeardEvent) => void;
  /** The recogniser failed; the stream hears no more. */
  readonly onFailure: (error: unknown) => void;
}

interface TextPiece {
  readonly text: string;
  readonly seam: Seam;
}

interface Preflight {
  readonly pausedAtMs: number;
  readonly text: Promise<string>;
  /** Speech went on, so nobody needs the text any more. */
  withdraw(): void;
}

interface Utterance {
  startedAtMs: number;
  readonly audio: UtteranceAudio;
  /** What has been taken off the front of the audio, in order. */
  pieces: Promise<TextPiece>[];
  speechMs: number;
  /** Of the whole utterance up to the pause that began there. */
  preflight: Preflight | undefined;
  interimUnderWay: boolean;
  over: boolean;
}

/** Hears one stream of audio: finds the utterances in it and their words, while they are still being said. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #settings: EndpointerSettings;
  readonly #frames = new Frames();
  #positionMs = 0;
  #preRoll: Float32Array[] = [];
  #state: EndpointerState = idle;
  #utterance: Utterance | undefined;
  /** Events come in the order of the audio, however long the recogniser takes for each. */
  #order: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#settings = options.settings ?? defaultEndpointerSettings;
  }

  /** Mono in [-1, 1] at 16 kHz, any number of samples. */
  write(samples: Float32Array): void {
    this.#frames.push(samples, (frame) => {
      if (!this.#closed) this.#hear(frame);
    });
  }

  /** Ends the utterance now, without waiting for silence. */
  flush(): void {
    this.#step({ kind: 'flush', atMs: this.#positionMs });
  }

  /** Nobody has spoken at the microphone for so long, in ms, though the sound of that has not come yet. */
  quiet(forMs: number): void {
    this.#step({ kind: 'quiet', atMs: this.#positionMs, forMs });
  }

  /** Resolves when all that was written has been heard and told. */
  async end(): Promise<void> {
    this.flush();
    await this.#order;
  }

  /** Stops at once and gives the detector back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#utterance) this.#utterance.over = true;
    this.#options.detector.release();
  }

  #hear(frame: Float32Array): void {
    const fromMs = this.#positionMs;
    const toMs = fromMs + frameMs;
    this.#positionMs = toMs;
    const speech = this.#options.detector.isSpeech(frame);
    if (this.#utterance) {
      this.#utterance.audio.append(frame);
      if (speech) this.#utterance.speechMs += frameMs;
    } else {
      const kept = Math.ceil((preRollMs + this.#settings.onsetMs) / frameMs);
      this.#preRoll = [...this.#preRoll, frame].slice(-kept);
    }
    this.#step({ kind: 'frame', speech, fromMs, toMs });
    this.#partLongAudio();
  }

  #step(input: EndpointerInput): void {
    const { state, actions } = advance(this.#state, input, this.#settings);
    this.#state = state;
    for (const action of actions) this.#act(action);
  }

  #act(action: EndpointerAction): void {
    if (action.kind === 'start') this.#start(action.atMs);
    const utterance = this.#utterance;
    if (!utterance) return;
    if (action.kind === 'interim') this.#recogniseInterim(utterance);
    if (action.kind === 'preflight') this.#recognisePreflight(utterance, action.pausedAtMs);
    if (action.kind === 'resume') this.#withdrawPreflight(utterance);
    if (action.kind === 'stop') this.#stop(utterance, action.endedAtMs);
  }

  #start(atMs: number): void {
    const audio = new UtteranceAudio(this.#positionMs - this.#preRoll.length * frameMs);
    for (const frame of this.#preRoll) audio.append(frame);
    this.#preRoll = [];
    this.#utterance = {
      startedAtMs: atMs,
      audio,
      pieces: [],
      speechMs: this.#positionMs - atMs,
      preflight: undefined,
      interimUnderWay: false,
      over: false,
    };
    this.#tell(() => ({ type: 'speech_started', atMs }));
  }

  #recogniseInterim(utterance: Utterance): void {
    if (utterance.interimUnderWay || !this.#options.recogniser.idle) return;
    utterance.interimUnderWay = true;
    const endMs = this.#positionMs;
    const wanted = () => !utterance.over && this.#state.kind === 'speaking';
    this.#textUpTo(utterance, endMs, 'whenever', wanted)
      .then((text) => {
        const event = interim(text, utterance.startedAtMs, endMs);
        this.#tell(() => (wanted() ? event : undefined));
      }, this.#fail)
      .finally(() => (utterance.interimUnderWay = false));
  }

  #recognisePreflight(utterance: Utterance, pausedAtMs: number): void {
    let withdrawn = false;
    const wanted = () => !withdrawn;
    const text = this.#textUpTo(utterance, pausedAtMs + trailingMs, 'soon', wanted);
    utterance.preflight = { pausedAtMs, text, withdraw: () => (withdrawn = true) };
    text.then((words) => {
      if (withdrawn || utterance.over) return;
      const finished = completeness(words);
      this.#step({ kind: 'words', pausedAtMs, completeness: finished });
      const event = interim(words, utterance.startedAtMs, pausedAtMs);
      this.#tell(() => {
        if (withdrawn || utterance.over || !event) return undefined;
        return finished === 'incomplete' ? event : { ...event, type: 'preflight', text: words };
      });
    }, this.#fail);
  }

  #withdrawPreflight(utterance: Utterance): void {
    utterance.preflight?.withdraw();
    utterance.preflight = undefined;
  }

  #stop(utterance: Utterance, endedAtMs: number): void {
    this.#utterance = undefined;
    utterance.over = true;
    const decidedAtMs = this.#positionMs;
    const text = this.#finalText(utterance, endedAtMs);
    this.#tell(async () => final(await text, utterance.startedAtMs, endedAtMs));
    this.#tell(() => ({ type: 'speech_stopped', atMs: endedAtMs, decidedAtMs }));
  }

  #finalText(utterance: Utterance, endedAtMs: number): Promise<string> {
    if (utterance.speechMs < shortestSpeechMs) return Promise.resolve('');
    if (utterance.preflight?.pausedAtMs === endedAtMs) return utterance.preflight.text;
    return this.#textUpTo(utterance, endedAtMs + trailingMs, 'soon');
  }

  /** Long talk is recognised in pieces, each while the next is being said. */
  #partLongAudio(): void {
    const utterance = this.#utterance;
    const pausedAtMs = this.#state.kind === 'pausing' ? this.#state.pausedAtMs : undefined;
    const piece = utterance?.audio.takePiece(pausedAtMs);
    if (!utterance || !piece) return;
    utterance.pieces.push(this.#recognisePiece(piece, 'soon'));
    const settledMs = utterance.audio.startMs;
    if (settledMs - utterance.startedAtMs < longestUnsettledMs) return;
    const { pieces, startedAtMs } = utterance;
    utterance.pieces = [];
    this.#withdrawPreflight(utterance);
    utterance.startedAtMs = settledMs;
    this.#tell(async () => final(joinPieces(await Promise.all(pieces)), startedAtMs, settledMs));
  }

  async #textUpTo(
    utterance: Utterance,
    endMs: number,
    urgency: 'soon' | 'whenever',
    stillWanted?: () => boolean,
  ): Promise<string> {
    const rest = this.#recognisePiece(utterance.audio.upTo(endMs), urgency, stillWanted);
    return joinPieces(await Promise.all([...utterance.pieces, rest]));
  }

  async #recognisePiece(
    { samples, seam }: AudioPiece,
    urgency: 'soon' | 'whenever',
    stillWanted?: () => boolean,
  ): Promise<TextPiece> {
    return { text: await this.#options.recogniser.recognise(samples, urgency, stillWanted), seam };
  }

  /** Tells an event, if there is one, after all that were asked for before it. */
  #tell(make: () => HeardEvent | undefined | Promise<HeardEvent | undefined>): void {
    this.#order = this.#order.then(async () => {
      if (this.#closed) return;
      try {
        const event = await make();
        if (event) this.#emit(event);
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  #emit(event: HeardEvent): void {
    if (!this.#closed) this.#options.onEvent(event);
  }

  readonly #fail = (error: unknown): void => {
    if (this.#closed) return;
    this.close();
    this.#options.onFailure(error);
  };
}

function interim(
  text: string,
  startMs: number,
  endMs: number,
): Extract<HeardEvent, { type: 'interim' }> | undefined {
  return text === '' ? undefined : { type: 'interim', text: unfinished(text), startMs, endMs };
}

function final(text: string, startMs: number, endMs: number): HeardEvent | undefined {
  return text === '' ? undefined : { type: 'final', text, startMs, endMs };
}
