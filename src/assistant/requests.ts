import type { Room } from 'livekit-client';
import {
  capabilitiesRequest,
  capabilitiesResponse,
  type Capabilities,
} from '#protocol/capabilities.ts';
import { decode, encode } from '#protocol/codec.ts';
import { interruptRequest, interruptResponse, type InterruptRequest } from '#protocol/interrupt.ts';
import { capabilitiesMethod, interruptMethod } from '#protocol/topics.ts';

/** The least that LiveKit allows, in ms; its own round trip is in it. */
const responseTimeoutMs = 8000;

/** Tells the agent to drop the reply it is speaking. Rejects if the agent does not answer. */
export async function askToInterrupt(
  room: Room,
  agentIdentity: string,
  request: InterruptRequest,
): Promise<boolean> {
  const payload = await room.localParticipant.performRpc({
    destinationIdentity: agentIdentity,
    method: interruptMethod,
    payload: encode(interruptRequest, request),
    responseTimeout: responseTimeoutMs,
  });
  const answer = decode(interruptResponse, payload);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.interrupted;
}

/** An agent is in the room before it has registered its methods, so the question is put several times. */
const pausesMs = [200, 400, 800, 1600, 3200, 6400];

/** Tells the agent where its person is and asks what answers here. Undefined if it does not say, or the signal fires. */
export async function askForCapabilities(
  room: Room,
  agentIdentity: string,
  signal: AbortSignal,
): Promise<Capabilities | undefined> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const request = encode(capabilitiesRequest, { timeZone });
  for (const pauseMs of pausesMs) {
    try {
      const payload = await room.localParticipant.performRpc({
        destinationIdentity: agentIdentity,
        method: capabilitiesMethod,
        payload: request,
        responseTimeout: responseTimeoutMs,
      });
      const answer = decode(capabilitiesResponse, payload);
      return answer.ok && !signal.aborted ? answer.value : undefined;
    } catch {
      await pause(pauseMs, signal);
    }
    if (signal.aborted) return undefined;
  }
  return undefined;
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
