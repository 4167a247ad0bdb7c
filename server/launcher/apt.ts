import { spawnSync } from 'node:child_process';
import { findOnPath } from './on-path.ts';

/** Whether packages of the system can be tried here. */
export function hasApt(): boolean {
  return findOnPath(['apt-get']) !== undefined;
}

/** Installs packages of Debian or Ubuntu, as far as this user may; whether it worked is for the caller to see. */
export function aptInstall(packages: readonly string[]): void {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', ...packages]]) {
    const [program = '', ...rest] = [...asRoot, 'apt-get', ...args];
    spawnSync(program, rest, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}
