import { decodeTokenPayload } from 'livekit-client';
import type { Problem, RoomTarget } from '../conversation/state.ts';

/** What is asked of the place where the page itself runs. */
export interface PageOrigin {
  /** `location.protocol`, colon included. */
  readonly protocol: string;
}

const serverSchemes = new Set(['ws:', 'wss:', 'http:', 'https:']);
const loopbackHost = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Looks for what is wrong with an address and a token before any server is asked; undefined if nothing is. */
export function checkTarget(
  { serverUrl, token }: RoomTarget,
  nowMs: number,
  origin: PageOrigin,
): Problem | undefined {
  return checkServerUrl(serverUrl, origin) ?? checkToken(token, nowMs);
}

function checkServerUrl(serverUrl: string, origin: PageOrigin): Problem | undefined {
  const code = 'server_url_invalid';
  const url = parseUrl(serverUrl.trim());
  if (!url) return { code, detail: 'Not a complete address.' };
  if (!serverSchemes.has(url.protocol)) {
    return { code, detail: `It begins with ${url.protocol} and not with wss: or ws:.` };
  }
  const unencrypted = url.protocol === 'ws:' || url.protocol === 'http:';
  if (origin.protocol === 'https:' && unencrypted && !loopbackHost.test(url.hostname)) {
    return { code, detail: 'A page that came over https can only reach a wss:// address.' };
  }
  return undefined;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function checkToken(token: string, nowMs: number): Problem | undefined {
  const code = 'token_malformed';
  if (token.trim().split('.').length !== 3) {
    return { code, detail: 'It does not have three parts with dots between them.' };
  }
  const payload = readPayload(token.trim());
  if (!payload) return { code, detail: 'Its middle part cannot be read.' };
  if (!payload.video?.room) return { code, detail: 'It names no room.' };
  if (payload.video.roomJoin !== true) return { code, detail: 'It does not allow to join a room.' };
  const expiredAtMs = (payload.exp ?? Infinity) * 1000;
  if (expiredAtMs <= nowMs) {
    return { code: 'token_expired', detail: `Since ${new Date(expiredAtMs).toISOString()}.` };
  }
  return undefined;
}

function readPayload(token: string): ReturnType<typeof decodeTokenPayload> | undefined {
  try {
    return decodeTokenPayload(token);
  } catch {
    return undefined;
  }
}

/** Whether a token lets nobody in any more; one that cannot be read has not expired. */
export function hasExpired(token: string, nowMs: number): boolean {
  return (readPayload(token)?.exp ?? Infinity) * 1000 <= nowMs;
}

/** The room that a token is for; empty if it cannot be read. */
export function roomOfToken(token: string): string {
  return readPayload(token)?.video?.room ?? '';
}

/** Whom a token is for; empty if it cannot be read. */
export function identityOfToken(token: string): string {
  return readPayload(token)?.sub ?? '';
}
