import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SoundRoom } from '../barge-in/sound/sound-room.ts';

const run = promisify(execFile);

const players = z.array(
  z.object({ index: z.number(), owner_module: z.union([z.string(), z.number()]) }),
);

export interface WayBackOptions {
  /** Of what comes back to the microphone against what the speaker plays. */
  readonly gainDb: number;
  /** By about so much, in ms, the sound comes back late. */
  readonly delayMs: number;
}

/**
 * Leads what a room's speaker plays back to its microphone until the release is called. The sound server does it itself, so
 * that a busy machine neither tears the echo nor lets it fall behind.
 */
export async function leadBack(
  room: SoundRoom,
  { gainDb, delayMs }: WayBackOptions,
): Promise<() => Promise<void>> {
  const pactl = async (...words: string[]): Promise<string> => {
    const { stdout } = await run('pactl', words, { env: { ...process.env, ...room.env } });
    return stdout.trim();
  };
  const options = ['source=speaker.monitor', 'sink=mouth', `latency_msec=${delayMs}`];
  const module = await pactl('load-module', 'module-loopback', ...options);
  const release = async (): Promise<void> => {
    await pactl('unload-module', module);
  };
  const all = players.parse(JSON.parse(await pactl('-f', 'json', 'list', 'sink-inputs')));
  const player = all.find(({ owner_module: owner }) => String(owner) === module);
  if (!player) {
    await release();
    throw new Error('The sound server does not lead the speaker back.');
  }
  await pactl('set-sink-input-volume', String(player.index), `${gainDb}dB`);
  return release;
}
