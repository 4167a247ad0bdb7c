import type { Mind, OfferedTool, Remembered, ToolCall } from '../mind/mind.ts';
import type { Faults, Moment } from './faults.ts';
import type { Happening } from './log.ts';
import type { Output } from './output.ts';
import { Reply } from './reply.ts';
import type { Usage } from './usage.ts';

/** A part of the conversation as the service believes it to have been; of a reply, what was heard of it. */
export type Believed =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly interrupted: boolean }
  | Extract<Remembered, { role: 'tool' }>;

export interface TalkOptions {
  readonly mind: Mind;
  readonly output: Output;
  readonly usage: Usage;
  readonly faults: Faults;
  readonly aheadMs: number;
  readonly onHappening: (happening: Happening) => void;
  readonly onToolCalled: (toolUseId: string) => void;
  /** A reply could not be spoken. */
  readonly onFailure: (error: unknown) => void;
  /** Lets a planned fault strike. False where the stream has not survived it. */
  readonly survives: (moment: Moment) => boolean;
}

interface CalledTool {
  readonly call: ToolCall;
  output: string | undefined;
}

/** Half of what a reply that is worth cutting off has at least. */
const midReplyMs = 500;

/** The conversation: what is known of it, whose turn it is, and what is answered. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #past: (Extract<Believed, { role: 'user' }> | Reply | CalledTool | Told)[] = [];
  #instructions = '';
  #tools: readonly OfferedTool[] = [];
  #rateHz = 24_000;
  #reply: Reply | undefined;
  #personSpeaks = false;
  /** An answer that waits because the person is saying something, if only a cough. */
  #held: string | undefined;
  readonly #called = new Map<string, CalledTool>();
  /** The calls whose results are needed for the answer that is due. */
  #needed: readonly CalledTool[] = [];
  #over = false;

  constructor(options: TalkOptions) {
    this.#options = options;
  }

  offer(tools: readonly OfferedTool[], rateHz: number): void {
    this.#tools = tools;
    this.#rateHz = rateHz;
  }

  instruct(text: string): void {
    this.#instructions = text;
    this.#options.usage.text('input', text);
  }

  remind(role: 'user' | 'assistant', text: string): void {
    this.#past.push(role === 'user' ? { role, text } : new Told(text));
    this.#options.usage.text('input', text);
  }

  speechStarted(): void {
    this.#personSpeaks = true;
    this.#cut();
  }

  /** The person's turn is over; without words it was none. */
  heard(text: string): void {
    this.#personSpeaks = false;
    if (text !== '') {
      this.#takeTurn(text, 'spoken');
      return;
    }
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#answer(held);
  }

  typed(text: string): void {
    this.#cut();
    this.#options.usage.text('input', text);
    this.#takeTurn(text, 'typed');
  }

  toolResult(toolUseId: string, output: string): void {
    const called = this.#called.get(toolUseId);
    if (!called) return;
    called.output = output;
    this.#options.usage.text('input', output);
    if (!this.#needed.includes(called)) return;
    const results = this.#needed.flatMap((one) => (one.output === undefined ? [] : [one.output]));
    if (results.length < this.#needed.length) return;
    this.#needed = [];
    this.#answer(this.#options.mind.tell(results.map((result) => ({ output: result }))));
  }

  end(): void {
    this.#over = true;
    this.#reply?.abandon();
  }

  believes(): Believed[] {
    return this.#past.map((part) => {
      if (part instanceof Reply) {
        return { role: 'assistant', text: part.heard, interrupted: part.interrupted };
      }
      if (part instanceof Told) return { role: 'assistant', text: part.text, interrupted: false };
      if ('call' in part) return { role: 'tool', ...part.call, output: part.output };
      return part;
    });
  }

  #cut(): void {
    const lateMs = this.#reply ? this.#options.faults.take('late-audio')?.lengthMs : 0;
    this.#reply?.interrupt(lateMs ?? 0);
  }

  #takeTurn(text: string, how: 'spoken' | 'typed'): void {
    const { output, usage, mind, faults, survives } = this.#options;
    this.#needed = [];
    this.#held = undefined;
    output.begin();
    if (how === 'spoken') {
      for (const sentence of text.split(/(?<=[.?!])\s+/u)) {
        output.text('USER', 'FINAL', sentence, 'PARTIAL_TURN');
      }
    }
    output.usage(usage.report());
    const history = this.#remembered();
    this.#past.push({ role: 'user', text });
    if (!survives('turn') || faults.take('silence')) return;
    const thought = mind.think({
      text,
      history,
      tools: this.#tools,
      instructions: this.#instructions,
    });
    if (thought.kind === 'words') this.#answer(thought.text);
    else this.#call(thought.calls);
  }

  #call(calls: readonly ToolCall[]): void {
    const { output, faults, onToolCalled, survives } = this.#options;
    this.#needed = calls.map((call) => {
      const json = JSON.stringify(call.arguments);
      const content = faults.take('double-encoded') ? JSON.stringify(json) : json;
      const toolUseId = output.toolUse(call.name, content);
      const called: CalledTool = { call, output: undefined };
      this.#called.set(toolUseId, called);
      this.#past.push(called);
      onToolCalled(toolUseId);
      return called;
    });
    survives('tool');
  }

  #answer(text: string): void {
    if (this.#over) return;
    if (this.#personSpeaks) {
      this.#held = text;
      return;
    }
    this.#speak(text).catch(this.#options.onFailure);
  }

  async #speak(text: string): Promise<void> {
    const { mind, output, usage, aheadMs, onHappening, survives } = this.#options;
    let sounded = false;
    let struck = false;
    const reply = new Reply(text, {
      mind,
      output,
      usage,
      rateHz: this.#rateHz,
      aheadMs,
      onSent: (sentMs) => {
        if (!sounded) onHappening({ kind: 'sounded' });
        sounded = true;
        if (struck || sentMs < midReplyMs) return;
        struck = true;
        survives('reply');
      },
    });
    this.#reply = reply;
    this.#past.push(reply);
    await reply.run();
    if (this.#reply === reply) this.#reply = undefined;
    onHappening({ kind: 'replied', said: text, heard: reply.heard });
  }

  #remembered(): Remembered[] {
    return this.believes().filter((part) => part.role === 'tool' || part.text !== '');
  }
}

/** What the client says that the assistant said earlier. */
class Told {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
