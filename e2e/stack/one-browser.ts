const tag = '@one-browser';

/**
 * Marks a test whose outcome no browser decides: what a provider's protocol, the agent or a process of the server does,
 * what is asked of the server alone, what the markup decides, and a second case of what is tried in both browsers
 * already. It runs in Chromium alone. Nothing else that rests on sound, microphone, connection, storage, layout,
 * keyboard or policy is marked.
 */
export const oneBrowser = { tag } as const;

/** Set, every test runs in every browser. */
const all = process.env.PARLEY_TEST_ALL;

/** What a project other than the first leaves out. */
export const elsewhere = all === undefined || all === '' ? { grepInvert: new RegExp(tag) } : {};
