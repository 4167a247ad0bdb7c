import { AccessToken } from 'livekit-server-sdk';
import { developmentKeys } from './stack.ts';

interface TokenWish {
  readonly room: string;
  readonly identity?: string;
  /** Negative for a token that has expired already. */
  readonly lifetimeSeconds?: number;
  readonly secret?: string;
}

/** What `lk token create` makes: a token by hand, with no metadata and no dispatch. */
export async function roomToken({
  room,
  identity = 'person-by-hand',
  lifetimeSeconds = 600,
  secret = developmentKeys.secret,
}: TokenWish): Promise<string> {
  const token = new AccessToken(developmentKeys.key, secret, {
    identity,
    ttl: lifetimeSeconds,
  });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return token.toJwt();
}
