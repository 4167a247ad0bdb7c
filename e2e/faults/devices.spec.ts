import type { Page } from '@playwright/test';
import { savedText } from '../saved-file.ts';
import { expect, test } from '../test.ts';
import { Survival, talkInFullSwing } from './survival.ts';

interface SoundFaults {
  /** Suspends the sound of the page, and lets it go on again only when it may. */
  suspend(mayResume: boolean): Promise<void>;
  allow(): void;
  /** Pauses every element that plays, as a key for media does. */
  pause(): void;
  arePlaying(): boolean;
}

declare global {
  interface Window {
    soundFaults: SoundFaults;
  }
}

/** Runs in the page before its own scripts: what a browser may do to the sound, at a word. */
function installSoundFaults(): void {
  let mayResume = true;
  const contexts: AudioContext[] = [];
  const elements: HTMLAudioElement[] = [];
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      // The tests' own ears and microphone ask for nothing in particular; some are closed as soon as they were tried.
      if (options?.latencyHint !== undefined) contexts.push(this);
    }
    override resume(): Promise<void> {
      return mayResume ? super.resume() : new Promise(() => undefined);
    }
  };
  window.Audio = class extends Audio {
    constructor(source?: string) {
      super(source);
      elements.push(this);
    }
  };
  const fed = (): HTMLAudioElement[] => elements.filter(({ srcObject }) => srcObject !== null);
  window.soundFaults = {
    suspend: async (may) => {
      mayResume = may;
      const running = contexts.filter(({ state }) => state === 'running');
      await Promise.all(running.map((context) => context.suspend()));
    },
    allow: () => {
      mayResume = true;
    },
    pause: () => {
      for (const element of fed()) element.pause();
    },
    arePlaying: () => fed().every(({ paused }) => !paused),
  };
}

/** How long it took until a second of sound was heard, in ms. */
async function untilHeardAgain(
  parley: { speaker: { now(): Promise<number>; waitForSound(o: object): Promise<void> } },
  sinceMs: number,
): Promise<number> {
  await parley.speaker.waitForSound({ sinceMs, lengthMs: 1000 });
  return Math.round((await parley.speaker.now()) - sinceMs);
}

async function savedLog(page: Page): Promise<string> {
  return savedText(page, () =>
    page.getByRole('button', { name: 'Save a log of this page' }).first().click(),
  );
}

test('sound that the browser takes away in mid-talk comes back by itself, and the log says so', async ({
  parley,
  context,
}) => {
  await context.addInitScript(installSoundFaults);
  await talkInFullSwing(parley);
  const { page } = parley;

  let sinceMs = await parley.speaker.now();
  await page.evaluate(() => window.soundFaults.suspend(true));
  const suspendedMs = await untilHeardAgain(parley, sinceMs);

  sinceMs = await parley.speaker.now();
  await page.evaluate(() => window.soundFaults.pause());
  await expect.poll(() => page.evaluate(() => window.soundFaults.arePlaying())).toBe(true);
  const pausedMs = await untilHeardAgain(parley, sinceMs);
  await expect(parley.problems).toHaveCount(0);

  await page.evaluate(() => window.soundFaults.suspend(false));
  await expect(parley.problem('The browser keeps the sound off')).toBeVisible();
  await expect(parley.button('Turn sound on').first()).toBeVisible();
  sinceMs = await parley.speaker.now();
  await page.evaluate(() => window.soundFaults.allow());
  const allowedMs = await untilHeardAgain(parley, sinceMs);
  await expect(parley.problem('The browser keeps the sound off')).toBeHidden();
  test.info().annotations.push({
    type: 'heard again after, ms',
    description: JSON.stringify({ suspendedMs, pausedMs, allowedMs }),
  });

  const survival = await Survival.of(parley, () => undefined);
  await survival.assertTranscriptKept();
  await parley.button('Sound and devices').click();
  const log = await savedLog(page);
  expect(log).toContain('sound_blocked');
  expect(log).toMatch(/"conversation": "[\da-f-]{36}"/);
  expect(log).not.toMatch(/colour|long story|eyJ/);
});
