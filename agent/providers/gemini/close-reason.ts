import type { Loss } from '../attempts.ts';

/**
 * What the end of a connection to Gemini Live means. The service has no codes of its own: it closes with 1007 or 1008 for what
 * it refuses and 1011 for what it cannot do, and says which in the reason; before that, with an HTTP status.
 */
export function readClose(closeCode: number, reason: string, socketError: string): Loss {
  const status = Number(/server response: (\d{3})/.exec(socketError)?.[1] ?? 0);
  const detail = reason || socketError || `The connection was closed (${closeCode}).`;
  if (status === 401 || status === 403 || refusal.test(reason)) {
    return { code: 'provider_refused', detail, final: true };
  }
  if (status === 429 || shortage.test(reason)) {
    return { code: 'provider_limited', detail, final: false };
  }
  if (status >= 500 || status === 0) {
    const unreachable = closeCode === 1006 || status >= 500;
    return { code: unreachable ? 'provider_unreachable' : 'provider_failed', detail, final: false };
  }
  return { code: 'provider_failed', detail, final: true };
}

const refusal = /api key|unauthenticated|unauthorized|permission|not found for api version/i;
const shortage = /quota|exhausted|rate limit|overloaded|unavailable/i;
