import type { Completeness } from './completeness.ts';

/** All in ms of audio. */
export interface EndpointerSettings {
  /** Speech must last this long to count, so that clicks do not. */
  readonly onsetMs: number;
  /** Within a pause, speech must last this long to count. */
  readonly resumeMs: number;
  /** Speech before the first interim text, and between one and the next. */
  readonly firstInterimMs: number;
  readonly interimEveryMs: number;
  /** Silence after which the words so far are recognised, in the hope that they are all. */
  readonly preflightMs: number;
  /**
   * The most that silence at the microphone, of which the page tells before its sound has come, can end an utterance sooner.
   * On a slow line it is less than the line's delay, so that no pause is taken for one that came after it.
   */
  readonly mostAheadMs: number;
  /** Silence that ends the utterance, by how finished its words read. */
  readonly silenceMs: Readonly<Record<Completeness, number>>;
}

export const defaultEndpointerSettings: EndpointerSettings = {
  onsetMs: 96,
  resumeMs: 64,
  firstInterimMs: 320,
  interimEveryMs: 450,
  preflightMs: 160,
  mostAheadMs: 120,
  silenceMs: { complete: 320, open: 600, incomplete: 1000 },
};

/** Positions are in ms of the stream's audio. */
export type EndpointerState =
  | { readonly kind: 'idle'; readonly onsetAtMs: number | undefined }
  | { readonly kind: 'speaking'; readonly startedAtMs: number; readonly interimDueAtMs: number }
  | {
      readonly kind: 'pausing';
      readonly startedAtMs: number;
      readonly interimDueAtMs: number;
      /** Where the speech ended. */
      readonly pausedAtMs: number;
      /** Where speech seems to set in again; it must go on to count. */
      readonly resumedAtMs: number | undefined;
      readonly preflightAsked: boolean;
      /** Of the words up to this pause, once they are known. */
      readonly completeness: Completeness | undefined;
    };

export type EndpointerInput =
  | {
      readonly kind: 'frame';
      readonly speech: boolean;
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** The words up to the pause that began at `pausedAtMs` have been recognised. */
  | { readonly kind: 'words'; readonly pausedAtMs: number; readonly completeness: Completeness }
  /** Nobody has spoken at the microphone for so long, whatever has come of it. */
  | { readonly kind: 'quiet'; readonly atMs: number; readonly forMs: number }
  /** Somebody else has decided that the utterance is over. */
  | { readonly kind: 'flush'; readonly atMs: number };

export type EndpointerAction =
  | { readonly kind: 'start'; readonly atMs: number }
  | { readonly kind: 'interim' }
  | { readonly kind: 'preflight'; readonly pausedAtMs: number }
  /** Speech went on: what was recognised at the pause no longer holds. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop'; readonly endedAtMs: number };

export interface EndpointerStep {
  readonly state: EndpointerState;
  readonly actions: readonly EndpointerAction[];
}

export const idle: EndpointerState = { kind: 'idle', onsetAtMs: undefined };

/** Decides where utterances begin and end. Pure: the same state and input give the same step. */
export function advance(
  state: EndpointerState,
  input: EndpointerInput,
  settings: EndpointerSettings,
): EndpointerStep {
  switch (input.kind) {
    case 'frame':
      if (state.kind === 'idle') return whileIdle(state, input, settings);
      if (state.kind === 'speaking') return whileSpeaking(state, input, settings);
      return whilePausing(state, input, settings);
    case 'words':
      return state.kind === 'pausing' && state.pausedAtMs === input.pausedAtMs
        ? stay({ ...state, completeness: input.completeness })
        : stay(state);
    case 'quiet':
      return state.kind === 'pausing' && isOver(state, input, settings)
        ? stop(state.pausedAtMs)
        : stay(state);
    case 'flush':
      if (state.kind === 'idle') return stay(idle);
      return stop(state.kind === 'pausing' ? state.pausedAtMs : input.atMs);
  }
}

type Frame = Extract<EndpointerInput, { kind: 'frame' }>;
type Speaking = Extract<EndpointerState, { kind: 'speaking' }>;
type Pausing = Extract<EndpointerState, { kind: 'pausing' }>;

function whileIdle(
  state: Extract<EndpointerState, { kind: 'idle' }>,
  frame: Frame,
  settings: EndpointerSettings,
): EndpointerStep {
  if (!frame.speech) return stay(idle);
  const onsetAtMs = state.onsetAtMs ?? frame.fromMs;
  if (frame.toMs - onsetAtMs < settings.onsetMs) return stay({ kind: 'idle', onsetAtMs });
  return {
    state: {
      kind: 'speaking',
      startedAtMs: onsetAtMs,
      interimDueAtMs: onsetAtMs + settings.firstInterimMs,
    },
    actions: [{ kind: 'start', atMs: onsetAtMs }],
  };
}

function whileSpeaking(
  state: Speaking,
  frame: Frame,
  settings: EndpointerSettings,
): EndpointerStep {
  if (!frame.speech) {
    return stay({
      ...state,
      kind: 'pausing',
      pausedAtMs: frame.fromMs,
      resumedAtMs: undefined,
      preflightAsked: false,
      completeness: undefined,
    });
  }
  if (frame.toMs < state.interimDueAtMs) return stay(state);
  return {
    state: { ...state, interimDueAtMs: frame.toMs + settings.interimEveryMs },
    actions: [{ kind: 'interim' }],
  };
}

function whilePausing(state: Pausing, frame: Frame, settings: EndpointerSettings): EndpointerStep {
  const resumedAtMs = frame.speech ? (state.resumedAtMs ?? frame.fromMs) : undefined;
  if (resumedAtMs !== undefined && frame.toMs - resumedAtMs >= settings.resumeMs) {
    const { startedAtMs, interimDueAtMs } = state;
    return {
      state: { kind: 'speaking', startedAtMs, interimDueAtMs },
      actions: [{ kind: 'resume' }],
    };
  }
  // A frame that may be the beginning of more speech is no silence; the next one tells.
  if (frame.speech) return stay({ ...state, resumedAtMs });
  const silenceMs = frame.toMs - state.pausedAtMs;
  if (silenceMs >= settings.silenceMs[state.completeness ?? 'open']) return stop(state.pausedAtMs);
  if (state.preflightAsked || silenceMs < settings.preflightMs) {
    return stay({ ...state, resumedAtMs });
  }
  return {
    state: { ...state, resumedAtMs, preflightAsked: true },
    actions: [{ kind: 'preflight', pausedAtMs: state.pausedAtMs }],
  };
}

/** By the clock of the microphone, as long as the sound that has come does not speak against it. */
function isOver(
  { pausedAtMs, resumedAtMs, completeness }: Pausing,
  { atMs, forMs }: Extract<EndpointerInput, { kind: 'quiet' }>,
  { silenceMs, mostAheadMs }: EndpointerSettings,
): boolean {
  const neededMs = silenceMs[completeness ?? 'open'];
  const heardMs = atMs - pausedAtMs;
  return resumedAtMs === undefined && forMs >= neededMs && heardMs >= neededMs - mostAheadMs;
}

function stay(state: EndpointerState): EndpointerStep {
  return { state, actions: [] };
}

function stop(endedAtMs: number): EndpointerStep {
  return { state: idle, actions: [{ kind: 'stop', endedAtMs }] };
}
