/**
 * What a person says until somebody else speaks. The recogniser may end a segment at a pause in mid-sentence; the
 * segments of one turn are shown as one utterance.
 */
export interface UserTurn {
  /** The id of the turn's first segment. */
  readonly rowId: string;
  readonly startedAtMs: number;
  readonly lastHeardMs: number;
  readonly segments: ReadonlyMap<string, { readonly text: string; readonly final: boolean }>;
}

export interface HeardSegment {
  readonly segmentId: string;
  readonly text: string;
  readonly final: boolean;
  readonly atMs: number;
}

/** A longer silence than this begins a new utterance, even if nobody answered. */
const longestPauseMs = 8000;

/** Takes a new version of a segment into the turn it belongs to, or begins a new turn with it. */
export function addToTurn(
  turn: UserTurn | undefined,
  heard: HeardSegment,
  otherwise: { startedAtMs: number; mayGrow: boolean },
): UserTurn {
  const { segmentId, text, final, atMs } = heard;
  const known = turn?.segments.has(segmentId) ?? false;
  const continues =
    otherwise.mayGrow && turn !== undefined && atMs - turn.lastHeardMs <= longestPauseMs;
  const base: UserTurn =
    turn !== undefined && (known || continues)
      ? turn
      : {
          rowId: segmentId,
          startedAtMs: otherwise.startedAtMs,
          lastHeardMs: atMs,
          segments: new Map(),
        };
  return {
    ...base,
    lastHeardMs: Math.max(base.lastHeardMs, atMs),
    segments: new Map(base.segments).set(segmentId, { text: text.trim(), final }),
  };
}

export function textOfTurn(turn: UserTurn): string {
  return [...turn.segments.values()]
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');
}

export function turnIsFinal(turn: UserTurn): boolean {
  return [...turn.segments.values()].every(({ final }) => final);
}
