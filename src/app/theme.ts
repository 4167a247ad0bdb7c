export type Theme = 'light' | 'dark';

// public/theme.js reads the same key before the first paint.
const storageKey = 'parley.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Shows a theme and keeps it for the next visit; a choice that agrees with the system is given back to the system. */
export function chooseTheme(theme: Theme): void {
  show(theme);
  try {
    if (theme === systemTheme()) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}

/** Follows the system's theme while the person has chosen none. Returns its release. */
export function watchTheme(changed: () => void): () => void {
  const followSystem = (): void => {
    if (!hasChoice()) show(systemTheme());
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  systemDark.addEventListener('change', followSystem);
  // It may have changed while the page was loading.
  followSystem();
  return () => {
    observer.disconnect();
    systemDark.removeEventListener('change', followSystem);
  };
}

function show(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

function systemTheme(): Theme {
  return systemDark.matches ? 'dark' : 'light';
}

function hasChoice(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return false;
  }
}
