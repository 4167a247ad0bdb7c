import type { SpokenPiece } from '../mind/mind.ts';
import { soundPasses } from '../wire-sound.ts';
import { encodeAudio } from './audio-format.ts';
import {
  newMessage,
  type Item,
  type MessageItem,
  type SpokenPart,
  type TextPart,
} from './conversation.ts';
import type { WireEvent } from './dialect.ts';
import type { ResponseHost, ResponseRequest } from './response.ts';

/** A piece of sound on the wire. */
const deltaMs = 100;

/** Where an item stands in the reply and in the conversation. */
interface Place {
  readonly outputIndex: number;
  readonly previousItemId: string | null;
}

interface OpenMessage extends Place {
  readonly item: MessageItem;
  readonly part: SpokenPart | TextPart;
}

/** The items of one reply, told to the client while they come into being. */
export class ResponseOutput {
  readonly items: Item[] = [];
  readonly #responseId: string;
  readonly #request: ResponseRequest;
  readonly #host: ResponseHost;
  readonly #over: AbortSignal;
  #message: OpenMessage | undefined;
  #lastSound: WireEvent | undefined;

  constructor(responseId: string, request: ResponseRequest, host: ResponseHost, over: AbortSignal) {
    this.#responseId = responseId;
    this.#request = request;
    this.#host = host;
    this.#over = over;
  }

  get hasSound(): boolean {
    return this.#lastSound !== undefined;
  }

  /** Sound that comes when the reply is over. */
  repeatSound(times: number): void {
    const sound = this.#lastSound;
    for (let count = 0; sound && count < times; count += 1) this.#host.send(sound);
  }

  write(words: string): void {
    const message = this.#openMessage(() => ({ kind: 'text', text: '' }));
    if (message.part.kind !== 'text') return;
    message.part.text += words;
    this.#sendPart(`response.${this.#host.dialect.names.text}.delta`, message, { delta: words });
  }

  sound(piece: SpokenPiece): void {
    const message = this.#openMessage(newSpokenPart);
    const { part, item } = message;
    if (part.kind !== 'spoken') return;
    const { dialect } = this.#host;
    const { settings } = this.#request;
    const offsetMs = part.durationMs;
    if (offsetMs === 0) this.#host.onSpeech(item, part);
    part.transcript += piece.text;
    part.durationMs += piece.endMs - piece.startMs;
    const words = piece.words.map(({ text, startMs, endMs }) => ({
      text,
      startMs: startMs - piece.startMs + offsetMs,
      endMs: endMs - piece.startMs + offsetMs,
    }));
    part.words.push(...words);
    this.#sendPart(`response.${dialect.names.transcript}.delta`, message, {
      delta: piece.text,
    });
    for (const word of words) {
      if (settings.wordTimestamps) {
        this.#sendPart('response.audio_timestamp.delta', message, {
          audio_offset_ms: Math.round(word.startMs),
          audio_duration_ms: Math.round(word.endMs - word.startMs),
          text: word.text.trim(),
          timestamp_type: 'word',
        });
      }
      if (!settings.visemes) continue;
      for (const { id, atMs } of dialect.visemes(word)) {
        this.#sendPart('response.animation_viseme.delta', message, {
          audio_offset_ms: Math.round(atMs),
          viseme_id: id,
        });
      }
    }
    this.#host.onSound(piece);
    if (settings.soundOnSocket) this.#sendSound(piece, message);
  }

  #sendSound({ pcm, rateHz }: SpokenPiece, message: OpenMessage): void {
    const { names } = this.#host.dialect;
    const length = (rateHz * deltaMs) / 1000;
    for (let at = 0; at < pcm.length && !this.#over.aborted; at += length) {
      const delta = encodeAudio(pcm.slice(at, at + length), this.#request.settings.output);
      this.#host.onAudioDelta();
      this.#lastSound = this.#partEvent(`response.${names.audio}.delta`, message, { delta });
      soundPasses({ direction: 'sent' });
      this.#host.send(this.#lastSound);
    }
  }

  #openMessage(makePart: () => SpokenPart | TextPart): OpenMessage {
    if (this.#message) return this.#message;
    const item: MessageItem = newMessage('assistant', 'in_progress');
    const place = this.add(item);
    const part = makePart();
    item.parts.push(part);
    this.#message = { item, part, ...place };
    this.#sendPart('response.content_part.added', this.#message, {
      part: this.#host.dialect.part(part),
    });
    return this.#message;
  }

  closeMessage(status: MessageItem['status']): void {
    const message = this.#message;
    if (!message) return;
    this.#message = undefined;
    const { names } = this.#host.dialect;
    const { part, item } = message;
    if (part.kind === 'spoken') {
      const { wordTimestamps, visemes, soundOnSocket } = this.#request.settings;
      if (soundOnSocket) this.#sendPart(`response.${names.audio}.done`, message, {});
      this.#sendPart(`response.${names.transcript}.done`, message, { transcript: part.transcript });
      if (wordTimestamps) this.#sendPart('response.audio_timestamp.done', message, {});
      if (visemes) this.#sendPart('response.animation_viseme.done', message, {});
    } else {
      this.#sendPart(`response.${names.text}.done`, message, { text: part.text });
    }
    this.#sendPart('response.content_part.done', message, { part: this.#host.dialect.part(part) });
    item.status = status;
    this.complete(item, message);
  }

  add(item: Item): Place {
    const { conversation, dialect } = this.#host;
    const send = (event: WireEvent) => this.#host.send(event);
    const outputIndex = this.items.push(item) - 1;
    const previousItemId = this.#request.remembered ? conversation.add(item) : null;
    send({
      type: 'response.output_item.added',
      response_id: this.#responseId,
      output_index: outputIndex,
      item: dialect.item(item),
    });
    if (this.#request.remembered) dialect.itemAdded(item, previousItemId).forEach(send);
    return { outputIndex, previousItemId };
  }

  complete(item: Item, { outputIndex, previousItemId }: Place): void {
    const { conversation, dialect } = this.#host;
    const send = (event: WireEvent) => this.#host.send(event);
    this.items[outputIndex] = item;
    if (this.#request.remembered) {
      conversation.replace(item);
      dialect.itemDone(item, previousItemId).forEach(send);
    }
    send({
      type: 'response.output_item.done',
      response_id: this.#responseId,
      output_index: outputIndex,
      item: dialect.item(item),
    });
  }

  #sendPart(type: string, message: OpenMessage, fields: object): void {
    this.#host.send(this.#partEvent(type, message, fields));
  }

  #partEvent(type: string, { item, outputIndex }: OpenMessage, fields: object): WireEvent {
    return {
      type,
      response_id: this.#responseId,
      item_id: item.id,
      output_index: outputIndex,
      content_index: 0,
      ...fields,
    };
  }
}

function newSpokenPart(): SpokenPart {
  return { kind: 'spoken', transcript: '', words: [], durationMs: 0, truncated: false };
}
