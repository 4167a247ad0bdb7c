import { randomUUID } from 'node:crypto';
import type { Hearing, HearingEvent, Mind, OfferedTool } from '../mind/mind.ts';
import { readClientMessage, readSound, type ClientMessage } from './client-message.ts';
import type { Faults } from './faults.ts';
import { hasWords, Memory, type Call } from './memory.ts';
import { Refusal } from './refusal.ts';
import { Reply, sound } from './reply.ts';
import { readSetup, type ApiVersion, type Setup } from './setup.ts';
import { usageOf } from './usage.ts';

export interface SessionOptions {
  readonly mind: Mind;
  readonly version: ApiVersion;
  readonly faults: Faults;
  /** By the handles that were given out. */
  readonly kept: Map<string, Memory>;
  readonly send: (message: object) => void;
  readonly onMessage: (message: ClientMessage) => void;
  readonly close: (code: number, reason: string) => void;
}

/** The model looks at what else has come before it begins to answer. */
const considerationMs = 40;
const defaultSilenceMs = { END_SENSITIVITY_HIGH: 500, END_SENSITIVITY_LOW: 1000 };

/** One connection's conversation with the model. */
export class Session {
  readonly #options: SessionOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #pending = new Map<string, Call>();
  #setup: Setup | undefined;
  #ready = false;
  #memory = new Memory();
  #ears: Hearing | undefined;
  #reply: Reply | undefined;
  #answer: NodeJS.Timeout | undefined;
  #active = false;
  #heardMs = 0;
  /** Takes the transcript of a turn by hand. */
  #writtenDown: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  get instructions(): string {
    return (this.#setup?.systemInstruction?.parts ?? []).map(({ text }) => text).join('\n');
  }

  get setup(): Setup | undefined {
    return this.#setup;
  }

  believes() {
    return this.#memory.believes();
  }

  receive(text: string): void {
    try {
      const message = readClientMessage(text);
      this.#options.onMessage(message);
      this.#handle(message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#options.close(error.code, error.reason);
    }
  }

  close(): void {
    this.#closed = true;
    this.#reply?.cut();
    this.#ears?.close();
    clearTimeout(this.#answer);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #handle(message: ClientMessage): void {
    if (message.kind === 'setup') {
      if (this.#setup)
        throw new Refusal(1007, 'setup must be the first and only the first message.');
      this.#begin(readSetup(message.setup, this.#options.version));
      return;
    }
    if (!this.#ready) throw new Refusal(1007, 'setup must be the first message and be completed.');
    switch (message.kind) {
      case 'realtimeInput':
        this.#hear(message.input);
        break;
      case 'clientContent':
        this.#inOrder(() => this.#read(message.content));
        break;
      case 'toolResponse':
        for (const response of message.response.functionResponses) this.#take(response);
        break;
    }
  }

  #begin(setup: Setup): void {
    const { mind, faults, kept, send } = this.#options;
    const { handle } = setup.sessionResumption ?? {};
    if (handle !== undefined) {
      const memory = kept.get(handle);
      if (!memory) throw new Refusal(1008, 'The session handle is not valid any more.');
      this.#memory = memory.copy();
    }
    this.#setup = setup;
    const detection = setup.realtimeInputConfig?.automaticActivityDetection;
    const sensitivity = detection?.endOfSpeechSensitivity ?? 'END_SENSITIVITY_HIGH';
    this.#ears = mind.listen({
      turns: this.#manual
        ? { kind: 'manual' }
        : {
            kind: 'found',
            silenceMs: Math.max(50, detection?.silenceDurationMs ?? defaultSilenceMs[sensitivity]),
          },
      onEvent: (event) => this.#heard(event),
    });
    this.#later(faults.take('slow-start')?.delayMs ?? 0, () => {
      this.#ready = true;
      send({ setupComplete: {} });
      this.#giveHandle();
    });
    const limit = faults.limit();
    if (!limit) return;
    this.#later(limit.afterMs - limit.noticeMs, () =>
      send({ goAway: { timeLeft: `${limit.noticeMs / 1000}s` } }),
    );
    this.#later(limit.afterMs, () => this.#options.close(1008, 'The operation was aborted.'));
  }

  #hear(input: Extract<ClientMessage, { kind: 'realtimeInput' }>['input']): void {
    const byHand = input.activityStart ?? input.activityEnd;
    if (byHand && !this.#manual) {
      throw new Refusal(
        1007,
        'Explicit activity control is not supported when automatic activity detection is enabled.',
      );
    }
    if (input.audioStreamEnd && this.#manual) {
      throw new Refusal(1007, 'audioStreamEnd needs automatic activity detection.');
    }
    if (input.activityStart) {
      if (this.#active) throw new Refusal(1007, 'The activity has already been started.');
      this.#active = true;
      if (this.#interrupts) this.#interrupt();
    }
    if (input.audio) {
      const pcm = readSound(input.audio);
      this.#heardMs += pcm.length / 16;
      if (!this.#manual || this.#active) this.#ears?.hear(pcm);
    }
    if (input.audioStreamEnd) this.#ears?.commit();
    if (input.activityEnd) {
      if (!this.#active) throw new Refusal(1007, 'No activity has been started.');
      this.#active = false;
      this.#inOrder(
        () =>
          new Promise((resolve) => {
            this.#writtenDown = resolve;
            this.#ears?.commit();
          }),
      );
    }
    const { text } = input;
    if (text !== undefined) {
      this.#inOrder(() => {
        this.#interrupt();
        this.#memory.add({ role: 'user', text });
        this.#consider();
      });
    }
  }

  #heard(event: HearingEvent): void {
    if (event.type === 'speech_started' && this.#interrupts) this.#interrupt();
    if (event.type !== 'final') return;
    this.#writtenDown?.();
    this.#writtenDown = undefined;
    if (!hasWords(event.text)) return;
    if (this.#setup?.inputAudioTranscription) {
      for (const text of event.text.split(/\s+/)) {
        this.#content({ inputTranscription: { text: ` ${text}` } });
      }
    }
    this.#memory.add({ role: 'user', text: event.text });
    this.#consider();
  }

  #read({
    turns = [],
    turnComplete = false,
  }: Extract<ClientMessage, { kind: 'clientContent' }>['content']): void {
    const strict = !this.#setup?.model.includes('2.5');
    this.#interrupt();
    for (const { role, parts } of turns) {
      if (strict && role === undefined)
        throw new Refusal(1007, 'Please use a valid role: user, model.');
      const text = parts.map((part) => part.text).join('');
      this.#memory.add({ role: role === 'model' ? 'assistant' : 'user', text });
    }
    const told = turns.findLast(({ role }) => role === 'model')?.parts[0]?.text;
    if (turnComplete) this.#consider(told);
  }

  #take({ id, response }: { id: string; response: Record<string, unknown> }): void {
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
  readonly #told: { output: string }[] = [];

  /** Answers what is open, unless something else comes first. */
  #consider(instructions?: string): void {
    clearTimeout(this.#answer);
    this.#answer = this.#later(considerationMs, () => {
      const { faults, mind, close } = this.#options;
      if (faults.take('silence')) return;
      if (faults.take('throttled')) {
        close(1011, 'You exceeded your current quota, please check your plan and billing details.');
        return;
      }
      const told = [this.instructions, instructions]
        .filter((text) => text !== undefined)
        .join('\n');
      const thought = mind.think({
        ...this.#memory.open(),
        tools: this.#tools(),
        instructions: told,
      });
      if (thought.kind === 'words') this.#speak(thought.text);
      else this.#call(thought.calls);
    });
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
    const { mind } = this.#options;
    const message = this.#memory.add({ role: 'assistant', text: '' });
    const reply = new Reply({ mind, text, message, send: (content) => this.#content(content) });
    this.#reply = reply;
    if (this.#setup?.sessionResumption) {
      this.#options.send({ sessionResumptionUpdate: { resumable: false } });
    }
    void reply.speak().then((whole) => {
      if (whole && !this.#closed) this.#endTurn();
    });
  }

  /** Whatever the client says cuts a reply; so does speech, unless that is switched off. */
  #interrupt(): void {
    clearTimeout(this.#answer);
    const cancelled = [...this.#pending.keys()];
    this.#pending.clear();
    this.#told.length = 0;
    if (cancelled.length > 0) this.#options.send({ toolCallCancellation: { ids: cancelled } });
    const reply = this.#reply;
    if (!reply) return;
    reply.cut();
    const late = this.#options.faults.take('late-audio');
    this.#content({ interrupted: true });
    for (const data of reply.late(late?.pieces ?? 0)) {
      this.#content({ modelTurn: { role: 'model', parts: [sound(data)] } });
    }
    this.#endTurn();
  }

  #endTurn(): void {
    const outputMs = this.#reply?.sentMs ?? 0;
    this.#reply = undefined;
    this.#options.send({
      serverContent: { turnComplete: true },
      usageMetadata: usageOf(this.#memory.believes(), this.#heardMs, outputMs),
    });
    this.#giveHandle();
  }

  #giveHandle(): void {
    if (!this.#setup?.sessionResumption) return;
    const newHandle = randomUUID();
    this.#options.kept.set(newHandle, this.#memory.copy());
    this.#options.send({ sessionResumptionUpdate: { newHandle, resumable: true } });
  }

  #tools(): OfferedTool[] {
    return (this.#setup?.tools ?? [])
      .flatMap(({ functionDeclarations = [] }) => functionDeclarations)
      .map(({ name, description, parameters, parametersJsonSchema }) => {
        const schema = parametersJsonSchema ?? parameters;
        return { name, ...(description && { description }), ...(schema && { parameters: schema }) };
      });
  }

  get #manual(): boolean {
    return this.#setup?.realtimeInputConfig?.automaticActivityDetection?.disabled ?? false;
  }

  get #interrupts(): boolean {
    return this.#setup?.realtimeInputConfig?.activityHandling !== 'NO_INTERRUPTION';
  }

  #content(content: object): void {
    if ('outputTranscription' in content && !this.#setup?.outputAudioTranscription) return;
    if (!this.#closed) this.#options.send({ serverContent: content });
  }

  /** What a client sends in a row is taken in that row, also where writing down a turn takes a while. */
  #inOrder(step: () => void | Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      this.#options.close(error.code, error.reason);
    });
  }

  #later(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) act();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }
}
