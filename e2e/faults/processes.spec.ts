import { setTimeout as delay } from 'node:timers/promises';
import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from '../test.ts';
import { jobMegabytes } from '../stack/stack.ts';
import { freeze, kill, parts, takeMemory, untilWorkerIsReady } from './parts.ts';
import { Survival, talkInFullSwing } from './survival.ts';

test.skip(process.platform !== 'linux', 'The processes of the stack are found in /proc.');

test.afterEach(() => untilWorkerIsReady());

test('LiveKit is killed in the midst of a reply', thoroughInFirefox, async ({ parley }) => {
  await talkInFullSwing(parley);
  const survival = await Survival.of(parley, async () => kill(await parts.livekit()));
  await survival.untilTalkGoesOn();
  await expect(parley.problems).toHaveCount(0);
});

test('the worker is killed in the midst of a reply', oneBrowser, async ({ parley }) => {
  await talkInFullSwing(parley);
  const survival = await Survival.of(parley, async () => kill(await parts.worker()));
  await survival.untilTalkGoesOn();
  await expect(parley.problems).toHaveCount(0);
});

test(
  'the process of the conversation is killed in the midst of a reply',
  oneBrowser,
  async ({ parley }) => {
    await talkInFullSwing(parley);
    const survival = await Survival.of(parley, async () => kill(...(await parts.jobs())));
    await survival.untilTalkGoesOn();
    await expect(parley.problems).toHaveCount(0);
  },
);

test(
  'the process of the conversation hangs in the midst of a reply',
  thoroughInOneBrowser,
  async ({ parley }) => {
    await talkInFullSwing(parley);
    let release = (): void => undefined;
    const survival = await Survival.of(parley, async () => {
      release = freeze(...(await parts.jobs()));
    });
    try {
      await survival.untilTalkGoesOn();
    } finally {
      release();
    }
  },
);

test(
  'what was asked of a process that hangs is answered by the next one, once',
  oneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.type('Remember that I walk to work.');
    await expect(parley.said('Assistant')).toHaveCount(1);
    await parley.untilListening();
    const release = freeze(...(await parts.jobs()));
    try {
      await parley.type('What is 17 times 23?');
      await expect(parley.said('Assistant').last()).toContainText('391', { timeout: 60_000 });
      await parley.untilListening();
      await expect(parley.said('Assistant').filter({ hasText: '391' })).toHaveCount(1);
      await expect(parley.said('You')).toHaveCount(2);
    } finally {
      release();
    }
  },
);

test(
  'the process of the conversation uses up its memory in the midst of a reply',
  thoroughInOneBrowser,
  async ({ parley }) => {
    await talkInFullSwing(parley);
    // The newest: a room that was left is served for a while.
    const job = Math.max(...(await parts.jobs()));
    const survival = await Survival.of(parley, () => takeMemory(job, jobMegabytes));
    // Whoever looks after the jobs looks at their memory every five seconds.
    await expect.poll(() => parts.jobs(), { timeout: 15_000 }).not.toContain(job);
    await survival.untilTalkGoesOn();
    await expect(parley.problems).toHaveCount(0);
  },
);

test('there is no worker for a while', thoroughInOneBrowser, async ({ parley }) => {
  await talkInFullSwing(parley);
  // A launcher that stands still starts nothing again.
  const release = freeze(await parts.launcher());
  try {
    kill(await parts.worker());
    await expect(parley.problem('The assistant has not come yet')).toBeVisible({ timeout: 20_000 });
    await delay(5000);
  } finally {
    release();
  }
  const survival = await Survival.of(parley, () => undefined);
  await survival.untilTalkGoesOn(40_000);
  await expect(parley.problems).toHaveCount(0);
});

test('the speech engine is killed in the midst of a reply', oneBrowser, async ({ parley }) => {
  await talkInFullSwing(parley);
  const survival = await Survival.of(parley, async () => kill(await parts.engine()));
  await survival.untilTalkGoesOn();
});
