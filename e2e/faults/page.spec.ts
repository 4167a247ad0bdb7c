import { setTimeout as delay } from 'node:timers/promises';
import { expect, oneBrowser, test, thoroughInFirefox } from '../test.ts';
import { Survival, talkInFullSwing } from './survival.ts';

const storageFaults = [
  {
    what: 'forbids all storage',
    title: 'This browser keeps nothing',
    fault: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    },
  },
  {
    what: 'has no room left',
    title: 'The browser has no room left',
    fault: () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
  },
];

for (const [index, { what, title, fault }] of storageFaults.entries()) {
  test(
    `a browser that ${what} talks all the same, and says what is not kept`,
    index === 0 ? {} : thoroughInFirefox,
    async ({ parley, context }) => {
      await context.addInitScript(fault);
      await parley.startTalking();
      await parley.type('What is two plus two?');
      await expect(parley.said('Assistant')).toContainText(/\b(4|four)\b/i);
      await expect(parley.problem(title)).toBeVisible();
      await parley.leave();
      await expect(parley.said('Assistant')).toContainText(/\b(4|four)\b/i);
      // Here it matters most: the transcript can still be downloaded.
      await expect(parley.problem(title)).toBeVisible();
    },
  );
}

test(
  'a clock that jumps back by an hour puts nothing in the wrong place',
  oneBrowser,
  async ({ parley }) => {
    await talkInFullSwing(parley);
    const survival = await Survival.of(parley, () =>
      parley.page.evaluate(() => {
        const now = Date.now.bind(Date);
        Date.now = () => now() - 3_600_000;
      }),
    );
    await parley.button('Interrupt').click();
    await survival.untilTalkGoesOn();
    expect(await parley.order()).toEqual([
      'You',
      'Assistant',
      'You',
      'Assistant',
      'You',
      'Assistant',
    ]);
  },
);

test('a page that is frozen in a hidden tab goes on when it is looked at again', async ({
  parley,
  context,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'Only Chromium freezes pages at a word.');
  await talkInFullSwing(parley);
  const session = await context.newCDPSession(parley.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await delay(5000);
  const survival = await Survival.of(parley, () =>
    session.send('Page.setWebLifecycleState', { state: 'active' }),
  );
  await survival.assertRemembered();
});
