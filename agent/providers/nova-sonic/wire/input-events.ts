import { pieces } from './pieces.ts';

/** One event toward the service, as it stands in a chunk. */
export interface InputEvent {
  readonly event: Readonly<Record<string, object>>;
}

/** How long a pause ends a turn: 1.5 s, 1.75 s or 2 s. */
export type EndpointingSensitivity = 'HIGH' | 'MEDIUM' | 'LOW';

export interface Inference {
  readonly maxTokens: number;
  readonly topP: number;
  readonly temperature: number;
}

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON of the schema of the arguments: the service wants it as a string. */
  readonly schema: string;
}

export type ToolChoice =
  | { readonly auto: object }
  | { readonly any: object }
  | { readonly tool: { readonly name: string } };

export type TextRole = 'SYSTEM' | 'USER' | 'ASSISTANT';

export const inputRateHz = 16_000;
export const outputRateHz = 24_000;

const textInputConfiguration = { mediaType: 'text/plain' };

/**
 * The events of one prompt, in the order in which the service wants them.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-input-events.html
 */
export class PromptEvents {
  readonly #promptName: string;
  readonly #newName: () => string;
  readonly #audioName: string;

  constructor(newName: () => string) {
    this.#newName = newName;
    this.#promptName = newName();
    this.#audioName = newName();
  }

  sessionStart(inference: Inference, sensitivity: EndpointingSensitivity): InputEvent {
    return event('sessionStart', {
      inferenceConfiguration: { ...inference },
      turnDetectionConfiguration: { endpointingSensitivity: sensitivity },
    });
  }

  promptStart(voice: string, tools: readonly ToolSpec[], toolChoice?: ToolChoice): InputEvent {
    const toolConfiguration = {
      tools: tools.map(({ name, description, schema }) => ({
        toolSpec: { name, description, inputSchema: { json: schema } },
      })),
      ...(toolChoice && { toolChoice }),
    };
    return event('promptStart', {
      promptName: this.#promptName,
      textOutputConfiguration: { mediaType: 'text/plain' },
      audioOutputConfiguration: {
        mediaType: 'audio/lpcm',
        sampleRateHertz: outputRateHz,
        sampleSizeBits: 16,
        channelCount: 1,
        voiceId: voice,
        encoding: 'base64',
        audioType: 'SPEECH',
      },
      toolUseOutputConfiguration: { mediaType: 'application/json' },
      ...(tools.length > 0 && { toolConfiguration }),
    });
  }

  /** A block of text. `interactive`: the model answers it; otherwise it is what was said before. */
  text(role: TextRole, content: string, interactive: boolean): InputEvent[] {
    const block = this.#block();
    return [
      event('contentStart', { ...block, type: 'TEXT', interactive, role, textInputConfiguration }),
      ...pieces(content).map((piece) => event('textInput', { ...block, content: piece })),
      event('contentEnd', block),
    ];
  }

  audioStart(): InputEvent {
    return event('contentStart', {
      ...this.#audioBlock,
      type: 'AUDIO',
      interactive: true,
      role: 'USER',
      audioInputConfiguration: {
        mediaType: 'audio/lpcm',
        sampleRateHertz: inputRateHz,
        sampleSizeBits: 16,
        channelCount: 1,
        audioType: 'SPEECH',
        encoding: 'base64',
      },
    });
  }

  /** Mono PCM at `inputRateHz`. */
  audio(pcm: Int16Array): InputEvent {
    const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    return event('audioInput', { ...this.#audioBlock, content: bytes.toString('base64') });
  }

  /** `result` is JSON of an object. */
  toolResult(toolUseId: string, result: string): InputEvent[] {
    const block = this.#block();
    return [
      event('contentStart', {
        ...block,
        type: 'TOOL',
        interactive: false,
        role: 'TOOL',
        toolResultInputConfiguration: { toolUseId, type: 'TEXT', textInputConfiguration },
      }),
      event('toolResult', { ...block, content: result }),
      event('contentEnd', block),
    ];
  }

  /** Ends audio, prompt and session. */
  end(): InputEvent[] {
    return [
      event('contentEnd', this.#audioBlock),
      event('promptEnd', { promptName: this.#promptName }),
      event('sessionEnd', {}),
    ];
  }

  get #audioBlock(): { promptName: string; contentName: string } {
    return { promptName: this.#promptName, contentName: this.#audioName };
  }

  #block(): { promptName: string; contentName: string } {
    return { promptName: this.#promptName, contentName: this.#newName() };
  }
}

function event(name: string, fields: object): InputEvent {
  return { event: { [name]: fields } };
}
