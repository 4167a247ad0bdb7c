import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, thorough } from '../test.ts';
import { freeze, parts } from './parts.ts';
import { Survival, talkInFullSwing } from './survival.ts';

test.skip(process.platform !== 'linux', 'The processes of the browser are found in /proc.');

for (const sleptMs of [10_000, 70_000]) {
  test(
    `the machine with the browser sleeps for ${sleptMs / 1000} s`,
    thorough,
    async ({ parley }) => {
      test.setTimeout(sleptMs + 140_000);
      await talkInFullSwing(parley);
      const wake = freeze(...(await parts.browser()));
      try {
        await delay(sleptMs);
      } finally {
        wake();
      }
      const survival = await Survival.of(parley, () => undefined);
      await survival.untilTalkGoesOn();
      await expect(parley.problems).toHaveCount(0);
    },
  );
}
