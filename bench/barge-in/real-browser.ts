import { chromium, firefox, type Browser, type BrowserContext } from '@playwright/test';
import { project } from '../../e2e/stack/browsers.ts';
import type { BrowserName } from '../../server/launcher/browsers.ts';

/** A browser without a window but with a sound device: it hears and plays through a sound server. */
export async function openRealBrowser(
  name: BrowserName,
  soundEnv: Readonly<Record<string, string>>,
): Promise<Browser> {
  const { channel, launchOptions = {} } = project(name).use ?? {};
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...soundEnv }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const common = { ...launchOptions, ...(channel && { channel }), env };
  if (name === 'chromium') {
    return chromium.launch({
      ...common,
      args: (launchOptions.args ?? []).filter((arg) => !arg.includes('fake')),
      ignoreDefaultArgs: ['--mute-audio'],
    });
  }
  return firefox.launch({
    ...common,
    firefoxUserPrefs: {
      ...launchOptions.firefoxUserPrefs,
      'media.navigator.streams.fake': false,
      'media.cubeb.force_mock_context': false,
      // Firefox's own: what is measured is how soon sound comes and goes.
      'media.cubeb_latency_mtg_frames': 512,
    },
  });
}

/** Measures in one browser after another, each of which is closed again. */
export async function inEachBrowser(
  names: readonly BrowserName[],
  soundEnv: Readonly<Record<string, string>>,
  measure: (browser: Browser, name: BrowserName) => Promise<void>,
): Promise<void> {
  for (const name of names) {
    const browser = await openRealBrowser(name, soundEnv);
    await measure(browser, name).finally(() => browser.close());
  }
}

/** A context that may use the microphone. */
export function openContext(browser: Browser, name: BrowserName): Promise<BrowserContext> {
  // Firefox has the permission as a preference.
  return browser.newContext(name === 'chromium' ? { permissions: ['microphone'] } : {});
}
