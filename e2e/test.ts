import { randomUUID } from 'node:crypto';
import { test as base } from '@playwright/test';
import { installMicrophone, installSpeaker } from './audio/install.ts';
import { Speech } from './fixtures/speech.ts';
import { Parley } from './parley.ts';
import { isTooLate } from './stack/deadline.ts';
import { untilNotStarved } from './stack/starvation.ts';

/** A further try waits so long at most, times its number, for a machine that has time for it. */
const waitBeforeRetryMs = 60_000;

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
      testInfo.skip(testInfo.retry === 0 && isTooLate(), 'No time was left for it.');
      if (testInfo.retry > 0) await untilNotStarved(testInfo.retry * waitBeforeRetryMs);
      await use(undefined);
    },
    { auto: true, timeout: 5 * waitBeforeRetryMs },
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
