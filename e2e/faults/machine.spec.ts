import { expect, test, thorough } from '../test.ts';
import { freezeFor, parts } from './parts.ts';
import { Survival, talkInFullSwing } from './survival.ts';

test.skip(process.platform !== 'linux', 'The processes of the browser are found in /proc.');

for (const sleptMs of [10_000, 70_000]) {
  test(
    `the machine with the browser sleeps for ${sleptMs / 1000} s`,
    thorough,
    async ({ parley }) => {
      test.setTimeout(sleptMs + 140_000);
      await talkInFullSwing(parley);
      await freezeFor(sleptMs, ...(await parts.browser()));
      const survival = await Survival.of(parley, () => undefined);
      await survival.untilTalkGoesOn();
      await expect(parley.problems).toHaveCount(0);
    },
  );
}
