import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { onTestFinished } from 'vitest';
import { assistantAttribute } from '#protocol/topics.ts';
import type { RunningLivekit } from './livekit.ts';

/** Somebody is in the room until the test ends, or until the promised function is called. */
export async function join(
  { apiKey, apiSecret, url }: RunningLivekit['environment']['livekit'],
  room: string,
  who: 'person' | 'assistant',
): Promise<() => Promise<void>> {
  const token = new AccessToken(apiKey, apiSecret, { identity: who, ttl: 60 });
  token.addGrant({ roomJoin: true, room, agent: who === 'assistant' });
  if (who === 'assistant') {
    token.kind = 'agent';
    token.attributes = { [assistantAttribute]: 'true' };
  }
  const joined = new Room();
  await joined.connect(url, await token.toJwt());
  const leave = (): Promise<void> => joined.disconnect();
  onTestFinished(leave);
  return leave;
}
