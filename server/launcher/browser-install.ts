import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, firefox } from '@playwright/test';
import { projectRoot } from '../root.ts';
import { aptInstall, hasApt } from './apt.ts';
import { browserNames, findBrowser, type BrowserName, type BrowserPlaces } from './browsers.ts';
import { PlainFailure } from './plain-failure.ts';
import type { Terminal } from './terminal.ts';

export const browserPlaces: BrowserPlaces = {
  environment: process.env,
  ownPath: (name) => ({ chromium, firefox })[name].executablePath(),
};

/** Firefox takes its clock for sound from a sound server; without one the tests run on its mock, which is slow. */
const systemPackages: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr', 'pulseaudio'],
};

/** Installs the browsers of the tests that are missing: Playwright's, else the system's packages. */
export function obtainBrowsers(terminal: Terminal): void {
  let missing = missingBrowsers();
  if (missing.length === 0) return;
  terminal.step(`Installing ${missing.join(' and ')} for the tests`);
  const cli = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', '--with-deps', ...missing], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  missing = missingBrowsers();
  if (missing.length > 0 && hasApt()) {
    terminal.step('Playwright has none for this machine; trying the packages of the system');
    aptInstall(missing.flatMap((name) => systemPackages[name]));
    missing = missingBrowsers();
  }
  if (missing.length === 0) return;
  throw new PlainFailure(
    `The tests need ${missing.join(' and ')}, and installing failed. Install by hand, ` +
      'or set CHROMIUM_PATH and FIREFOX_PATH to the programs.',
  );
}

export function missingBrowsers(): BrowserName[] {
  return browserNames.filter((name) => findBrowser(name, browserPlaces) === undefined);
}
