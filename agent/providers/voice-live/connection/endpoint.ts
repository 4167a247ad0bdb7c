import { VoiceLiveError } from './failure.ts';
import type { Credential } from '../options.ts';

/** The newest that Microsoft has documented in full; MCP needs it. */
export const defaultApiVersion = '2026-04-10';

/** No key in it: addresses end up in logs. Throws a `VoiceLiveError` where the endpoint is no http(s) or ws(s) address. */
export function sessionUrl(endpoint: string, apiVersion: string, model: string): URL {
  const text = /^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol =
    url && { 'https:': 'wss:', 'wss:': 'wss:', 'http:': 'ws:', 'ws:': 'ws:' }[url.protocol];
  if (!url || !protocol)
    throw new VoiceLiveError(
      'settings',
      `"${endpoint}" is not an endpoint. It looks like https://RESOURCE.services.ai.azure.com.`,
    );
  url.protocol = protocol;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/voice-live/realtime`;
  url.search = '';
  url.searchParams.set('api-version', apiVersion);
  url.searchParams.set('model', model);
  return url;
}

const scope = 'https://ai.azure.com/.default';
/** What `@azure/identity` throws where there is nobody to be, rather than no network. */
const hopeless = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** A token is asked for at every connection; the credential keeps it and renews it in time. */
export async function authorization(credential: Credential): Promise<Record<string, string>> {
  if ('apiKey' in credential) return { 'api-key': credential.apiKey };
  try {
    const token = await credential.entra.getToken(scope);
    if (token) return { authorization: `Bearer ${token.token}` };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new VoiceLiveError(
      hopeless.has(name) ? 'refused' : 'unreachable',
      `Microsoft Entra ID gave no token for Azure Voice Live (${name || 'unknown error'}).`,
    );
  }
  throw new VoiceLiveError('refused', 'Microsoft Entra ID gave no token for Azure Voice Live.');
}
