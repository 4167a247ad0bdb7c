import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, firefox } from '@playwright/test';
import { projectRoot } from '../root.ts';
import { browserNames, findBrowser, type BrowserName, type BrowserPlaces } from './browsers.ts';
import { findOnPath } from './on-path.ts';
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
  run(process.execPath, [cli, 'install', '--with-deps', ...missing]);
  missing = missingBrowsers();
  if (missing.length > 0 && findOnPath(['apt-get']) !== undefined) {
    terminal.step('Playwright has none for this machine; trying the packages of the system');
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const apt = [...asRoot, 'apt-get'];
    runAll(apt, ['update']);
    runAll(apt, ['install', '-y', ...missing.flatMap((name) => systemPackages[name])]);
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

function runAll([program = '', ...first]: readonly string[], args: readonly string[]): void {
  run(program, [...first, ...args]);
}

function run(program: string, args: readonly string[]): void {
  spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
