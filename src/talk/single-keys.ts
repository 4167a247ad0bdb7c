const storageKey = 'parley.singleKeys';

/** Whether the shortcuts of one letter act. Speech input and stray keys can set them off, so they can be switched off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage may be switched off; the shortcuts then stay on.
  }
}
