import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { Connection, type ConnectionListener, type Opening } from './connection.ts';
import { credentialExpiry } from './credentials.ts';
import { classify, lost, type NovaSonicError } from './errors.ts';
import type { NovaSonicLimits } from './options.ts';
import { RecentSpeech } from './recent-speech.ts';
import { retryDelayMs } from './retry.ts';
import type { OutputEvent } from './wire/output-events.ts';

/** `lost`: after a loss, with what was said meanwhile; `renewed`: in place of one that still worked. */
export type OpenedAs = 'first' | 'lost' | 'renewed';

export interface LifelineListener {
  /** What the next connection is told first. */
  opening(): Opening;
  /** From now on what is sent goes to a new connection. */
  opened(as: OpenedAs): void;
  /** The new connection works. */
  accepted(as: OpenedAs): void;
  event(event: OutputEvent): void;
  malformed(reason: string): void;
  /** The connection is gone and another is tried; undefined: no other can be. */
  failed(error: NovaSonicError, failures: number, retryInMs: number | undefined): void;
  /** Usage of a connection, told with the connection's number because totals start anew with each. */
  usage(event: OutputEvent & { readonly type: 'usage' }, connection: number): void;
}

interface Line {
  readonly connection: Connection;
  readonly as: OpenedAs;
  accepted: boolean;
  readonly openedAtMs: number;
  /** When it is to be renewed at a quiet moment, and when in any case. */
  dueAtMs: number;
  forceAtMs: number;
  /** The service is about to end it. */
  readonly endAtMs: number;
}

/** What is heard at the moment, for the choice of a moment to renew. */
export interface Rest {
  /** No reply, no turn and no tool is under way since so long, in ms; 0 while one is. */
  readonly restingMs: number;
  /** Nothing loud came from the microphone since so long, in ms. */
  readonly quietMs: number;
  /** A reply is being made, which would be cut. */
  readonly replying: boolean;
}

const silence = new Int16Array(512);
/** Where it is never quiet, this much rest must do, in ms. */
const restWithoutQuietMs = 8000;
/** A connection that lasted so long has worked, in ms: the count of failures begins anew. */
const provenMs = 10_000;

/** Keeps one connection alive under the conversation: opens, renews and replaces it, and loses nothing that is said. */
export class Lifeline {
  readonly #client: BedrockRuntimeClient;
  readonly #modelId: string;
  readonly #limits: NovaSonicLimits;
  readonly #listener: LifelineListener;
  readonly #speech: RecentSpeech;
  #line: Line | undefined;
  /** Opened to take over, and not accepted yet. */
  #next: Line | undefined;
  /** What the present connection has missed since the next one was opened. */
  #missed: Int16Array[] = [];
  #connections = 0;
  #failures = 0;
  #wanted = false;
  #opening = false;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    client: BedrockRuntimeClient,
    modelId: string,
    limits: NovaSonicLimits,
    listener: LifelineListener,
  ) {
    this.#client = client;
    this.#modelId = modelId;
    this.#limits = limits;
    this.#listener = listener;
    this.#speech = new RecentSpeech(limits.speechKeptMs);
  }

  /** Where words and results go; undefined while there is no connection. */
  get connection(): Connection | undefined {
    return (this.#next ?? this.#line)?.connection;
  }

  start(): void {
    void this.#open('first');
  }

  /** Another connection is to take over at the next quiet moment. */
  wantRenewal(): void {
    this.#wanted = this.#line !== undefined;
  }

  /** Renews at once if that was wanted. Resolves when words can be sent to the connection that is up to date. */
  async renewIfWanted(): Promise<void> {
    if (this.#wanted && this.#line && !this.#next) await this.#open('renewed');
  }

  /** A reply is between two of its pieces. Returns whether the next connection is to go on with it. */
  replyPauses(): boolean {
    const line = this.#line;
    if (!line || this.#next || this.#opening || performance.now() < line.forceAtMs) return false;
    void this.#open('renewed');
    return true;
  }

  /** Mono PCM at 16 kHz. `quiet`: nobody has spoken for a while. */
  audio(pcm: Int16Array, quiet: boolean): void {
    this.#speech.add(pcm, quiet);
    if (!this.#next) return this.#line?.connection.sendAudio(pcm);
    this.#next.connection.sendAudio(pcm);
    this.#missed.push(pcm);
    this.#line?.connection.sendAudio(silence);
  }

  /** What was said has been understood and is being answered: it need not be said again. */
  answered(): void {
    this.#failures = 0;
    this.#speech.clear();
  }

  /** What was said is not to be said again to another connection. */
  forget(): void {
    this.#speech.clear();
  }

  /** Call it every 100 ms or so. */
  tick({ restingMs, quietMs, replying }: Rest): void {
    const line = this.#line;
    if (!line) return;
    if (line.connection.stalledMs > this.#limits.stallMs) {
      line.connection.abort(lost('nothing could be sent any more.'));
      return;
    }
    const now = performance.now();
    if (this.#next) {
      const { connection, openedAtMs } = this.#next;
      if (now - openedAtMs < this.#limits.takeOverMs) return;
      // Accepted or not: one that takes what it is sent is alive.
      if (connection.stalledMs < this.#limits.takeOverMs / 2) this.#takeOver();
      else connection.abort(lost('the new connection takes nothing.'));
      return;
    }
    const forced = now >= (replying ? line.endAtMs : line.forceAtMs);
    if (!this.#wanted && !forced && now < line.dueAtMs) return;
    const rested =
      restingMs > 0 && (quietMs >= this.#limits.quietMs || restingMs > restWithoutQuietMs);
    if (forced || (rested && restingMs >= this.#limits.quietMs)) void this.#open('renewed');
  }

  /** Ends the session in order, and waits for that for a moment. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const lines = [this.#line, this.#next].flatMap((line) => (line ? [line.connection] : []));
    for (const connection of lines) connection.close();
    await Promise.all(lines.map((connection) => connection.done));
  }

  async #open(as: OpenedAs): Promise<void> {
    if (this.#opening || this.#closed) return;
    this.#opening = true;
    try {
      const expiry = await credentialExpiry(this.#client);
      if (this.#isClosed()) return;
      this.#install(as, expiry);
    } catch (error) {
      if (as === 'renewed') this.#renewalFailed(classify(error));
      else this.#lost(classify(error));
    } finally {
      this.#opening = false;
    }
  }

  #install(as: OpenedAs, expiry: Date | undefined): void {
    const number = (this.#connections += 1);
    const now = performance.now();
    const line: Line = {
      connection: new Connection(
        this.#client,
        this.#modelId,
        this.#listener.opening(),
        this.#listening(() => line, number),
      ),
      as,
      accepted: false,
      openedAtMs: now,
      dueAtMs: now + this.#lifetimeMs(expiry),
      forceAtMs: now + this.#limits.forceAfterMs,
      endAtMs: now + this.#limits.cutAfterMs,
    };
    this.#wanted = false;
    for (const pcm of this.#speech.chunks) line.connection.sendAudio(pcm);
    if (this.#line) {
      this.#next = line;
      this.#missed = [];
    } else this.#line = line;
    this.#listener.opened(as);
  }

  #lifetimeMs(expiry: Date | undefined): number {
    const { renewAfterMs, credentialLeadMs } = this.#limits;
    if (!expiry) return renewAfterMs;
    const validMs = expiry.getTime() - Date.now();
    return Math.min(renewAfterMs, Math.max(validMs - credentialLeadMs, validMs / 2));
  }

  #listening(line: () => Line, number: number): ConnectionListener {
    const present = () => (this.#next ?? this.#line) === line();
    return {
      accepted: () => {
        line().accepted = true;
        if (this.#next === line()) this.#takeOver();
        else if (present()) this.#listener.accepted(line().as);
      },
      event: (event) => {
        if (event.type === 'usage') this.#listener.usage(event, number);
        else if (present()) this.#listener.event(event);
      },
      malformed: (reason) => this.#listener.malformed(reason),
      failed: (error) => this.#failed(line(), error),
    };
  }

  #takeOver(): void {
    const next = this.#next;
    if (!next) return;
    this.#line?.connection.close();
    this.#line = next;
    this.#next = undefined;
    this.#missed = [];
    this.#listener.accepted(next.as);
  }

  #failed(line: Line, error: NovaSonicError): void {
    if (line === this.#next) {
      this.#next = undefined;
      this.#renewalFailed(error);
    } else if (line === this.#line) {
      this.#line = undefined;
      if (line.accepted && performance.now() - line.openedAtMs > provenMs) this.#failures = 0;
      if (this.#next) this.#takeOver();
      else this.#lost(error);
    }
  }

  /** The present connection goes on, and hears what it has missed; later there is another try. */
  #renewalFailed(error: NovaSonicError): void {
    for (const pcm of this.#missed) this.#line?.connection.sendAudio(pcm);
    this.#missed = [];
    const line = this.#line;
    if (!line) {
      this.#lost(error);
      return;
    }
    line.dueAtMs = performance.now() + this.#limits.slowDelayMs;
    line.forceAtMs = Math.max(line.forceAtMs, line.dueAtMs);
    this.#listener.opened('renewed');
  }

  #lost(error: NovaSonicError): void {
    if (this.#closed) return;
    this.#failures += 1;
    const delayMs = retryDelayMs(this.#failures, error, this.#limits);
    this.#listener.failed(error, this.#failures, delayMs);
    if (delayMs === undefined) return;
    this.#retry = setTimeout(() => void this.#open('lost'), delayMs);
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
