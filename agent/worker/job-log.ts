import { log } from '@livekit/agents';

/** Where agents 1.9.0 keeps its logger for the whole process; it exports only the way to read it. */
const loggerKey = Symbol.for('@livekit/agents:logger');

let plain: ReturnType<typeof log> | undefined;

/**
 * From now on every line of this process, the framework's included, names the conversation. A job serves one at a time;
 * the next one takes its place.
 */
export function logAbout(conversation: string): void {
  plain ??= log();
  Reflect.set(globalThis, loggerKey, plain.child({ conversation }));
  log().info('a conversation begins');
}
