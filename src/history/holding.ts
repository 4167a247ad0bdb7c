const prefix = 'parley.conversation.';

/** A reload asks for the conversation while the page before it still lets go, in ms. */
const patienceMs = 1000;

/**
 * Holds a conversation for this tab, so that no other one writes into it. Resolves with the release, or with undefined
 * if another tab has it. Where the browser has no locks, nobody else is asked.
 */
export function holdConversation(id: string): Promise<(() => void) | undefined> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    navigator.locks
      .request(
        `${prefix}${id}`,
        { signal: AbortSignal.timeout(patienceMs) },
        () => new Promise<void>((release) => resolve(release)),
      )
      .catch(() => resolve(undefined));
  });
}

/** The conversations that some tab has open, this one included. */
export async function heldConversations(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(
    held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}
