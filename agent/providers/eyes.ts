/** One look at what the person shares. Kept nowhere and logged nowhere. */
export interface Picture {
  readonly jpeg: Buffer;
  readonly source: 'screen' | 'camera';
}

/** How a provider that can see is shown things. */
export interface Eyes {
  /** The least time between two pictures while somebody speaks, in ms. */
  readonly speakingMs: number;
  /** And while nobody does; undefined where pictures are worth nothing then. */
  readonly restingMs: number | undefined;
  /** Shows what is to be seen now. Lost, and no harm done, where there is no connection or none that keeps up. */
  see(picture: Picture): void;
  /** Nothing is shared any more: takes back what can be taken back. */
  forget(): void;
}

/** What the line has not taken off our hands yet, in bytes, from which pictures would hold up the sound behind them. */
const mostWaitingBytes = 256 * 1024;

/** Whether this socket takes what it is given. */
export function hasRoom(socket: { readonly bufferedAmount: number } | undefined): boolean {
  return (socket?.bufferedAmount ?? 0) < mostWaitingBytes;
}
