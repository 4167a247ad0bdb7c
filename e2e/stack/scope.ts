import { inCi } from './stack.ts';

const tags = {
  oneBrowser: '@one-browser',
  thorough: '@thorough',
  thoroughInFirefox: '@rarely-in-firefox',
};

/**
 * Marks a test whose outcome no browser decides: what a provider's protocol, the agent or a process of the server does,
 * what is asked of the server alone, what the markup decides, and a second case of what is tried in both browsers
 * already. It runs in Chromium alone. Nothing else that rests on sound, microphone, connection, storage, layout,
 * keyboard or policy is marked.
 */
export const oneBrowser = { tag: [tags.oneBrowser] };

/**
 * Marks a further case of what another test tries in the same way (the same talk with the next provider, the same
 * refusal with the next error), and what takes a minute of waiting or an administrator's rights. CI, whose time is
 * short, leaves it out; everywhere else it runs.
 */
export const thorough = { tag: [tags.thorough] };

/**
 * Marks a test of what both browsers could break, but whose parts other tests try in Firefox: in CI it runs in Chromium
 * alone.
 */
export const thoroughInFirefox = { tag: [tags.thoroughInFirefox] };

export const thoroughInOneBrowser = { tag: [tags.thorough, tags.oneBrowser] };

/** For cases that differ in nothing but their data: the first one runs wherever others of one browser do. */
export function furtherCases(index: number): typeof oneBrowser {
  return index === 0 ? oneBrowser : thoroughInOneBrowser;
}

/** Set, every test runs in every browser. */
const all = process.env.PARLEY_TEST_ALL;

/** What a project leaves out. */
export function leftOut(browser: 'chromium' | 'firefox'): { grepInvert?: RegExp } {
  if (all !== undefined && all !== '') return {};
  const left = [
    ...(browser === 'firefox' ? [tags.oneBrowser] : []),
    ...(inCi ? [tags.thorough] : []),
    ...(inCi && browser === 'firefox' ? [tags.thoroughInFirefox] : []),
  ];
  return left.length > 0 ? { grepInvert: new RegExp(left.join('|')) } : {};
}
