import { randomUUID } from 'node:crypto';
import { test as base } from '@playwright/test';
import { untilNotStarved } from '../server/testing/starvation.ts';
import { installMicrophone, installSpeaker } from './audio/install.ts';
import { Speech } from './fixtures/speech.ts';
import { Parley } from './parley.ts';
import { timeLeftMs } from './stack/deadline.ts';
import { followHost, refuseFairTry } from './stack/tries.ts';

/** Where a run has no limit, a test waits so long at most for a machine that its host does not starve, in ms. */
const shortWaitMs = 15_000;
/** A further try waits so long, times its number. */
const retryWaitMs = 90_000;

interface Options {
  /** Off where the browser's own capture is the thing under test. */
  virtualMicrophone: boolean;
}

interface Fixtures {
  /** Looks, before anything else of a test, whether there is time for it. */
  time: undefined;
  parley: Parley;
  /** Another person at another browser. */
  otherParley: Parley;
  /** A name that no other test has. */
  roomName: string;
}

/** Playwright's `test`, with a page that can be spoken to and listened to. */
export const test = base.extend<Options & Fixtures, { speech: Speech }>({
  virtualMicrophone: [true, { option: true }],

  speech: [
    async ({}, use) => {
      const speech = new Speech();
      await use(speech);
      await speech.stop();
    },
    { scope: 'worker' },
  ],

  time: [
    async ({}, use, testInfo) => {
      const { retry } = testInfo;
      await refuseFairTry(testInfo);
      if (retry > 0) await untilNotStarved(retry * retryWaitMs, 4);
      else {
        const leftMs = timeLeftMs();
        await untilNotStarved(Number.isFinite(leftMs) ? leftMs : shortWaitMs, 1);
        testInfo.skip(timeLeftMs() === 0, 'No time was left for it.');
      }
      const unfollow = followHost(testInfo);
      await use(undefined);
      await unfollow();
    },
    { auto: true, timeout: 2 * 3_600_000 },
  ],

  roomName: async ({}, use) => use(`e2e-${randomUUID()}`),

  context: async ({ context, virtualMicrophone }, use) => {
    await installSpeaker(context);
    if (virtualMicrophone) await installMicrophone(context);
    await use(context);
  },

  parley: async ({ page, speech }, use, testInfo) => {
    const parley = new Parley(page, speech);
    await use(parley);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('transcript', { body: await parley.transcriptText() });
      // With the details, which are folded up on the page.
      const problems = await parley.problems.allTextContents();
      if (problems.length > 0) await testInfo.attach('problems', { body: problems.join('\n') });
    }
  },

  otherParley: async ({ browser, speech }, use) => {
    const context = await browser.newContext();
    await installSpeaker(context);
    await installMicrophone(context);
    await use(new Parley(await context.newPage(), speech));
    await context.close();
  },
});

export { expect } from '@playwright/test';
export {
  furtherCases,
  oneBrowser,
  thorough,
  thoroughInFirefox,
  thoroughInOneBrowser,
} from './stack/scope.ts';
