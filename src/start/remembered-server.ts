const storageKey = 'parley.serverUrl';

/** The address that the person last connected to by hand; empty if there is none. Tokens are never kept. */
export function rememberedServer(): string {
  try {
    return localStorage.getItem(storageKey) ?? '';
  } catch {
    return '';
  }
}

export function rememberServer(serverUrl: string): void {
  try {
    localStorage.setItem(storageKey, serverUrl);
  } catch {
    // Storage may be switched off; the address is then typed again the next time.
  }
}
