import type { RoomTarget } from '../conversation/state.ts';

/**
 * Reads a link of the form `/#url=wss://…&token=…`. The fragment never reaches a server, so the token stays in the
 * browser. Undefined if either part is missing; whether they are any good is for `checkTarget` to say.
 */
export function parseLink(fragment: string): RoomTarget | undefined {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const serverUrl = fields.get('url')?.trim();
  const token = fields.get('token')?.trim();
  return serverUrl && token ? { serverUrl, token } : undefined;
}

/** Reads the link that this page was opened with and takes the token out of the address bar and the history. */
export function takeLink(): RoomTarget | undefined {
  const target = parseLink(location.hash);
  if (target) history.replaceState(history.state, '', location.pathname + location.search);
  return target;
}
