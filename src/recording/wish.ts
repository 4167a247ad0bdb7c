const storageKey = 'parley.recording';

/** Whether every conversation is recorded, as the person has chosen in this browser. */
export function recordsAlways(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'always';
  } catch {
    return false;
  }
}

export function recordAlways(always: boolean): void {
  try {
    if (always) localStorage.setItem(storageKey, 'always');
    else localStorage.removeItem(storageKey);
  } catch {
    // Where no site data is kept, no sound is kept either.
  }
}
