/** A piece of sound: one array for each channel, in [-1, 1]. */
export interface Block {
  readonly rateHz: number;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

export interface Decoding {
  readonly codec: string;
  /** Of the file; its blocks may have fewer. */
  readonly channels: number;
  /** As the file says; undefined where it does not. What is decoded may be a little longer or shorter. */
  readonly durationS: number | undefined;
  /** The sound from its beginning to its end, piece by piece; pauses between packets are filled with silence. */
  readonly blocks: AsyncIterable<Block>;
  release: () => void;
}
