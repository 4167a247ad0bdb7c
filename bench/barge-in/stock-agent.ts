import { ReadableStream } from 'node:stream/web';
import { initializeLogger, voice } from '@livekit/agents';
import { AudioFrame, Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { developmentKeys } from '../../e2e/stack/stack.ts';

const frameMs = 20;

/** The framework's agent as it comes: a session with no option but the turn detection by voice activity. */
export interface StockAgent {
  /** Begins to say the speech from its start, over and over; what was being said ends. */
  speak(): void;
  leave(): Promise<void>;
}

/**
 * Joins a room with `AgentSession`'s own defaults: its bundled Silero VAD, and an interruption after 500 ms of speech. Only
 * turn detection is pinned to that VAD, because the default asks a model in LiveKit's cloud. It has no language model:
 * it says 16-bit mono samples.
 */
export async function joinStockAgent(
  livekitUrl: string,
  roomName: string,
  speech: { samples: Int16Array; rateHz: number },
): Promise<StockAgent> {
  initializeLogger({ pretty: false, level: 'error' });
  const token = new AccessToken(developmentKeys.key, developmentKeys.secret, { identity: 'stock' });
  token.kind = 'agent';
  token.addGrant({
    roomJoin: true,
    room: roomName,
    canPublish: true,
    canSubscribe: true,
    canUpdateOwnMetadata: true,
    agent: true,
  });
  const room = new Room();
  await room.connect(livekitUrl, await token.toJwt(), { autoSubscribe: true, dynacast: false });
  const session = new voice.AgentSession({ turnHandling: { turnDetection: 'vad' } });
  await session.start({ agent: new voice.Agent({ instructions: '' }), room });
  return {
    speak() {
      session.interrupt({ force: true });
      session.say('', { audio: framesOf(speech) });
    },
    async leave() {
      await session.close();
      await room.disconnect();
    },
  };
}

function framesOf({
  samples,
  rateHz,
}: {
  samples: Int16Array;
  rateHz: number;
}): ReadableStream<AudioFrame> {
  const length = Math.round((rateHz * frameMs) / 1000);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at + length > samples.length) at = 0;
      controller.enqueue(new AudioFrame(samples.slice(at, at + length), rateHz, 1, length));
      at += length;
    },
  });
}
