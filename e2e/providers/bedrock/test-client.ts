import {
  BedrockRuntimeClient,
  InvokeModelWithBidirectionalStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { EventQueue } from '../../../agent/engine/wire/event-queue.ts';
import { joined } from '../../../agent/engine/wire/pcm.ts';

/** One event of the service, with the fields that tests read. */
export interface Received {
  readonly name: string;
  readonly contentId?: string;
  readonly type?: string;
  readonly role?: string;
  readonly content?: string;
  readonly stopReason?: string;
  readonly toolName?: string;
  readonly toolUseId?: string;
  readonly additionalModelFields?: string;
  readonly totalTokens?: number;
}

export const voiceOutput = {
  mediaType: 'audio/lpcm',
  sampleRateHertz: 24_000,
  sampleSizeBits: 16,
  channelCount: 1,
  voiceId: 'tiffany',
  encoding: 'base64',
  audioType: 'SPEECH',
};
export const microphone = {
  mediaType: 'audio/lpcm',
  sampleRateHertz: 16_000,
  sampleSizeBits: 16,
  channelCount: 1,
  audioType: 'SPEECH',
  encoding: 'base64',
};
const plainText = { mediaType: 'text/plain' };
/** 32 ms at 16 kHz, as the vendor's samples send. */
const frameSamples = 512;

/** A client of Nova Sonic made of the AWS SDK alone: sends what it is told to and keeps what comes. */
export class RawClient {
  readonly received: Received[] = [];
  /** Rejects with the exception of the service; resolves when the response ends without one. */
  readonly finished: Promise<void>;
  readonly #client: BedrockRuntimeClient;
  readonly #outgoing = new EventQueue<string>();
  #waiting: (() => void)[] = [];
  #over = false;
  #count = 0;

  constructor(url: string, modelId = 'amazon.nova-2-sonic-v1:0') {
    this.#client = new BedrockRuntimeClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    });
    this.finished = this.#run(modelId).finally(() => {
      this.#over = true;
      this.#outgoing.end({ discard: true });
      this.#client.destroy();
      this.#wake();
    });
    // Whether it fails is for the test to say.
    this.finished.catch(() => undefined);
  }

  send(name: string, body: object): void {
    this.sendText(JSON.stringify({ event: { [name]: body } }));
  }

  sendText(json: string): void {
    this.#outgoing.push(json);
  }

  /** Ends the request without a word. */
  hangUp(): void {
    this.#outgoing.end();
  }

  start({
    tools = [],
    sensitivity = 'HIGH',
  }: { tools?: readonly string[]; sensitivity?: string } = {}): void {
    this.send('sessionStart', {
      inferenceConfiguration: { maxTokens: 1024, topP: 0.9, temperature: 0.7 },
      turnDetectionConfiguration: { endpointingSensitivity: sensitivity },
    });
    this.send('promptStart', {
      promptName: 'p',
      textOutputConfiguration: plainText,
      audioOutputConfiguration: voiceOutput,
      toolUseOutputConfiguration: { mediaType: 'application/json' },
      toolConfiguration: {
        tools: tools.map((name) => ({
          toolSpec: {
            name,
            description: name,
            inputSchema: { json: '{"type":"object","properties":{}}' },
          },
        })),
      },
    });
    this.text('SYSTEM', 'You are a voice assistant.');
  }

  text(role: string, content: string, { interactive = false } = {}): void {
    const names = { promptName: 'p', contentName: `c${this.#count++}` };
    this.send('contentStart', {
      ...names,
      type: 'TEXT',
      interactive,
      role,
      textInputConfiguration: plainText,
    });
    this.send('textInput', { ...names, content });
    this.send('contentEnd', names);
  }

  openMicrophone(rateHz = microphone.sampleRateHertz): void {
    this.send('contentStart', {
      promptName: 'p',
      contentName: 'mic',
      type: 'AUDIO',
      interactive: true,
      role: 'USER',
      audioInputConfiguration: { ...microphone, sampleRateHertz: rateHz },
    });
  }

  /** As fast as it goes: the service counts samples, not the clock. */
  say(...parts: readonly Int16Array[]): void {
    const pcm = joined([...parts]);
    for (let at = 0; at < pcm.length; at += frameSamples) {
      const frame = pcm.slice(at, at + frameSamples);
      this.send('audioInput', {
        promptName: 'p',
        contentName: 'mic',
        content: Buffer.from(frame.buffer).toString('base64'),
      });
    }
  }

  toolResult(toolUseId: string, content: string): void {
    const names = { promptName: 'p', contentName: `c${this.#count++}` };
    this.send('contentStart', {
      ...names,
      type: 'TOOL',
      interactive: false,
      role: 'TOOL',
      toolResultInputConfiguration: {
        toolUseId,
        type: 'TEXT',
        textInputConfiguration: plainText,
      },
    });
    this.send('toolResult', { ...names, content });
    this.send('contentEnd', names);
  }

  close(): void {
    this.send('contentEnd', { promptName: 'p', contentName: 'mic' });
    this.send('promptEnd', { promptName: 'p' });
    this.send('sessionEnd', {});
  }

  /** The first event that matches, also if it has come already. Throws once the stream is over without it. */
  async until(matches: (event: Received) => boolean): Promise<Received> {
    for (;;) {
      const found = this.received.find(matches);
      if (found) return found;
      if (this.#over) throw new Error('The stream is over.');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The contents of blocks of text, by who they are from and whether they are planned or final. */
  texts(role: string, stage: string): string[] {
    const starts = this.received.filter(
      ({ name, type, role: of, additionalModelFields }) =>
        name === 'contentStart' &&
        type === 'TEXT' &&
        of === role &&
        additionalModelFields?.includes(stage),
    );
    const ids = new Set(starts.map(({ contentId }) => contentId));
    return this.received.flatMap(({ name, contentId, content }) =>
      name === 'textOutput' && ids.has(contentId) && content !== undefined ? [content] : [],
    );
  }

  /** All sound so far, at 24 kHz. */
  sound(): Int16Array {
    return joined(
      this.received
        .filter(({ name }) => name === 'audioOutput')
        .map(
          ({ content = '' }) =>
            new Int16Array(Uint8Array.from(Buffer.from(content, 'base64')).buffer),
        ),
    );
  }

  async #run(modelId: string): Promise<void> {
    const { body } = await this.#client.send(
      new InvokeModelWithBidirectionalStreamCommand({ modelId, body: this.#chunks() }),
    );
    for await (const { chunk } of body ?? []) {
      this.#keep(Buffer.from(chunk?.bytes ?? []).toString('utf8'));
    }
  }

  async *#chunks() {
    for await (const json of this.#outgoing) yield { chunk: { bytes: Buffer.from(json, 'utf8') } };
  }

  #keep(json: string): void {
    this.received.push(read(json));
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function read(json: string): Received {
  try {
    const { event } = JSON.parse(json) as { event: Record<string, object> };
    const [[name, body] = ['', {}]] = Object.entries(event);
    return { ...body, name };
  } catch {
    return { name: 'unreadable', content: json };
  }
}
