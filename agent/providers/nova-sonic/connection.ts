import {
  InvokeModelWithBidirectionalStreamCommand,
  type BedrockRuntimeClient,
} from '@aws-sdk/client-bedrock-runtime';
import { classify, lost, type NovaSonicError } from './errors.ts';
import type { Turn } from './history.ts';
import {
  PromptEvents,
  type EndpointingSensitivity,
  type Inference,
  type InputEvent,
  type ToolChoice,
  type ToolSpec,
} from './wire/input-events.ts';
import { InputQueue } from './wire/input-queue.ts';
import { parseOutput, type OutputEvent } from './wire/output-events.ts';

/** Everything that the service is told before the first sound. */
export interface Opening {
  readonly inference: Inference;
  readonly sensitivity: EndpointingSensitivity;
  readonly voice: string;
  readonly system: string;
  readonly tools: readonly ToolSpec[];
  readonly toolChoice: ToolChoice | undefined;
  readonly history: readonly Turn[];
}

export interface ConnectionListener {
  /** The service has accepted the request (HTTP 200). It may say nothing for as long as nobody speaks. */
  accepted(): void;
  event(event: OutputEvent): void;
  /** Something came that is not of the protocol; it is left out. */
  malformed(reason: string): void;
  /** The connection is over although nobody closed it. Called once at most. */
  failed(error: NovaSonicError): void;
}

interface Chunk {
  readonly chunk: { readonly bytes: Uint8Array };
}

/** How long a closed stream may take to say its last words (usage) before it is cut, in ms. */
const drainMs = 3000;

/** One bidirectional stream. All that is given to it is queued at once; nothing here waits for the network. */
export class Connection {
  readonly #client: BedrockRuntimeClient;
  readonly #modelId: string;
  readonly #prompt = new PromptEvents(() => crypto.randomUUID());
  readonly #queue = new InputQueue<Chunk>();
  readonly #cut = new AbortController();
  readonly #listener: ConnectionListener;
  /** Resolves when nothing comes any more. Never rejects. */
  readonly done: Promise<void>;
  #over = false;

  constructor(
    client: BedrockRuntimeClient,
    modelId: string,
    opening: Opening,
    listener: ConnectionListener,
  ) {
    this.#client = client;
    this.#modelId = modelId;
    this.#listener = listener;
    this.#open(opening);
    this.done = this.#run();
  }

  /** For how long the network has taken nothing of what there is to send, in ms. */
  get stalledMs(): number {
    return this.#queue.waitedMs;
  }

  /** Mono PCM at 16 kHz. */
  sendAudio(pcm: Int16Array): void {
    this.#send(this.#prompt.audio(pcm));
  }

  /** Words that the model answers. */
  sendText(text: string): void {
    this.#send(...this.#prompt.text('USER', text, true));
  }

  /** `result` is JSON of an object. */
  sendToolResult(toolUseId: string, result: string): void {
    this.#send(...this.#prompt.toolResult(toolUseId, result));
  }

  /** Ends the session in order. What the service still says is heard for a moment. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#send(...this.#prompt.end());
    this.#queue.end();
    setTimeout(() => this.#cut.abort(), drainMs).unref();
  }

  /** Cuts the stream. Nothing is heard of it any more, save by `failed` if `reason` is given. */
  abort(reason?: NovaSonicError): void {
    if (reason) this.#fail(reason);
    this.#over = true;
    this.#queue.end();
    this.#cut.abort();
  }

  #open({ inference, sensitivity, voice, system, tools, toolChoice, history }: Opening): void {
    const prompt = this.#prompt;
    this.#send(
      prompt.sessionStart(inference, sensitivity),
      prompt.promptStart(voice, tools, toolChoice),
      ...prompt.text('SYSTEM', system, false),
      ...history.flatMap(({ role, text }) => prompt.text(role, text, false)),
      prompt.audioStart(),
    );
  }

  #send(...events: readonly InputEvent[]): void {
    for (const event of events) {
      this.#queue.push({ chunk: { bytes: Buffer.from(JSON.stringify(event), 'utf8') } });
    }
  }

  async #run(): Promise<void> {
    const command = new InvokeModelWithBidirectionalStreamCommand({
      modelId: this.#modelId,
      body: this.#queue,
    });
    // send() resolves only with the first output; the status line is seen here, before it.
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { statusCode } = result.response as { statusCode?: number };
        if (statusCode === 200 && !this.#over) this.#listener.accepted();
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'acceptedByService' },
    );
    try {
      const { body } = await this.#client.send(command, { abortSignal: this.#cut.signal });
      for await (const { chunk } of body ?? []) if (chunk?.bytes) this.#hear(chunk.bytes);
      this.#fail(lost('its stream ended.'));
    } catch (error) {
      this.#fail(classify(error));
    } finally {
      // The SDK does not finish the input by itself after an error.
      this.#queue.end();
    }
  }

  #hear(bytes: Uint8Array): void {
    const parsed = parseOutput(bytes);
    if (!parsed.ok) this.#listener.malformed(parsed.reason);
    else if (parsed.event) this.#listener.event(parsed.event);
  }

  #fail(error: NovaSonicError): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.failed(error);
  }
}
