import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NovaSonicError } from './errors.ts';
import type { NovaSonicOptions } from './options.ts';

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A client for one session. Destroy it when the session is over. */
export function bedrockClient({
  region,
  endpoint,
  credentials,
}: NovaSonicOptions): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    // Every chunk is signed with access keys. With a Bedrock API key in the environment the SDK would put that into
    // the header instead, and the signatures would not fit.
    authSchemePreference: ['sigv4'],
    maxAttempts: 1,
    // Otherwise it writes to the console what the session tells in its own way.
    logger: silent,
  });
}

/**
 * Looks whether there are credentials, before anything is sent, and tells when they expire. Throws a `NovaSonicError`
 * of kind `refused` that says what is missing.
 */
export async function credentialExpiry(
  client: BedrockRuntimeClient,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Date | undefined> {
  try {
    await client.config.region();
  } catch (cause) {
    const message = 'No AWS region is set. Set AWS_REGION, for example to us-east-1.';
    throw new NovaSonicError('refused', message, { retryable: false, cause });
  }
  try {
    const { expiration } = await client.config.credentials();
    return expiration;
  } catch (cause) {
    const message = environment['AWS_BEARER_TOKEN_BEDROCK']
      ? 'Only a Bedrock API key (AWS_BEARER_TOKEN_BEDROCK) was found. Amazon Nova Sonic signs every piece of sound, for which access keys are needed: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile or role that gives them.'
      : 'No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile or role that gives them.';
    throw new NovaSonicError('refused', message, { retryable: false, cause });
  }
}
