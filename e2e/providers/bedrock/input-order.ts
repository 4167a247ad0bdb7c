import { isRecord } from '../mind/json.ts';
import type { OfferedTool } from '../mind/mind.ts';
import type { ContentStart, InputEvent } from './input-events.ts';
import { invalid, Refusal } from './refusal.ts';

export type Sensitivity = 'HIGH' | 'MEDIUM' | 'LOW';

/** What an accepted event means for the conversation. */
export type Meaning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'configured'; readonly sensitivity: Sensitivity }
  | {
      readonly kind: 'prompted';
      readonly promptName: string;
      readonly tools: readonly OfferedTool[];
      readonly outputRateHz: number;
    }
  | { readonly kind: 'instructed'; readonly text: string }
  | { readonly kind: 'reminded'; readonly role: 'user' | 'assistant'; readonly text: string }
  | { readonly kind: 'listen'; readonly rateHz: number }
  | { readonly kind: 'audio'; readonly pcm: Int16Array }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'tool_result'; readonly toolUseId: string; readonly output: string }
  | { readonly kind: 'ended' };

/** https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-chat-history.html */
const longestHistoryTextBytes = 1024;
const longestHistoryBytes = 40 * 1024;
const historyTooLate = 'Chat history should be sent completely before streaming audio';

type Stage = 'new' | 'session' | 'prompt' | 'prompt_ended' | 'session_ended';

interface OpenContent {
  readonly start: ContentStart;
  texts: string[];
}

const nothing: Meaning = { kind: 'nothing' };

/** Holds a client to the order in which the service takes events, and to its limits. Throws a `Refusal` at the first breach. */
export class InputOrder {
  #stage: Stage = 'new';
  #promptName = '';
  readonly #usedNames = new Set<string>();
  readonly #toolNames = new Set<string>();
  readonly #awaitedResults = new Set<string>();
  /** The audio runs on beside the others, of which there is one at a time. */
  #audio: OpenContent | undefined;
  #block: OpenContent | undefined;
  #heardAudio = false;
  #instructed = false;
  #lastRole: 'USER' | 'ASSISTANT' | undefined;
  #historyBytes = 0;

  /** The model has called a tool: its result may now come, once. */
  expectResult(toolUseId: string): void {
    this.#awaitedResults.add(toolUseId);
  }

  accept(event: InputEvent): Meaning {
    switch (event.name) {
      case 'sessionStart':
        this.#require('new', event.name);
        this.#stage = 'session';
        return {
          kind: 'configured',
          sensitivity: event.body.turnDetectionConfiguration?.endpointingSensitivity ?? 'MEDIUM',
        };
      case 'promptStart':
        return this.#startPrompt(event.body);
      case 'contentStart':
        return this.#startContent(event.body);
      case 'textInput':
        return this.#addText(this.#opened('TEXT', event), event.body.content);
      case 'audioInput':
        return this.#hear(event);
      case 'toolResult': {
        const block = this.#opened('TOOL', event);
        if (block.texts.length > 0) throw invalid('A content block holds one toolResult.');
        block.texts.push(event.body.content);
        return nothing;
      }
      case 'contentEnd':
        return this.#endContent(event.body.promptName, event.body.contentName);
      case 'promptEnd':
        this.#require('prompt', event.name);
        this.#requirePrompt(event.body.promptName);
        if (this.#audio || this.#block) throw invalid('promptEnd while a content block is open.');
        this.#stage = 'prompt_ended';
        return nothing;
      case 'sessionEnd':
        this.#require('prompt_ended', event.name);
        this.#stage = 'session_ended';
        return { kind: 'ended' };
    }
  }

  #startPrompt(body: Extract<InputEvent, { name: 'promptStart' }>['body']): Meaning {
    this.#require('session', 'promptStart');
    this.#stage = 'prompt';
    this.#promptName = body.promptName;
    const tools = (body.toolConfiguration?.tools ?? []).map(({ toolSpec }) => {
      if (this.#toolNames.has(toolSpec.name))
        throw invalid(`Two tools are named ${toolSpec.name}.`);
      this.#toolNames.add(toolSpec.name);
      return {
        name: toolSpec.name,
        description: toolSpec.description,
        parameters: readSchema(toolSpec.inputSchema.json, toolSpec.name),
      };
    });
    const choice = body.toolConfiguration?.toolChoice;
    if (choice && 'tool' in choice && !this.#toolNames.has(choice.tool.name)) {
      throw invalid(`toolChoice names ${choice.tool.name}, which is no tool.`);
    }
    return {
      kind: 'prompted',
      promptName: body.promptName,
      tools,
      outputRateHz: body.audioOutputConfiguration.sampleRateHertz,
    };
  }

  #startContent(start: ContentStart): Meaning {
    this.#require('prompt', 'contentStart');
    this.#requirePrompt(start.promptName);
    if (this.#usedNames.has(start.contentName)) {
      throw invalid(`The contentName ${start.contentName} has been used.`);
    }
    if (this.#block) throw invalid('contentStart before the contentEnd of the block before it.');
    this.#usedNames.add(start.contentName);
    if (start.type === 'AUDIO') {
      if (!this.#instructed) throw invalid('Audio before the system prompt.');
      if (this.#audio) throw invalid('There is an audio block already.');
      this.#audio = { start, texts: [] };
      this.#heardAudio = true;
      return { kind: 'listen', rateHz: start.audioInputConfiguration.sampleRateHertz };
    }
    if (start.type === 'TEXT') this.#checkText(start);
    if (start.type === 'TOOL') {
      const { toolUseId } = start.toolResultInputConfiguration;
      if (!this.#awaitedResults.has(toolUseId)) {
        throw invalid(`No result is awaited for the toolUseId ${toolUseId}.`);
      }
    }
    this.#block = { start, texts: [] };
    return nothing;
  }

  #checkText({ role, interactive }: Extract<ContentStart, { type: 'TEXT' }>): void {
    if (role === 'SYSTEM') {
      if (interactive) throw invalid('A system prompt is not interactive.');
      if (this.#instructed) throw invalid('There is a system prompt already.');
      if (this.#heardAudio || this.#lastRole) throw invalid('The system prompt comes first.');
      return;
    }
    if (!this.#instructed) throw invalid('The system prompt comes first.');
    if (interactive) {
      if (role !== 'USER') throw invalid('Interactive text is the role USER.');
      if (!this.#audio) throw invalid('Interactive text while no audio is streamed.');
      return;
    }
    if (this.#heardAudio) throw new Refusal(historyTooLate);
    if (!this.#lastRole && role !== 'USER') throw invalid('History begins with the role USER.');
    if (this.#lastRole === role) throw invalid('The roles in history alternate.');
    this.#lastRole = role;
  }

  #addText(block: OpenContent, text: string): Meaning {
    const { start } = block;
    if (start.type === 'TEXT' && !start.interactive && start.role !== 'SYSTEM') {
      const bytes = Buffer.byteLength(text, 'utf8');
      this.#historyBytes += bytes;
      if (bytes > longestHistoryTextBytes) {
        throw invalid(`A message in history has ${bytes} bytes; 1 KB is the most.`);
      }
      if (this.#historyBytes > longestHistoryBytes) {
        throw invalid(`The history has ${this.#historyBytes} bytes; 40 KB is the most.`);
      }
    }
    block.texts.push(text);
    return nothing;
  }

  #hear({ body }: Extract<InputEvent, { name: 'audioInput' }>): Meaning {
    this.#requirePrompt(body.promptName);
    if (this.#block?.start.type === 'TEXT') throw new Refusal(historyTooLate);
    if (this.#audio?.start.contentName !== body.contentName) {
      throw invalid(`There is no open audio block ${body.contentName}.`);
    }
    const bytes = Buffer.from(body.content, 'base64');
    if (bytes.length % 2 !== 0) throw invalid('The audio ends in half a sample.');
    return { kind: 'audio', pcm: new Int16Array(Uint8Array.from(bytes).buffer) };
  }

  #endContent(promptName: string, contentName: string): Meaning {
    this.#requirePrompt(promptName);
    if (this.#audio?.start.contentName === contentName) {
      this.#audio = undefined;
      return nothing;
    }
    const block = this.#block;
    if (block?.start.contentName !== contentName) {
      throw invalid(`There is no open content block ${contentName}.`);
    }
    if (block.texts.length === 0) throw invalid(`The content block ${contentName} is empty.`);
    this.#block = undefined;
    return this.#meaningOf(block);
  }

  #meaningOf({ start, texts }: OpenContent): Meaning {
    if (start.type === 'TOOL') {
      const { toolUseId } = start.toolResultInputConfiguration;
      this.#awaitedResults.delete(toolUseId);
      return { kind: 'tool_result', toolUseId, output: readResult(texts.join('')) };
    }
    const text = texts.join('');
    if (start.role === 'SYSTEM') {
      this.#instructed = true;
      return { kind: 'instructed', text };
    }
    if (start.interactive) return { kind: 'typed', text };
    return { kind: 'reminded', role: start.role === 'USER' ? 'user' : 'assistant', text };
  }

  #opened(
    type: 'TEXT' | 'TOOL',
    { name, body }: Extract<InputEvent, { name: 'textInput' | 'toolResult' }>,
  ): OpenContent {
    this.#requirePrompt(body.promptName);
    const block = this.#block;
    if (block?.start.type !== type || block.start.contentName !== body.contentName) {
      throw invalid(`${name}: there is no open ${type} block ${body.contentName}.`);
    }
    return block;
  }

  #require(stage: Stage, name: string): void {
    if (this.#stage !== stage) throw invalid(`${name} may not come here.`);
  }

  #requirePrompt(promptName: string): void {
    if (this.#stage !== 'prompt' || promptName !== this.#promptName) {
      throw invalid(`There is no open prompt ${promptName}.`);
    }
  }
}

function readSchema(json: string, tool: string): Readonly<Record<string, unknown>> {
  const schema = parsed(json);
  if (!isRecord(schema) || schema['type'] !== 'object') {
    throw invalid(`The inputSchema of ${tool} is no JSON schema of an object.`);
  }
  return schema;
}

function readResult(json: string): string {
  if (!isRecord(parsed(json))) throw new Refusal('Tool Response parsing error');
  return json;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
