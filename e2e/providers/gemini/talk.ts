import { randomUUID } from 'node:crypto';
import type { View } from '../mind/looking.ts';
import type { Mind, OfferedTool } from '../mind/mind.ts';
import type { ClientMessage } from './client-message.ts';
import type { Faults } from './faults.ts';
import type { Belief, Call, Memory } from './memory.ts';
import { Refusal } from './refusal.ts';
import { Reply, sound } from './reply.ts';
import type { Setup } from './setup.ts';
import { usageOf } from './usage.ts';

export interface TalkOptions {
  readonly mind: Mind;
  readonly faults: Faults;
  readonly setup: Setup;
  /** What was said before this connection, to go on with. */
  readonly memory: Memory;
  /** By the handles that were given out. */
  readonly kept: Map<string, Memory>;
  /** Sound that was heard in all, in ms. */
  readonly heardMs: () => number;
  readonly send: (message: object) => void;
  readonly close: (code: number, reason: string) => void;
}

type Content = Extract<ClientMessage, { kind: 'clientContent' }>['content'];
type ToolResponse = Extract<
  ClientMessage,
  { kind: 'toolResponse' }
>['response']['functionResponses'][number];

/** The model looks at what else has come before it begins to answer. */
const considerationMs = 40;

/** What is said in one session, by whom, and what is answered. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #memory: Memory;
  readonly #pending = new Map<string, Call>();
  readonly #told: { output: string }[] = [];
  #reply: Reply | undefined;
  #answer: NodeJS.Timeout | undefined;
  #over = false;
  #view: View | undefined;
  #pictures = 0;

  constructor(options: TalkOptions) {
    this.#options = options;
    this.#memory = options.memory;
  }

  believes(): readonly Belief[] {
    return this.#memory.believes();
  }

  end(): void {
    this.#over = true;
    this.#reply?.cut();
    clearTimeout(this.#answer);
  }

  /** The person has said this, aloud or in writing. */
  said(text: string): void {
    this.#memory.add({ role: 'user', text });
    this.#consider();
  }

  /** A frame of what the person shows. */
  shown(view: View): void {
    this.#view = view;
    this.#pictures += 1;
  }

  /** What was said elsewhere. Throws a `Refusal`. */
  read({ turns = [], turnComplete = false }: Content): void {
    const strict = !this.#options.setup.model.includes('2.5');
    this.interrupt();
    for (const { role, parts } of turns) {
      if (strict && role === undefined)
        throw new Refusal(1007, 'Please use a valid role: user, model.');
      const text = parts.map((part) => part.text).join('');
      this.#memory.add({ role: role === 'model' ? 'assistant' : 'user', text });
    }
    const told = turns.findLast(({ role }) => role === 'model')?.parts[0]?.text;
    if (turnComplete) this.#consider(told);
  }

  /** The result of a tool. Throws a `Refusal`. */
  take({ id, response }: ToolResponse): void {
    const call = this.#pending.get(id);
    if (!call)
      throw new Refusal(
        1007,
        `Request contains an invalid argument: no function call has the id ${id}.`,
      );
    this.#pending.delete(id);
    const { output = response } = response;
    call.output = typeof output === 'string' ? output : JSON.stringify(output);
    this.#told.push({ output: call.output });
    if (this.#pending.size > 0) return;
    this.#speak(this.#options.mind.tell(this.#told.splice(0)));
  }

  /** Whatever the client says cuts a reply; so does speech, unless that is switched off. */
  interrupt(): void {
    clearTimeout(this.#answer);
    const cancelled = [...this.#pending.keys()];
    this.#pending.clear();
    this.#told.length = 0;
    if (cancelled.length > 0) this.#options.send({ toolCallCancellation: { ids: cancelled } });
    const reply = this.#reply;
    if (!reply) return;
    reply.cut();
    const late = this.#options.faults.take('late-audio');
    this.content({ interrupted: true });
    for (const data of reply.late(late?.pieces ?? 0)) {
      this.content({ modelTurn: { role: 'model', parts: [sound(data)] } });
    }
    this.#endTurn();
  }

  /** Tells of a part of a turn, if the client wants to know. */
  content(content: object): void {
    if ('outputTranscription' in content && !this.#options.setup.outputAudioTranscription) return;
    if (!this.#over) this.#options.send({ serverContent: content });
  }

  /** With it another connection can go on from here. */
  giveHandle(): void {
    const { setup, kept, send } = this.#options;
    if (!setup.sessionResumption) return;
    const newHandle = randomUUID();
    kept.set(newHandle, this.#memory.copy());
    send({ sessionResumptionUpdate: { newHandle, resumable: true } });
  }

  /** Answers what is open, unless something else comes first. */
  #consider(instructions?: string): void {
    clearTimeout(this.#answer);
    if (this.#over) return;
    this.#answer = setTimeout(() => this.#think(instructions), considerationMs);
  }

  #think(instructions: string | undefined): void {
    const { faults, mind, close, setup } = this.#options;
    if (faults.take('silence')) return;
    if (faults.take('throttled')) {
      close(1011, 'You exceeded your current quota, please check your plan and billing details.');
      return;
    }
    const told = [instructionsOf(setup), instructions].filter((text) => text !== undefined);
    const thought = mind.think({
      ...this.#memory.open(),
      tools: toolsOf(setup),
      view: this.#view,
      instructions: told.join('\n'),
    });
    if (thought.kind === 'words') this.#speak(thought.text);
    else this.#call(thought.calls);
  }

  #call(calls: readonly { name: string; arguments: Readonly<Record<string, unknown>> }[]): void {
    const made = calls.map(({ name, arguments: args }) =>
      this.#memory.add({
        role: 'tool',
        id: `function-call-${randomUUID()}`,
        name,
        arguments: args,
        output: undefined,
      }),
    );
    for (const call of made) this.#pending.set(call.id, call);
    this.#options.send({
      toolCall: {
        functionCalls: made.map((call) => ({ id: call.id, name: call.name, args: call.arguments })),
      },
    });
  }

  #speak(text: string): void {
    const { mind, setup, send } = this.#options;
    const message = this.#memory.add({ role: 'assistant', text: '' });
    const reply = new Reply({ mind, text, message, send: (content) => this.content(content) });
    this.#reply = reply;
    if (setup.sessionResumption) send({ sessionResumptionUpdate: { resumable: false } });
    void reply.speak().then((whole) => {
      if (whole && !this.#over) this.#endTurn();
    });
  }

  #endTurn(): void {
    const outputMs = this.#reply?.sentMs ?? 0;
    this.#reply = undefined;
    this.#options.send({
      serverContent: { turnComplete: true },
      usageMetadata: usageOf(this.#memory.believes(), {
        heardMs: this.#options.heardMs(),
        pictures: this.#pictures,
        spokenMs: outputMs,
      }),
    });
    this.giveHandle();
  }
}

function instructionsOf({ systemInstruction }: Setup): string {
  return (systemInstruction?.parts ?? []).map(({ text }) => text).join('\n');
}

function toolsOf({ tools = [] }: Setup): OfferedTool[] {
  return tools
    .flatMap(({ functionDeclarations = [] }) => functionDeclarations)
    .map(({ name, description, parameters, parametersJsonSchema }) => {
      const schema = parametersJsonSchema ?? parameters;
      return { name, ...(description && { description }), ...(schema && { parameters: schema }) };
    });
}
