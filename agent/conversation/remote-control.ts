import { RpcError, type Room, type RpcInvocationData } from '@livekit/rtc-node';
import {
  capabilitiesRequest,
  capabilitiesResponse,
  type Capabilities,
  type CapabilitiesRequest,
} from '#protocol/capabilities.ts';
import { decode, encode } from '#protocol/codec.ts';
import { interruptRequest, interruptResponse, type InterruptRequest } from '#protocol/interrupt.ts';
import { capabilitiesMethod, interruptMethod } from '#protocol/topics.ts';

/** Codes of our refusals; LiveKit keeps 1001 to 1999 for itself. */
export const refusal = { notLinked: 4403, malformed: 4400 } as const;

export interface RemoteControlHandlers {
  interrupt(request: InterruptRequest): Promise<boolean>;
  capabilities(request: CapabilitiesRequest): Capabilities;
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

  const guarded =
    (answer: (payload: string) => Promise<string>) =>
    async (call: RpcInvocationData): Promise<string> => {
      if (call.callerIdentity !== identity) {
        throw new RpcError(
          refusal.notLinked,
          'Only the person in this conversation may call this.',
        );
      }
      return answer(call.payload);
    };

  local.registerRpcMethod(
    interruptMethod,
    guarded(async (payload) => {
      const request = decode(interruptRequest, payload);
      if (!request.ok) throw new RpcError(refusal.malformed, request.reason);
      return encode(interruptResponse, { interrupted: await handlers.interrupt(request.value) });
    }),
  );
  local.registerRpcMethod(
    capabilitiesMethod,
    guarded((payload) => {
      // A call with no payload is fine: the page need not say where its person is.
      const request = decode(capabilitiesRequest, payload || '{}');
      if (!request.ok) throw new RpcError(refusal.malformed, request.reason);
      return Promise.resolve(encode(capabilitiesResponse, handlers.capabilities(request.value)));
    }),
  );
  return () => {
    local.unregisterRpcMethod(interruptMethod);
    local.unregisterRpcMethod(capabilitiesMethod);
  };
}
