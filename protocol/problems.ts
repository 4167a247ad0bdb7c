import * as z from 'zod/mini';

/** Everything that can go wrong and that a person hears of, by code. */
export const problemCode = z.enum([
  'microphone_denied',
  'microphone_missing',
  'microphone_busy',
  'microphone_insecure',
  'microphone_ended',
  'microphone_silent',
  'microphone_unpublished',
  'detector_in_page',
  'detector_unavailable',
  'token_invalid',
  'token_expired',
  'token_malformed',
  'token_refused',
  'server_url_invalid',
  'server_unreachable',
  'connection_lost',
  'removed_from_room',
  'duplicate_identity',
  'room_closed',
  'room_full',
  'assistant_absent',
  'sound_blocked',
  'speaker_unavailable',
  'rate_limited',
  'message_not_sent',
  'engine_unavailable',
  'engine_restarted',
  'brain_unreachable',
  'tool_failed',
  'provider_refused',
  'provider_limited',
  'provider_unreachable',
  'provider_failed',
  'settings_refused',
  'storage_unavailable',
  'storage_full',
  'unknown',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** The part in which it went wrong. */
export type ProblemCause =
  | 'microphone'
  | 'sound'
  | 'detector'
  | 'token'
  | 'network'
  | 'server'
  | 'room'
  | 'assistant'
  | 'engine'
  | 'provider'
  | 'tool'
  | 'storage'
  | 'fault';

/** What gets a person further, where the page has a button for it. */
export type ProblemStep =
  | 'retry'
  | 'talk_here'
  | 'ask_permission'
  | 'choose_device'
  | 'new_token'
  | 'request_assistant'
  | 'unlock_sound'
  | 'switch_provider';

/**
 * What gets a person further. Beside the steps: `send_again` what is in the message box, open the page at an
 * `other_address`, or nothing at all, because it mends itself or the talk `goes_on` without it.
 */
export type WayOn = ProblemStep | 'send_again' | 'other_address' | 'goes_on';

export interface ProblemKind {
  readonly cause: ProblemCause;
  /** An error stops what the person wanted; a warning makes it worse. */
  readonly severity: 'error' | 'warning';
  readonly wayOn: WayOn;
}

/** What a person reads, in one language. `advice` says in one or two plain sentences what happened and what to do. */
export type ProblemWords = Readonly<
  Record<ProblemCode, { readonly title: string; readonly advice: string }>
>;

export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  microphone_denied: { cause: 'microphone', severity: 'error', wayOn: 'ask_permission' },
  microphone_missing: { cause: 'microphone', severity: 'error', wayOn: 'retry' },
  microphone_busy: { cause: 'microphone', severity: 'error', wayOn: 'choose_device' },
  microphone_insecure: { cause: 'microphone', severity: 'error', wayOn: 'other_address' },
  microphone_ended: { cause: 'microphone', severity: 'error', wayOn: 'choose_device' },
  microphone_silent: { cause: 'microphone', severity: 'warning', wayOn: 'choose_device' },
  microphone_unpublished: { cause: 'microphone', severity: 'error', wayOn: 'retry' },
  detector_in_page: { cause: 'detector', severity: 'warning', wayOn: 'goes_on' },
  detector_unavailable: { cause: 'detector', severity: 'warning', wayOn: 'goes_on' },
  token_invalid: { cause: 'token', severity: 'error', wayOn: 'new_token' },
  token_expired: { cause: 'token', severity: 'error', wayOn: 'new_token' },
  token_malformed: { cause: 'token', severity: 'error', wayOn: 'new_token' },
  token_refused: { cause: 'token', severity: 'error', wayOn: 'new_token' },
  server_url_invalid: { cause: 'token', severity: 'error', wayOn: 'new_token' },
  server_unreachable: { cause: 'network', severity: 'error', wayOn: 'retry' },
  connection_lost: { cause: 'network', severity: 'error', wayOn: 'retry' },
  removed_from_room: { cause: 'room', severity: 'error', wayOn: 'retry' },
  duplicate_identity: { cause: 'room', severity: 'warning', wayOn: 'talk_here' },
  room_closed: { cause: 'room', severity: 'warning', wayOn: 'retry' },
  room_full: { cause: 'room', severity: 'error', wayOn: 'retry' },
  assistant_absent: { cause: 'assistant', severity: 'warning', wayOn: 'request_assistant' },
  sound_blocked: { cause: 'sound', severity: 'warning', wayOn: 'unlock_sound' },
  speaker_unavailable: { cause: 'sound', severity: 'warning', wayOn: 'choose_device' },
  rate_limited: { cause: 'server', severity: 'warning', wayOn: 'retry' },
  message_not_sent: { cause: 'assistant', severity: 'warning', wayOn: 'send_again' },
  engine_unavailable: { cause: 'engine', severity: 'error', wayOn: 'goes_on' },
  engine_restarted: { cause: 'engine', severity: 'warning', wayOn: 'goes_on' },
  brain_unreachable: { cause: 'engine', severity: 'warning', wayOn: 'goes_on' },
  tool_failed: { cause: 'tool', severity: 'warning', wayOn: 'goes_on' },
  provider_refused: { cause: 'provider', severity: 'error', wayOn: 'switch_provider' },
  provider_limited: { cause: 'provider', severity: 'warning', wayOn: 'switch_provider' },
  provider_unreachable: { cause: 'provider', severity: 'error', wayOn: 'switch_provider' },
  provider_failed: { cause: 'provider', severity: 'warning', wayOn: 'switch_provider' },
  settings_refused: { cause: 'provider', severity: 'warning', wayOn: 'switch_provider' },
  storage_unavailable: { cause: 'storage', severity: 'warning', wayOn: 'goes_on' },
  storage_full: { cause: 'storage', severity: 'warning', wayOn: 'goes_on' },
  unknown: { cause: 'fault', severity: 'error', wayOn: 'retry' },
};

/** True where the page offers a button. */
export function isStep(wayOn: WayOn): wayOn is ProblemStep {
  return wayOn !== 'send_again' && wayOn !== 'other_address' && wayOn !== 'goes_on';
}
