import { isRecord } from '../mind/json.ts';

/** What the protocols call the field that names a voice. */
const fields = ['voiceId', 'voiceName', 'voice'];

/** The voice that was named last in what a client has sent, or in what it was told has taken effect. */
export function voiceIn(messages: readonly unknown[]): { voice?: string } {
  for (const message of messages.toReversed()) {
    const voice = namedIn(message);
    if (voice !== undefined) return { voice };
  }
  return {};
}

function namedIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return first(value);
  if (!isRecord(value)) return undefined;
  for (const field of fields) {
    const voice = value[field];
    if (typeof voice === 'string') return voice;
    if (isRecord(voice) && typeof voice['name'] === 'string') return voice['name'];
  }
  return first(Object.values(value));
}

function first(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const voice = namedIn(value);
    if (voice !== undefined) return voice;
  }
  return undefined;
}
