import { RpcError, type Room, type RpcInvocationData } from '@livekit/rtc-node';
import {
  avatarRequest,
  avatarResponse,
  type AvatarRequest,
  type AvatarResponse,
} from '#protocol/avatar.ts';
import {
  capabilitiesRequest,
  capabilitiesResponse,
  type Capabilities,
  type CapabilitiesRequest,
} from '#protocol/capabilities.ts';
import { decode, encode, type MessageKind } from '#protocol/codec.ts';
import { documentRequest, documentResponse, type DocumentRequest } from '#protocol/documents.ts';
import { interruptRequest, interruptResponse, type InterruptRequest } from '#protocol/interrupt.ts';
import { recallRequest, recallResponse, type RecallRequest } from '#protocol/recall.ts';
import { refusal } from '#protocol/refusal.ts';
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
  interruptMethod,
  recallMethod,
  sampleMethod,
  turnMethod,
} from '#protocol/topics.ts';
import { TokenBucket } from '#protocol/token-bucket.ts';
import { turnRequest, turnResponse, type TurnRequest } from '#protocol/turn.ts';
import { fittingCapabilities, fittingConfigured } from './fitting-answer.ts';

/** Far more than a person can do in the page. */
const callsAtOnce = 40;
const callsPerSecond = 10;

/** A call that cannot be done now, with the reason in words for a person. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

/** Throws what somebody else threw as something that cannot be done now. */
export function impossible(cause: unknown): never {
  throw new Impossible(cause instanceof Error ? cause.message : String(cause));
}

export interface RemoteControlHandlers {
  interrupt(request: InterruptRequest): Promise<boolean>;
  capabilities(request: CapabilitiesRequest): Capabilities;
  configure(settings: Settings): Promise<Configured>;
  /** Resolves once the sound is under way. */
  sample(request: SampleRequest): Promise<void>;
  /** Resolves to whether there was such a turn to be had. */
  turn(request: TurnRequest): Promise<boolean>;
  avatar(request: AvatarRequest): Promise<AvatarResponse>;
  /** Resolves to whether this was new. */
  recall(request: RecallRequest): Promise<boolean>;
  /** Resolves to how many passages of the document can be found now. */
  document(request: DocumentRequest): Promise<number>;
}

/**
 * Answers the page's calls, of the linked participant only. The returned function takes the methods away again.
 */
export function registerRemoteControl(
  room: Room,
  identity: string,
  handlers: RemoteControlHandlers,
): () => void {
  const local = room.localParticipant;
  if (!local) throw new Error('The room is not connected.');

  const methods: Record<string, (payload: string) => Promise<string>> = {
    [interruptMethod]: async (payload) => {
      const interrupted = await handlers.interrupt(read(interruptRequest, payload));
      return encode(interruptResponse, { interrupted });
    },
    // A call with no payload is fine: the page need not say where its person is.
    [capabilitiesMethod]: (payload) =>
      Promise.resolve(
        encode(
          capabilitiesResponse,
          fittingCapabilities(handlers.capabilities(read(capabilitiesRequest, payload || '{}'))),
        ),
      ),
    [configureMethod]: async (payload) =>
      encode(
        configureResponse,
        fittingConfigured(await handlers.configure(read(configureRequest, payload))),
      ),
    [sampleMethod]: async (payload) => {
      await handlers.sample(read(sampleRequest, payload));
      return '';
    },
    [turnMethod]: async (payload) =>
      encode(turnResponse, { accepted: await handlers.turn(read(turnRequest, payload)) }),
    [avatarMethod]: async (payload) =>
      encode(avatarResponse, await handlers.avatar(read(avatarRequest, payload))),
    [recallMethod]: async (payload) =>
      encode(recallResponse, { taken: await handlers.recall(read(recallRequest, payload)) }),
    [documentMethod]: async (payload) =>
      encode(documentResponse, {
        passages: await handlers.document(read(documentRequest, payload)),
      }),
  };
  const calls = new TokenBucket(callsAtOnce, callsPerSecond);
  for (const [method, answer] of Object.entries(methods)) {
    local.registerRpcMethod(method, guarded(identity, calls, answer));
  }
  return () => {
    for (const method of Object.keys(methods)) local.unregisterRpcMethod(method);
  };
}

function guarded(
  identity: string,
  calls: TokenBucket,
  answer: (payload: string) => Promise<string>,
): (call: RpcInvocationData) => Promise<string> {
  return async ({ callerIdentity, payload }) => {
    if (callerIdentity !== identity) {
      throw new RpcError(refusal.stranger, 'Only the person in this conversation may call this.');
    }
    if (!calls.take())
      throw new RpcError(refusal.tooMany, 'Too many calls. Try again in a second.');
    try {
      return await answer(payload);
    } catch (error) {
      if (error instanceof Impossible) throw new RpcError(refusal.impossible, error.message);
      throw error;
    }
  };
}

function read<T>(kind: MessageKind<T>, payload: string): T {
  const request = decode(kind, payload);
  if (!request.ok) throw new RpcError(refusal.malformed, request.reason);
  return request.value;
}
