/** A stretch of a conversation that was recorded without a break: one stream of WebM with Opus, in pieces. */
export interface SoundStretch {
  /** In ms since the epoch; names the stretch within its conversation. */
  readonly startedAtMs: number;
  /** When its last piece came. */
  readonly endedAtMs: number;
  readonly pieces: number;
}

/** What there is of a conversation's sound, kept beside it. */
export interface SoundRecord {
  readonly conversationId: string;
  readonly bytes: number;
  /** From the older to the newer. */
  readonly stretches: readonly SoundStretch[];
}

/** A few seconds of the stream. Pieces of one stretch make sense only together, from the first on. */
export interface SoundPiece {
  readonly conversationId: string;
  readonly startedAtMs: number;
  /** From 0 on. */
  readonly piece: number;
  readonly bytes: ArrayBuffer;
}

/** The sound of a conversation, whole. */
export interface KeptSound {
  readonly record: SoundRecord;
  readonly pieces: readonly SoundPiece[];
}

/** How long was recorded, in ms. */
export function recordedMs({ stretches }: SoundRecord): number {
  return stretches.reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, 0);
}

/** The record with one more piece, which came at `atMs`. */
export function withPiece(record: SoundRecord, piece: SoundPiece, atMs: number): SoundRecord {
  const { startedAtMs, bytes } = piece;
  const others = record.stretches.filter((stretch) => stretch.startedAtMs !== startedAtMs);
  const stretch: SoundStretch = {
    startedAtMs,
    endedAtMs: Math.max(startedAtMs, atMs),
    pieces: piece.piece + 1,
  };
  return {
    ...record,
    bytes: record.bytes + bytes.byteLength,
    stretches: [...others, stretch].sort((a, b) => a.startedAtMs - b.startedAtMs),
  };
}
