import { isDeepStrictEqual } from 'node:util';
import type { VoiceLiveOptions } from './options.ts';
import { toWireMcpServer, toWireSession, type WireSession } from './wire/session.ts';

/** Fields that a session takes at any time. */
const liveFields = new Set<keyof WireSession>([
  'turn_detection',
  'input_audio_noise_reduction',
  'input_audio_echo_cancellation',
  'input_audio_transcription',
  'temperature',
  'max_response_output_tokens',
  'reasoning_effort',
  'interim_response',
  'output_audio_timestamp_types',
  'animation',
]);

/** What has to be told to a running session. Undefined where it takes a new one. `hasSpoken`: the voice is fixed by it. */
export function liveChanges(
  before: VoiceLiveOptions,
  after: VoiceLiveOptions,
  hasSpoken: boolean,
): { readonly session: WireSession; readonly areToolsChanged: boolean } | undefined {
  const isSamePlace =
    before.endpoint === after.endpoint &&
    before.model === after.model &&
    before.apiVersion === after.apiVersion &&
    before.answer === after.answer &&
    isDeepStrictEqual(before.credential, after.credential);
  if (!isSamePlace) return undefined;
  const old = toWireSession(before);
  const wanted = toWireSession(after);
  // Who ends turns is settled with the framework when a session begins.
  if ((old.turn_detection === null) !== (wanted.turn_detection === null)) return undefined;
  if ((old.input_audio_transcription === null) !== (wanted.input_audio_transcription === null))
    return undefined;
  const session: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(wanted)]) as Set<
    keyof WireSession
  >) {
    if (isDeepStrictEqual(old[name], wanted[name])) continue;
    const isLive = liveFields.has(name) || (name === 'voice' && !hasSpoken);
    // What was set cannot be unset: an absent field stays as it is.
    if (!isLive || wanted[name] === undefined) return undefined;
    session[name] = wanted[name];
  }
  const tools = (options: VoiceLiveOptions) => (options.mcpServers ?? []).map(toWireMcpServer);
  return { session, areToolsChanged: !isDeepStrictEqual(tools(before), tools(after)) };
}
