import { z } from 'zod';
import type { Loss } from '../attempts.ts';

/** An error as the service tells it, in an `error` event or in a response that failed. */
export interface ServerError {
  type?: string | null;
  code?: string | null;
  message?: string;
}

const text = z.string().nullish().catch(undefined);
const serverError = z.object({ type: text, code: text, message: text });

const refused = new Set(['invalid_api_key', 'account_deactivated']);
const limited = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'rate_limit_exceeded',
  'tokens',
  'requests',
]);
/** No error to a person: the plugin answers to these, or they come of two ends that act at once. */
const harmless = new Set([
  'response_cancel_not_active',
  'session_expired',
  'input_audio_buffer_commit_empty',
]);

/** What it means to a person; undefined where it means nothing. `final`: the session is of no more use. */
export function readServerError(error: unknown): Loss | undefined {
  const { type, code, message } = serverError.safeParse(error).data ?? {};
  const name = code ?? type ?? '';
  if (harmless.has(name)) return undefined;
  const said = message ?? name;
  const detail = said === '' ? 'The service reported an error without a text.' : said;
  if (refused.has(name)) return { code: 'provider_refused', detail, final: true };
  if (limited.has(name)) return { code: 'provider_limited', detail, final: false };
  return { code: 'provider_failed', detail, final: false };
}
