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
import { areProof, confidenceIn } from './second-opinion.ts';
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

interface Words {
  readonly text: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

interface WordsOfPiece extends Words {
  readonly seam: Seam;
}

interface Preflight {
  readonly pausedAtMs: number;
  readonly words: Promise<Words>;
  /** Speech went on, so nobody needs the text any more. */
  withdraw(): void;
}

interface Utterance {
  startedAtMs: number;
  readonly audio: UtteranceAudio;
  /** What has been taken off the front of the audio, in order. */
  pieces: Promise<WordsOfPiece>[];
  speechMs: number;
  /** Whether its words may be none; until they prove to be words. */
  doubt: 'none' | 'open' | 'settled';
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
  #doubting = false;
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

  /** Whether words may well be a laugh or an echo from now on, and are to be recognised more than once. */
  doubt(on: boolean): void {
    this.#doubting = on;
    if (on && this.#utterance?.doubt === 'none') this.#utterance.doubt = 'open';
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
      doubt: this.#doubting ? 'open' : 'none',
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
    this.#wordsUpTo(utterance, endMs, 'whenever', wanted)
      .then((words) => {
        const event = interim(words, utterance.startedAtMs, endMs);
        this.#tell(() => (wanted() ? event : undefined));
      }, this.#fail)
      .finally(() => (utterance.interimUnderWay = false));
  }

  #recognisePreflight(utterance: Utterance, pausedAtMs: number): void {
    let withdrawn = false;
    const wanted = () => !withdrawn;
    const heard = this.#wordsUpTo(utterance, pausedAtMs + trailingMs, 'soon', wanted);
    utterance.preflight = { pausedAtMs, words: heard, withdraw: () => (withdrawn = true) };
    heard.then((words) => {
      if (withdrawn || utterance.over) return;
      const finished = completeness(words.text);
      this.#step({ kind: 'words', pausedAtMs, completeness: finished });
      const event = interim(words, utterance.startedAtMs, pausedAtMs);
      this.#tell(() => {
        if (withdrawn || utterance.over || !event) return undefined;
        return finished === 'incomplete' ? event : { ...event, ...words, type: 'preflight' };
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
    const words = this.#finalWords(utterance, endedAtMs);
    this.#tell(async () => final(await words, utterance.startedAtMs, endedAtMs));
    this.#tell(() => ({ type: 'speech_stopped', atMs: endedAtMs, decidedAtMs }));
  }

  #finalWords(utterance: Utterance, endedAtMs: number): Promise<Words> {
    if (utterance.speechMs < shortestSpeechMs) return Promise.resolve(none);
    if (utterance.preflight?.pausedAtMs === endedAtMs) return utterance.preflight.words;
    return this.#wordsUpTo(utterance, endedAtMs + trailingMs, 'soon');
  }

  /** Long talk is recognised in pieces, each while the next is being said. */
  #partLongAudio(): void {
    const utterance = this.#utterance;
    const pausedAtMs = this.#state.kind === 'pausing' ? this.#state.pausedAtMs : undefined;
    const piece = utterance?.audio.takePiece(pausedAtMs);
    if (!utterance || !piece) return;
    utterance.pieces.push(this.#recognisePiece(utterance, piece, 'soon'));
    const settledMs = utterance.audio.startMs;
    if (settledMs - utterance.startedAtMs < longestUnsettledMs) return;
    const { pieces, startedAtMs } = utterance;
    utterance.pieces = [];
    this.#withdrawPreflight(utterance);
    utterance.startedAtMs = settledMs;
    this.#tell(async () => final(joined(await Promise.all(pieces)), startedAtMs, settledMs));
  }

  async #wordsUpTo(
    utterance: Utterance,
    endMs: number,
    urgency: 'soon' | 'whenever',
    stillWanted?: () => boolean,
  ): Promise<Words> {
    const rest = this.#recognisePiece(utterance, utterance.audio.upTo(endMs), urgency, stillWanted);
    return joined(await Promise.all([...utterance.pieces, rest]));
  }

  async #recognisePiece(
    utterance: Utterance,
    { samples, seam }: AudioPiece,
    urgency: 'soon' | 'whenever',
    stillWanted?: () => boolean,
  ): Promise<WordsOfPiece> {
    const recognise = (audio: Float32Array): Promise<string> =>
      this.#options.recogniser.recognise(audio, urgency, stillWanted);
    const text = await recognise(samples);
    if (text === '' || utterance.doubt !== 'open') return { text, seam, confidence: 1 };
    const confidence = await confidenceIn(text, samples, recognise);
    // What follows belongs to it and need not be proved again.
    if (areProof(text, confidence)) utterance.doubt = 'settled';
    return { text, seam, confidence };
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

const none: Words = { text: '', confidence: 0 };

/** One part that proves to be words is enough: who speaks may also laugh. */
function joined(pieces: readonly WordsOfPiece[]): Words {
  const confidence = Math.max(0, ...pieces.map((piece) => (piece.text ? piece.confidence : 0)));
  return { text: joinPieces(pieces), confidence };
}

function interim(
  { text, confidence }: Words,
  startMs: number,
  endMs: number,
): Extract<HeardEvent, { type: 'interim' }> | undefined {
  if (text === '') return undefined;
  return { type: 'interim', text: unfinished(text), startMs, endMs, confidence };
}

function final(
  { text, confidence }: Words,
  startMs: number,
  endMs: number,
): HeardEvent | undefined {
  return text === '' ? undefined : { type: 'final', text, startMs, endMs, confidence };
}
