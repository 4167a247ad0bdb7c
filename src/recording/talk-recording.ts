import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationModel } from '../app/conversation-context.tsx';
import { writeSound } from '../history/sound-archive.ts';
import { chosenRetention } from '../history/retention.ts';
import type { SoundRecord } from './sound-record.ts';
import { canRecord, SoundRecorder, type RecordedPiece } from './sound-recorder.ts';
import { recordAlways, recordsAlways } from './wish.ts';

/** Text has to find room after the sound has none, so recording ends when less than this is left, in bytes. */
const spareBytes = 50_000_000;
/** The room that is left is looked at once in so many pieces. */
const piecesBetweenLooks = 15;
/** Before anything has been said there is no conversation to keep sound with; so many pieces wait for one. */
const mostWaiting = 60;

export type Obstacle =
  'full' | 'unsupported' | 'not_kept' | { readonly kind: 'failed'; readonly reason: string };

export type RecordingState =
  | { readonly kind: 'off' }
  /** `kept` is of the whole conversation; undefined until its first piece is. */
  | { readonly kind: 'on'; readonly kept: SoundRecord | undefined }
  /** Wanted, and not to be had; the talk goes on. */
  | { readonly kind: 'stopped'; readonly why: Obstacle };

export interface TalkRecordingState {
  readonly now: RecordingState;
  /** Whether the person wants this conversation recorded, and whether all that follow. */
  readonly here: boolean;
  readonly always: boolean;
}

/** One recording, and the conversation that it belongs to; undefined until something has been said. */
interface Session {
  readonly recorder: SoundRecorder;
  conversationId: string | undefined;
}

interface WaitingPiece {
  readonly piece: RecordedPiece;
  readonly session: Session;
}

/** Records the page's conversation where the person wants it, and keeps the sound with what was said. */
export class TalkRecording {
  readonly store: StoreApi<TalkRecordingState> = createStore((): TalkRecordingState => ({
    now: { kind: 'off' },
    here: recordsAlways(),
    always: recordsAlways(),
  }));
  readonly #conversation: ConversationModel;
  #session: Session | undefined;
  #keptAs: string | undefined;
  #waiting: WaitingPiece[] = [];
  #writing: Promise<void> = Promise.resolve();
  #untilLook = 0;

  constructor(conversation: ConversationModel) {
    this.#conversation = conversation;
    this.#keptAs = conversation.store.getState().keptAs;
    conversation.store.subscribe((state, before) => {
      if (state.keptAs !== before.keptAs) this.#keptAsChanged(state.keptAs);
      if (state.call !== before.call || state.microphone !== before.microphone) this.#follow();
    });
    this.#follow();
  }

  /** Records this conversation or does not, from now on. */
  chooseHere(here: boolean): void {
    this.store.setState({ here });
    this.#follow();
  }

  /** Holds for the conversations after this one, and is kept in the browser. */
  chooseAlways(always: boolean): void {
    recordAlways(always);
    this.store.setState({ always });
    if (!this.#isTalking && this.#keptAs === undefined) this.chooseHere(always);
  }

  get #isTalking(): boolean {
    const { call } = this.#conversation.store.getState();
    return call.kind === 'connected' || call.kind === 'reconnecting';
  }

  #follow(): void {
    const { here, now } = this.store.getState();
    const isWanted = here && this.#isTalking;
    if (isWanted && now.kind === 'off') this.#begin();
    if (!isWanted && now.kind !== 'off') this.#end({ kind: 'off' });
    // What is not sent is not recorded either.
    const { call } = this.#conversation.store.getState();
    const track = call.kind === 'connected' ? this.#sound.microphone.track : undefined;
    this.#session?.recorder.hear(track?.mediaStreamTrack);
  }

  get #sound() {
    return this.#conversation.lentSound;
  }

  #begin(): void {
    const isKept = this.#keptAs !== undefined || chosenRetention() !== 'none';
    if (!canRecord() || !isKept) {
      this.#end({ kind: 'stopped', why: isKept ? 'unsupported' : 'not_kept' });
      return;
    }
    const { playback } = this.#sound;
    try {
      const recorder = new SoundRecorder({
        context: playback.context,
        lend: (target) => playback.lend(target),
        onPiece: (piece) => this.#keep({ piece, session }),
        onFailed: (error) => this.#fail(error),
      });
      const session: Session = { recorder, conversationId: this.#keptAs };
      this.#session = session;
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#untilLook = 0;
    this.store.setState({ now: { kind: 'on', kept: undefined } });
  }

  #end(now: RecordingState): void {
    const session = this.#session;
    this.#session = undefined;
    this.store.setState({ now });
    void session?.recorder.stop();
  }

  #fail(error: unknown): void {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') {
      this.#end({ kind: 'stopped', why: 'full' });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    this.#end({ kind: 'stopped', why: { kind: 'failed', reason } });
  }

  /** A conversation that begins anew is another one, for which nobody has been asked. */
  #keptAsChanged(id: string | undefined): void {
    const isAnother = this.#keptAs !== undefined;
    this.#keptAs = id;
    if (isAnother) this.chooseHere(this.store.getState().always);
    if (this.#session) this.#session.conversationId ??= id;
    this.#write();
  }

  #keep(waiting: WaitingPiece): void {
    const { session } = waiting;
    // Nothing was said while this was recorded.
    if (session.conversationId === undefined && session !== this.#session) return;
    this.#waiting.push(waiting);
    if (session.conversationId === undefined && this.#waiting.length > mostWaiting) {
      // A stretch is of no use without its beginning, so it is begun anew.
      this.#waiting = [];
      this.#end({ kind: 'off' });
      this.#follow();
      return;
    }
    this.#write();
  }

  /** One piece after the other, once there is a conversation to keep them with. */
  #write(): void {
    this.#writing = this.#writing
      .then(() => this.#writeWaiting())
      .catch((error: unknown) => {
        this.#waiting = [];
        this.#fail(error);
      });
  }

  async #writeWaiting(): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      const conversationId = next?.session.conversationId;
      if (!next || conversationId === undefined) return;
      if (this.#untilLook === 0) {
        if (await isNearlyFull()) throw new DOMException('', 'QuotaExceededError');
        this.#untilLook = piecesBetweenLooks;
      }
      const { startedAtMs, piece, bytes, atMs } = next.piece;
      const kept = await writeSound({ conversationId, startedAtMs, piece, bytes }, atMs);
      // Its first words are not written yet; the next piece comes soon.
      if (!kept) return;
      this.#untilLook -= 1;
      this.#waiting.shift();
      const { now } = this.store.getState();
      if (now.kind === 'on') this.store.setState({ now: { ...now, kept } });
    }
  }
}

const recordings = new WeakMap<ConversationModel, TalkRecording>();

/** The recording of the page's one conversation; begins to follow it when it is first asked for. */
export function recordingOf(conversation: ConversationModel): TalkRecording {
  const known = recordings.get(conversation) ?? new TalkRecording(conversation);
  recordings.set(conversation, known);
  return known;
}

async function isNearlyFull(): Promise<boolean> {
  // Only where the page came safely: https, or this machine.
  if (!('storage' in navigator)) return false;
  const estimate = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  const { usage = 0, quota = Infinity } = estimate;
  return quota - usage < spareBytes;
}
