import { log } from '@livekit/agents';

/** Where agents 1.9.0 keeps its logger for the whole process; it exports only the way to read it. */
const loggerKey = Symbol.for('@livekit/agents:logger');

/** What the framework calls a field that holds words of the conversation, or a name. */
const personal = 'lk.pii.';

let plain: ReturnType<typeof log> | undefined;

/**
 * From now on every line of this process, the framework's included, names the conversation, and none holds what was said in
 * it. A job serves one conversation at a time; the next one takes its place.
 */
export function logAbout(conversation: string): void {
  plain ??= log();
  const about = plain.child({ conversation }, { formatters: { log: withoutWords } });
  Reflect.set(globalThis, loggerKey, about);
  log().info('a conversation begins');
}

function withoutWords(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(personal)));
}
