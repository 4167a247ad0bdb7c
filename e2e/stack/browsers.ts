import { existsSync } from 'node:fs';
import { chromium, firefox, type PlaywrightTestProject } from '@playwright/test';
import { clipPath } from '../fixtures/speech.ts';

type Browser = 'chromium' | 'firefox';
type LaunchOptions = NonNullable<NonNullable<PlaywrightTestProject['use']>['launchOptions']>;

const systemPaths: Record<Browser, readonly string[]> = {
  chromium: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: [
    '/usr/bin/firefox',
    '/usr/bin/firefox-esr',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

/** What Chromium's own fake microphone says, once and after a silence, each time that it is opened. */
export const spokenByChromium = { text: 'What is seventeen times twenty-three?', leadMs: 4000 };

/** Sound without a device, and the microphone without a question; each is a fact of the browser, not of the product. */
const launch: Record<Browser, LaunchOptions> = {
  chromium: {
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${clipPath(spokenByChromium.text, spokenByChromium)}%noloop`,
    ],
  },
  firefox: {
    firefoxUserPrefs: {
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      // Without a sound device, an AudioContext starts only on the mock.
      'media.cubeb.force_mock_context': true,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  },
};

/** The environment names a browser, else it is Playwright's own, else the system's. */
function located(name: Browser): { channel?: string; executablePath?: string } {
  const own = { chromium, firefox }[name].executablePath();
  const named = process.env[name === 'chromium' ? 'CHROMIUM_PATH' : 'FIREFOX_PATH'];
  if (named === undefined && existsSync(own))
    return name === 'chromium' ? { channel: 'chromium' } : {};
  const executablePath = named ?? systemPaths[name].find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      `No ${name} was found. Run "npx playwright install ${name}" or name one in the environment.`,
    );
  }
  // A Firefox that is not Playwright's own build is driven by WebDriver BiDi.
  return name === 'chromium' ? { executablePath } : { executablePath, channel: 'moz-firefox' };
}

/** A project of the configuration: one browser, ready to hear and to be heard. */
export function project(name: Browser): PlaywrightTestProject {
  const { channel, executablePath } = located(name);
  return {
    name,
    use: {
      browserName: name,
      // Chromium grants by context; Firefox has the preference.
      ...(name === 'chromium' && { permissions: ['microphone'] }),
      ...(channel !== undefined && { channel }),
      launchOptions: { ...launch[name], ...(executablePath !== undefined && { executablePath }) },
    },
  };
}
