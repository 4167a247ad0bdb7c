import type { PlaywrightTestProject } from '@playwright/test';
import { browserPlaces } from '../../server/launcher/browser-install.ts';
import { findBrowser, type BrowserName } from '../../server/launcher/browsers.ts';
import { clipPath } from '../fixtures/speech.ts';
import { leftOut } from './scope.ts';
import { soundServer } from './sound-server.ts';
import { inCi } from './stack.ts';

type LaunchOptions = NonNullable<NonNullable<PlaywrightTestProject['use']>['launchOptions']>;

/** What Chromium's own fake microphone says, once and after a silence, each time that it is opened. */
export const spokenByChromium = { text: 'What is seventeen times twenty-three?', leadMs: 4000 };

/** Chromium shares the tab of this title when it is asked for a screen, and asks nobody. */
export const sharedTabTitle = 'A tab to be shared';

/** Sound without a device, and the microphone without a question; each is a fact of the browser, not of the product. */
const launch: Record<BrowserName, LaunchOptions> = {
  chromium: {
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      `--auto-select-tab-capture-source-by-title=${sharedTabTitle}`,
      `--use-file-for-fake-audio-capture=${clipPath(spokenByChromium.text, spokenByChromium)}%noloop`,
    ],
  },
  firefox: {
    ...(soundServer && { env: { ...process.env, ...soundServer.env } }),
    firefoxUserPrefs: {
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      // Without a sound device, an AudioContext starts only on the mock.
      'media.cubeb.force_mock_context': soundServer === undefined,
      // In frames, 43 ms at 48 kHz. The graph's thread has no real-time priority on Linux; by the default of 512 it misses
      // its time on two busy cores, and the microphone then yields 38-48 packets a second in place of 50.
      'media.cubeb_latency_mtg_frames': 2048,
      // After failures it waits for up to a minute before each WebSocket to the same host, in the tests that follow as well.
      'network.websocket.delay-failed-reconnects': false,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  },
};

function located(name: BrowserName): { channel?: string; executablePath?: string } {
  const found = findBrowser(name, browserPlaces);
  if (found === undefined) throw new Error(`No ${name} was found; "npm test" installs one.`);
  if (found.kind === 'own') return name === 'chromium' ? { channel: 'chromium' } : {};
  const { executablePath } = found;
  // A Firefox that is not Playwright's own build is driven by WebDriver BiDi.
  return name === 'chromium' ? { executablePath } : { executablePath, channel: 'moz-firefox' };
}

/**
 * Without the film of the page, which would take the processor that the talk needs. In CI without any: nobody looks at
 * it there, and to write it down takes its time beside each test.
 */
const lightTrace = { mode: 'retain-on-failure', screenshots: false } as const;

/** A project of the configuration: one browser, ready to hear and to be heard. */
export function project(name: BrowserName): PlaywrightTestProject {
  const { channel, executablePath } = located(name);
  return {
    name,
    ...leftOut(name),
    use: {
      browserName: name,
      // Chromium grants by context; Firefox has the preference.
      ...(name === 'chromium' && { permissions: ['microphone'], trace: inCi ? 'off' : lightTrace }),
      ...(channel !== undefined && { channel }),
      launchOptions: { ...launch[name], ...(executablePath !== undefined && { executablePath }) },
    },
  };
}
