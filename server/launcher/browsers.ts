import { existsSync } from 'node:fs';
import { findOnPath } from './on-path.ts';

export type BrowserName = 'chromium' | 'firefox';
export const browserNames: readonly BrowserName[] = ['chromium', 'firefox'];

/** Where a browser for the tests was found: `own` is the build that Playwright brings along. */
export type FoundBrowser =
  | { readonly kind: 'named'; readonly executablePath: string }
  | { readonly kind: 'own' }
  | { readonly kind: 'system'; readonly executablePath: string };

export interface BrowserPlaces {
  readonly environment: NodeJS.ProcessEnv;
  /** Where Playwright would put its own build. */
  readonly ownPath: (name: BrowserName) => string;
  readonly exists?: (path: string) => boolean;
}

const variables: Readonly<Record<BrowserName, string>> = {
  chromium: 'CHROMIUM_PATH',
  firefox: 'FIREFOX_PATH',
};

const programNames: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  firefox: ['firefox-esr', 'firefox'],
};

const applications: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

/**
 * A browser for the tests: the one that the environment names, else Playwright's own, else the system's.
 * Throws if the environment names one that is not there.
 */
export function findBrowser(name: BrowserName, places: BrowserPlaces): FoundBrowser | undefined {
  const { environment, ownPath, exists = existsSync } = places;
  const variable = variables[name];
  const named = environment[variable];
  if (named !== undefined && named !== '') {
    if (exists(named)) return { kind: 'named', executablePath: named };
    throw new Error(`${variable} names ${named}, and there is no such file. Correct or unset it.`);
  }
  if (exists(ownPath(name))) return { kind: 'own' };
  const executablePath =
    findOnPath(programNames[name], environment) ?? applications[name].find(exists);
  return executablePath === undefined ? undefined : { kind: 'system', executablePath };
}
