import type { Room } from 'livekit-client';

export type ShareSource = 'screen' | 'camera';

/** `refused`: by the person or the browser, who cannot be told apart. */
export type ShareObstacle = 'refused' | 'missing' | 'busy' | 'unsent';

/** What the person shows to whatever answers. */
export type Sharing =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly source: ShareSource }
  | { readonly kind: 'live'; readonly source: ShareSource; readonly stream: MediaStream }
  | { readonly kind: 'failed'; readonly source: ShareSource; readonly why: ShareObstacle };

export interface SharingHost {
  changed(sharing: Sharing): void;
  /** The room of the call; undefined outside of one. */
  room(): Room | undefined;
  /** Whether the person is in a call, or on the way back into one. */
  inCall(): boolean;
  /** Writes into the margin of the transcript. */
  note(id: string, text: string, atMs: number): void;
}

/** What answers, as far as it matters here. */
export interface Onlooker {
  readonly name: string;
  readonly sees?: boolean | undefined;
}
