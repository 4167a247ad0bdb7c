import { RpcError, type Room } from 'livekit-client';
import { avatarRequest, avatarServers, avatarVideo, type IceServer } from '#protocol/avatar.ts';
import {
  capabilitiesRequest,
  capabilitiesResponse,
  type Capabilities,
} from '#protocol/capabilities.ts';
import { decode, encode, type MessageKind } from '#protocol/codec.ts';
import { interruptRequest, interruptResponse, type InterruptRequest } from '#protocol/interrupt.ts';
import type { ProviderId } from '#protocol/provider.ts';
import {
  configureRequest,
  configureResponse,
  sampleRequest,
  type Configured,
  type SampleRequest,
  type Settings,
} from '#protocol/settings.ts';
import {
  avatarMethod,
  capabilitiesMethod,
  configureMethod,
  documentMethod,
  documentTopic,
  interruptMethod,
  recallMethod,
  sampleMethod,
  turnMethod,
} from '#protocol/topics.ts';
import { turnRequest, turnResponse, type TurnRequest } from '#protocol/turn.ts';

/** The least that LiveKit allows, in ms; its own round trip is in it. */
const responseTimeoutMs = 8000;

/** A new session with a provider, or a sentence to be heard, may take this long, in ms. */
const longTimeoutMs = 20_000;

/** Reading a long PDF may take this long, in ms. */
const readingTimeoutMs = 60_000;

/** An agent is in the room before it has registered its methods, so the first questions are put several times. */
const pausesMs = [200, 400, 800, 1600, 3200, 6400];

/** What the page can ask of the assistant in its room. Every method rejects if the assistant refuses or is silent. */
export class AssistantRequests {
  readonly #room: Room;
  readonly #identity: string;
  readonly #gone: AbortSignal;

  /** `gone` fires when this assistant has left the room. */
  constructor(room: Room, identity: string, gone: AbortSignal) {
    this.#room = room;
    this.#identity = identity;
    this.#gone = gone;
  }

  /** Whether this assistant is still in the room. */
  get present(): boolean {
    return !this.#gone.aborted;
  }

  /** Drops the reply that is being spoken. */
  async interrupt(request: InterruptRequest): Promise<boolean> {
    const payload = encode(interruptRequest, request);
    const answer = await this.#call(interruptMethod, payload);
    return read(interruptResponse, answer).interrupted;
  }

  /** Tells where the person is, and asks what answers here; or what this provider could do. */
  async capabilities(provider?: ProviderId): Promise<Capabilities> {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const payload = encode(capabilitiesRequest, { timeZone, ...(provider && { provider }) });
    const answer = await this.#patiently(() => this.#call(capabilitiesMethod, payload));
    return read(capabilitiesResponse, answer);
  }

  /** Tells of an old conversation, in a message that is made, and its answer read, where that is needed. */
  recall(payload: string): Promise<string> {
    return this.#patiently(() => this.#call(recallMethod, payload, longTimeoutMs));
  }

  /** Resolves with the id of the stream once all of the file is sent. */
  async sendDocument(file: File): Promise<string> {
    const { id } = await this.#room.localParticipant.sendFile(file, {
      topic: documentTopic,
      destinationIdentities: [this.#identity],
    });
    return id;
  }

  /** About a document that was sent; message and answer are made and read where they are needed. */
  document(payload: string): Promise<string> {
    return this.#call(documentMethod, payload, readingTimeoutMs);
  }

  async configure(settings: Settings): Promise<Configured> {
    const payload = encode(configureRequest, settings);
    const answer = await this.#patiently(() => this.#call(configureMethod, payload, longTimeoutMs));
    return read(configureResponse, answer);
  }

  /** Lets a voice be heard; resolves once the assistant has taken the wish. */
  async sample(request: SampleRequest): Promise<void> {
    await this.#call(sampleMethod, encode(sampleRequest, request), longTimeoutMs);
  }

  async turn(request: TurnRequest): Promise<boolean> {
    const answer = await this.#call(turnMethod, encode(turnRequest, request));
    return read(turnResponse, answer).accepted;
  }

  /** By which the page and the provider that shows a face find each other. */
  async avatarServers(): Promise<readonly IceServer[]> {
    const answer = await this.#call(avatarMethod, encode(avatarRequest, { want: 'servers' }));
    return read(avatarServers, answer).iceServers;
  }

  /** Exchanges descriptions of a video connection, both in base64. */
  async avatarVideo(clientSdp: string): Promise<string> {
    const payload = encode(avatarRequest, { want: 'video', clientSdp });
    const answer = await this.#call(avatarMethod, payload, longTimeoutMs);
    return read(avatarVideo, answer).serverSdp;
  }

  #call(method: string, payload: string, timeoutMs = responseTimeoutMs): Promise<string> {
    return this.#room.localParticipant.performRpc({
      destinationIdentity: this.#identity,
      method,
      payload,
      responseTimeout: timeoutMs,
    });
  }

  async #patiently(call: () => Promise<string>): Promise<string> {
    for (const pauseMs of pausesMs) {
      try {
        return await call();
      } catch (error) {
        if (!isTooEarly(error)) throw error;
        await pause(pauseMs, this.#gone);
        this.#gone.throwIfAborted();
      }
    }
    return call();
  }
}

function read<T>(kind: MessageKind<T>, payload: string): T {
  const answer = decode(kind, payload);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

function isTooEarly(error: unknown): boolean {
  const { UNSUPPORTED_METHOD, RECIPIENT_NOT_FOUND, CONNECTION_TIMEOUT } = RpcError.ErrorCode;
  const early: readonly number[] = [UNSUPPORTED_METHOD, RECIPIENT_NOT_FOUND, CONNECTION_TIMEOUT];
  return error instanceof RpcError && early.includes(error.code);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
