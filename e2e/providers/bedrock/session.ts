import { RateConverter } from '../mind/rate.ts';
import type { Hearing, HearingEvent, Mind } from '../mind/mind.ts';
import { soundPasses } from '../wire-sound.ts';
import type { Blow, Faults, Moment } from './faults.ts';
import { encodeChunk, encodeException, FrameReader, FramingError } from './framing.ts';
import { readInputEvent, type InputEvent } from './input-events.ts';
import { InputOrder, type Meaning, type Sensitivity } from './input-order.ts';
import { epochMs, type Happening } from './log.ts';
import { Output } from './output.ts';
import { Refusal } from './refusal.ts';
import { Talk, type Believed } from './talk.ts';
import { Usage } from './usage.ts';

/** The transport under one stream. After `end`, `reset` or `drop` the others do nothing. */
export interface Link {
  send(bytes: Uint8Array): void;
  end(): void;
  reset(code: 'NO_ERROR' | 'INTERNAL_ERROR'): void;
  drop(): void;
}

export interface SessionOptions {
  readonly link: Link;
  readonly mind: Mind;
  readonly faults: Faults;
  readonly limitMs: number;
  readonly idleMs: number;
  readonly aheadMs: number;
  readonly onHappening: (happening: Happening) => void;
}

/** https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-turn-taking.html */
const silenceMs: Readonly<Record<Sensitivity, number>> = { HIGH: 1500, MEDIUM: 1750, LOW: 2000 };
const hearingRateHz = 16_000;
/** What arrived longer ago can be no turn's end any more. */
const keptArrivals = 1000;

/** One stream from its first byte to its last. */
export class Session {
  readonly #options: SessionOptions;
  readonly #frames = new FrameReader();
  readonly #order = new InputOrder();
  readonly #usage = new Usage();
  readonly #output: Output;
  readonly #talk: Talk;
  readonly #limit: NodeJS.Timeout;
  readonly #idle: NodeJS.Timeout;
  #silenceMs = silenceMs.MEDIUM;
  #hearing: Hearing | undefined;
  #converter: RateConverter | undefined;
  /** When which part of the sound came, for the log. */
  #arrivals: { readonly untilMs: number; readonly atMs: number }[] = [];
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { link, mind, faults, aheadMs, onHappening } = options;
    this.#output = new Output((json) => {
      if (!this.#closed) link.send(encodeChunk(json));
    });
    this.#talk = new Talk({
      mind,
      output: this.#output,
      usage: this.#usage,
      faults,
      aheadMs,
      onHappening,
      onToolCalled: (toolUseId) => this.#order.expectResult(toolUseId),
      onFailure: (error) => this.#refuse(new Refusal(String(error), 'modelStreamErrorException')),
      survives: (moment) => this.#survives(moment),
    });
    this.#limit = setTimeout(() => this.#timeOut(), options.limitMs);
    this.#idle = setTimeout(() => this.#bored(), options.idleMs);
  }

  /** Bytes of the request body. */
  receive(bytes: Uint8Array): void {
    try {
      for (const frame of this.#frames.push(bytes)) {
        if (this.#closed) return;
        if (frame.kind === 'end') this.close('the client ended its stream');
        else this.#take(readInputEvent(frame.json));
      }
    } catch (error) {
      if (error instanceof Refusal) this.#refuse(error);
      else if (error instanceof FramingError) this.#refuse(new Refusal(error.message));
      else throw error;
    }
  }

  believes(): Believed[] {
    return this.#talk.believes();
  }

  /** Does to this stream what a fault says. */
  strike(blow: Blow): void {
    const { link } = this.#options;
    switch (blow.kind) {
      case 'exception':
        this.#refuse(new Refusal(blow.message ?? 'The service failed.', blow.exception));
        return;
      case 'malformed':
        link.send(malformed[blow.what]());
        return;
      case 'end':
        this.close('fault: end');
        return;
      case 'reset':
        this.#release('fault: reset');
        link.reset(blow.code);
        return;
      case 'drop':
        this.#release('fault: drop');
        link.drop();
        return;
    }
  }

  /** Ends the response. Nothing happens after it. */
  close(how: string): void {
    if (this.#closed) return;
    this.#release(how);
    this.#options.link.end();
  }

  #release(how: string): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#limit);
    clearTimeout(this.#idle);
    this.#talk.end();
    this.#stopHearing();
    this.#options.onHappening({ kind: 'closed', how });
  }

  #take(event: InputEvent): void {
    if (event.name !== 'audioInput') {
      this.#options.onHappening({ kind: 'event', name: event.name, body: event.body });
    }
    this.#follow(this.#order.accept(event));
  }

  #follow(meaning: Meaning): void {
    switch (meaning.kind) {
      case 'nothing':
        return;
      case 'configured':
        this.#silenceMs = silenceMs[meaning.sensitivity];
        return;
      case 'prompted':
        this.#output.promptName = meaning.promptName;
        this.#talk.offer(meaning.tools, meaning.outputRateHz);
        return;
      case 'instructed':
        this.#talk.instruct(meaning.text);
        return;
      case 'reminded':
        this.#talk.remind(meaning.role, meaning.text);
        return;
      case 'listen':
        this.#listen(meaning.rateHz);
        return;
      case 'audio':
        this.#hear(meaning.pcm);
        return;
      case 'typed':
        this.#idle.refresh();
        this.#talk.typed(meaning.text);
        return;
      case 'tool_result':
        this.#talk.toolResult(meaning.toolUseId, meaning.output);
        return;
      case 'ended':
        this.#output.end();
        this.close('sessionEnd');
        return;
    }
  }

  #listen(rateHz: number): void {
    this.#stopHearing();
    this.#arrivals = [];
    if (rateHz !== hearingRateHz) {
      this.#converter = new RateConverter({ fromHz: rateHz, toHz: hearingRateHz });
    }
    this.#hearing = this.#options.mind.listen({
      turns: { kind: 'found', silenceMs: this.#silenceMs },
      onEvent: (event) => this.#onHeard(event),
    });
  }

  #stopHearing(): void {
    this.#hearing?.close();
    this.#hearing = undefined;
    this.#converter?.close();
    this.#converter = undefined;
  }

  #hear(pcm: Int16Array): void {
    const hearing = this.#hearing;
    if (!hearing) return;
    soundPasses({ direction: 'received', pcm });
    this.#idle.refresh();
    if (this.#arrivals.length === 0) {
      this.#options.onHappening({
        kind: 'event',
        name: 'audioInput',
        body: { samples: pcm.length },
      });
      if (!this.#survives('audio')) return;
    }
    const heard = this.#converter?.push(pcm) ?? pcm;
    hearing.hear(heard);
    this.#usage.speech('input', (heard.length / hearingRateHz) * 1000);
    this.#arrivals.push({ untilMs: hearing.heardMs, atMs: epochMs() });
    if (this.#arrivals.length > 2 * keptArrivals)
      this.#arrivals = this.#arrivals.slice(-keptArrivals);
  }

  #onHeard(event: HearingEvent): void {
    const { onHappening } = this.#options;
    if (event.type === 'speech_started') {
      onHappening({ kind: 'speech_started' });
      this.#talk.speechStarted();
    }
    if (event.type !== 'final') return;
    const arrival = this.#arrivals.find(({ untilMs }) => untilMs >= event.endMs);
    onHappening({ kind: 'heard', text: event.text, endedAtMs: arrival?.atMs ?? epochMs() });
    this.#talk.heard(event.text);
  }

  #survives(moment: Moment): boolean {
    const blow = this.#options.faults.takeBlow(moment);
    if (blow) {
      this.#options.onHappening({ kind: 'fault', fault: blow });
      this.strike(blow);
    }
    return !this.#closed;
  }

  #refuse({ type, message }: Refusal): void {
    if (this.#closed) return;
    this.#options.onHappening({ kind: 'refused', reason: `${type}: ${message}` });
    this.#options.link.send(encodeException(type, message));
    this.close(type);
  }

  #timeOut(): void {
    const message = 'Model has timed out in processing the request. Try your request again.';
    this.#refuse(new Refusal(message, 'modelTimeoutException'));
  }

  #bored(): void {
    const seconds = this.#options.idleMs / 1000;
    this.#refuse(
      new Refusal(
        'Timed out waiting for audio bytes or interactive content. ' +
          `Please ensure that the gap between them is less than ${seconds} seconds.`,
      ),
    );
  }
}

const malformed = {
  json: () => encodeChunk('{"event":{"textOutput":'),
  event: () => encodeChunk('{"event":{"weatherReport":{"outlook":"fair"}}}'),
  // A frame of 16 bytes whose checksums do not fit.
  frame: () => Uint8Array.from([0, 0, 0, 16, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
} as const;
