import { Generation } from './generation.ts';
import { tellsOfInterruption, type OutputEvent } from './wire/output-events.ts';

export interface TurnListener {
  /** The person speaks: the first sign of it, words or a barge-in. */
  userStarted(): void;
  /** The whole text so far. */
  userSaid(itemId: string, text: string): void;
  /** The turn is over. The text is empty where the service took for speech what was none. */
  userFinished(itemId: string, text: string): void;
  /** Whether somebody waits for this reply by `generateReply`. */
  replyIsAwaited(): boolean;
  generationOpened(generation: Generation): void;
  generationClosed(generation: Generation): void;
  toolCalled(toolUseId: string, name: string): void;
  /** A call in a reply that nobody wants any more: it has to be answered all the same. */
  toolRefused(toolUseId: string): void;
  /** A piece of a reply has all its sound, and more is to come. */
  pieceEnded(): void;
}

interface Block {
  readonly kind: string;
  readonly role: string;
  readonly stage: string | undefined;
}

interface UserTurn {
  readonly itemId: string;
  text: string;
}

/** A generation in which nothing happens any more is closed after this time, in ms; the framework does so after 10 s. */
const idleMs = 9000;
/** How long a barge-in may stay without words before it is taken for a noise, in ms. */
const wordlessMs = 4000;

/** Makes turns out of the events of one connection. */
export class TurnTracker {
  readonly #listener: TurnListener;
  readonly #blocks = new Map<string, Block>();
  /** Audio that belongs to the present generation; whatever else comes is late, and dropped. */
  readonly #audible = new Set<string>();
  /** What was typed since the last reply. */
  #typed = '';
  #generation: Generation | undefined;
  #last: Generation | undefined;
  #user: UserTurn | undefined;
  #discarding = false;
  #changedAtMs = Date.now();

  /** What began on a connection that is gone: a turn of the user, by its item, or a reply that this one goes on with. */
  constructor(
    listener: TurnListener,
    begun: { user?: string | undefined; reply?: Generation | undefined } = {},
  ) {
    this.#listener = listener;
    if (begun.user !== undefined) this.#user = { itemId: begun.user, text: '' };
    this.#generation = begun.reply;
  }

  /** Nobody speaks, and no reply is being made. */
  get idle(): boolean {
    return !this.#generation && !this.#user;
  }

  get replying(): boolean {
    return this.#generation !== undefined;
  }

  /** The item of the turn that the user is in. */
  get userItemId(): string | undefined {
    return this.#user?.itemId;
  }

  /** What was typed comes back as if it had been spoken; it is not to be taken for speech. */
  typed(text: string): void {
    this.#typed += ` ${normalised(text)}`;
  }

  handle(event: OutputEvent): void {
    this.#changedAtMs = Date.now();
    switch (event.type) {
      case 'contentStart': {
        this.#blockStarted(event);
        return;
      }
      case 'textOutput': {
        this.#textCame(event);
        return;
      }
      case 'audioOutput':
        if (this.#audible.has(event.contentId)) this.#generation?.play(event.content);
        return;
      case 'toolUse': {
        this.#toolCalled(event);
        return;
      }
      case 'contentEnd': {
        this.#blockEnded(event);
        return;
      }
      case 'completionEnd':
        this.#discarding = false;
        {
          this.#close();
          return;
        }
      case 'usage':
    }
  }

  /** Closes what hangs. Call it now and then. */
  tick(): void {
    const sinceMs = Date.now() - this.#changedAtMs;
    if (this.#generation && sinceMs > idleMs) this.#close();
    if (this.#user?.text === '' && sinceMs > wordlessMs) this.#finishUser();
  }

  /**
   * The reply is not wanted any more. The service cannot be told, so the rest of it is dropped until it ends or the
   * person speaks. Returns whether there was a reply in the making.
   */
  interrupt(): boolean {
    if (!this.#generation) return false;
    this.#close(true);
    this.#discarding = true;
    return true;
  }

  /** Nothing of the reply that will come is wanted. */
  discard(): void {
    this.interrupt();
    this.#discarding = true;
  }

  /** The connection is gone: the reply ends here. A turn of the user stays open for the next connection. */
  abandon(): void {
    this.#close(true);
  }

  /** Gives away the reply that is being spoken; the rest of it is not wanted from this connection. */
  release(): Generation | undefined {
    const generation = this.#generation;
    if (!generation || generation.firstAudioMs < 0) return undefined;
    this.#generation = undefined;
    this.#audible.clear();
    this.#discarding = true;
    return generation;
  }

  #blockStarted({ contentId, kind, role, stage }: OutputEvent & { type: 'contentStart' }): void {
    this.#blocks.set(contentId, { kind, role, stage });
    if (kind !== 'AUDIO' || this.#discarding) return;
    this.#opened();
    this.#audible.add(contentId);
  }

  #textCame({ contentId, content, role }: OutputEvent & { type: 'textOutput' }): void {
    const block = this.#blocks.get(contentId);
    if (tellsOfInterruption(content)) {
      this.#last?.interrupted();
      this.#bargedIn();
      return;
    }
    if ((block?.role ?? role) === 'USER') {
      this.#userSaid(content);
      return;
    }
    if (block?.stage !== 'SPECULATIVE') this.#last?.confirm(content);
    else if (!this.#discarding) this.#opened().plan(content);
  }

  #toolCalled({ toolUseId, toolName, content }: OutputEvent & { type: 'toolUse' }): void {
    if (this.#discarding) {
      this.#listener.toolRefused(toolUseId);
      return;
    }
    const generation = this.#opened();
    this.#listener.toolCalled(toolUseId, toolName);
    generation.call(toolUseId, toolName, content);
    // An open generation without sound would be cut by the framework; what follows the result is a new one.
    this.#close();
  }

  #blockEnded({ contentId, stopReason }: OutputEvent & { type: 'contentEnd' }): void {
    const block = this.#blocks.get(contentId);
    this.#blocks.delete(contentId);
    const ours = this.#audible.delete(contentId);
    if (block?.kind !== 'AUDIO') return;
    if (stopReason === 'INTERRUPTED' || stopReason === 'END_TURN') this.#discarding = false;
    // The end of a block that was dropped says nothing about the reply that is made now.
    if (stopReason === 'INTERRUPTED' && ours) this.#bargedIn();
    if (stopReason === 'END_TURN' && ours) this.#close();
    else if (ours && this.#generation) {
      this.#generation.pieceEnded();
      this.#listener.pieceEnded();
    }
  }

  #bargedIn(): void {
    this.#close(true);
    this.#startUser();
    this.#discarding = false;
  }

  #userSaid(content: string): void {
    if (this.#typed.includes(normalised(content))) return;
    this.#close(true);
    const user = this.#startUser();
    // Listeners may have interrupted; what comes from now on answers these words.
    this.#discarding = false;
    user.text = user.text ? `${user.text} ${content.trim()}` : content.trim();
    this.#listener.userSaid(user.itemId, user.text);
  }

  #startUser(): UserTurn {
    if (this.#user) return this.#user;
    const user = { itemId: `nova_user_${crypto.randomUUID()}`, text: '' };
    this.#user = user;
    this.#listener.userStarted();
    return user;
  }

  #finishUser(): void {
    const user = this.#user;
    if (!user) return;
    this.#user = undefined;
    this.#listener.userFinished(user.itemId, user.text);
  }

  #opened(): Generation {
    if (this.#generation) return this.#generation;
    this.#finishUser();
    this.#typed = '';
    const generation = new Generation(this.#listener.replyIsAwaited());
    this.#generation = generation;
    this.#last = generation;
    this.#listener.generationOpened(generation);
    return generation;
  }

  #close(cancelled = false): void {
    const generation = this.#generation;
    this.#audible.clear();
    if (!generation) return;
    this.#generation = undefined;
    generation.close(cancelled);
    this.#listener.generationClosed(generation);
  }
}

function normalised(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
