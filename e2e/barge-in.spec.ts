import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { firstMicrophone, secondMicrophone } from './audio/microphone.ts';
import { backchannel } from './fixtures/backchannel.ts';
import { Parley } from './parley.ts';
import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

/** The assistant needs words to be cut by, which takes it about a second; the page is to need a fraction of that. */
const inPageLimitMs = 700;

/** The panel that shows how cutting in is decided. */
class Panel {
  readonly region: Locator;

  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'How cutting in is decided' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('v');
    await expect(this.region).toBeVisible();
    // The detector is there when its frames are.
    await expect(this.figure('Age of frames')).toContainText(/\d+ ms/);
  }

  figure(name: string): Locator {
    return this.region.locator('dl > div').filter({ hasText: name }).locator('dd');
  }

  async expectCounts(counts: string | RegExp): Promise<void> {
    await expect(this.figure('So far')).toHaveText(counts);
  }
}

/** Says it, and resolves with for how long the assistant was heard from its first sample on, in ms. */
async function heardAfterSpeaking(parley: Parley, words: string): Promise<number> {
  const sinceMs = await parley.speaker.now();
  const said = parley.say(words);
  await parley.speaker.waitForSilence(400);
  const heardMs = await parley.speaker.soundedForMs(sinceMs);
  await said;
  return heardMs;
}

/** Has the assistant tell what it can do, and resolves when it is heard. */
async function beginHelp(parley: Parley): Promise<void> {
  const askedAtMs = await parley.speaker.now();
  await parley.type('What can you do?');
  await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 600 });
}

/** Its first and its last words, with nothing cut and nothing still to come. */
async function expectWholeHelp(parley: Parley): Promise<void> {
  await expect
    .poll(async () => (await parley.saidWords('Assistant')).join('|'), { timeout: 40_000 })
    .toMatch(/^I can tell the time [^|]* And cut in whenever you like\.\s*$/);
  await expect(parley.cutReply()).toHaveCount(0);
}

async function choose(parley: Parley, sensitivity: string): Promise<void> {
  await parley.button('Sound and devices').click();
  await parley.page.getByRole('radio', { name: sensitivity }).check();
  await parley.page.keyboard.press('Escape');
}

async function expectNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  expect.soft(found, where).toEqual([]);
}

test('speech silences the reply in the page before the assistant could', async ({
  parley,
  page,
}) => {
  const panel = new Panel(page);
  await parley.startTalking();
  await panel.open();
  await parley.playStory();
  const heardMs = await heardAfterSpeaking(parley, 'Stop, please. What time is it?');

  expect(heardMs).toBeLessThan(inPageLimitMs);
  await expect(parley.cutReply()).toContainText('Here is the story');
  await expect(parley.said('You').last()).toContainText(/what time is it/i);
  await expect(panel.figure('Last time you cut in')).toHaveText(
    /^Lowered after \d+ ms, cut after \d+ ms$/,
  );
  await panel.expectCounts('1 lowered, 0 false alarms, 1 cut');
});

test(
  'a hum lowers the voice, and nothing of the reply is lost',
  thoroughInFirefox,
  async ({ parley, page }) => {
    const panel = new Panel(page);
    await parley.startTalking();
    await panel.open();
    await beginHelp(parley);
    const hum = await backchannel();
    // On a busy machine so short a sound may be lost before it reaches the page; then one hums again.
    await expect(async () => {
      await parley.microphone.say(hum);
      await expect(panel.figure('So far')).toHaveText('1 lowered, 1 false alarms, 0 cut', {
        timeout: 2500,
      });
    }).toPass({ timeout: 15_000 });
    await expectWholeHelp(parley);
  },
);

test(
  'signs of listening neither cut the reply nor are answered',
  thoroughInFirefox,
  async ({ parley, page }) => {
    const panel = new Panel(page);
    await parley.startTalking();
    await panel.open();
    await beginHelp(parley);
    await parley.say('Yeah, okay.');

    await expectWholeHelp(parley);
    await expect(parley.said('You')).toHaveCount(1);
    await expect(panel.figure('So far')).toHaveText(/ 0 cut$/);
  },
);

test(
  'sound that was suspended and a microphone that was muted leave the person heard',
  thoroughInFirefox,
  async ({ parley, page }) => {
    await page.addInitScript(() => {
      const contexts: AudioContext[] = [];
      const Native = window.AudioContext;
      window.AudioContext = class extends Native {
        constructor(...args: ConstructorParameters<typeof AudioContext>) {
          super(...args);
          contexts.push(this);
        }
      };
      Object.assign(window, {
        sleepAndWake: async () => {
          const running = contexts.filter(({ state }) => state === 'running');
          await Promise.all(running.map((context) => context.suspend()));
          await Promise.all(running.map((context) => context.resume()));
          return running.length;
        },
      });
    });
    const panel = new Panel(page);
    await parley.startTalking();
    await panel.open();
    expect(await page.evaluate('window.sleepAndWake()')).toBeGreaterThan(0);
    await parley.button('Mute microphone').click();
    await parley.button('Unmute microphone').click();
    await expect(parley.button('Mute microphone')).toBeEnabled();

    await parley.playStory();
    const heardMs = await heardAfterSpeaking(parley, 'Stop, please. What time is it?');
    expect(heardMs).toBeLessThan(inPageLimitMs);
    await expect(parley.cutReply()).toContainText('Here is the story');
    await panel.expectCounts('1 lowered, 0 false alarms, 1 cut');
  },
);

test(
  'switched off, cutting in is left to the assistant, in this browser from then on',
  thoroughInOneBrowser,
  async ({ parley, page, speech }) => {
    const panel = new Panel(page);
    await parley.startTalking();
    await choose(parley, 'Off');
    await panel.open();
    await parley.playStory();
    await parley.say('Stop, please. What time is it?');

    await expect(parley.cutReply()).toContainText('Here is the story');
    await panel.expectCounts('0 lowered, 0 false alarms, 0 cut');
    await parley.leave();
    const later = new Parley(await page.context().newPage(), speech);
    await later.startTalking();
    await later.button('Sound and devices').click();
    await expect(later.page.getByRole('radio', { name: 'Off' })).toBeChecked();
  },
);

test('a room is listened to, and what suits it is recommended', async ({ parley, page }) => {
  await parley.startTalking();
  await parley.button('Sound and devices').click();
  await parley.button('Tune to my room').click();
  await expect(page.getByText('Please stay quiet')).toBeVisible();
  await expect(parley.button('Unmute microphone')).toBeAttached();
  // The virtual room is quiet, and nothing leads from its speaker to its microphone.
  await expect(page.getByText('Your room is quiet')).toBeVisible({ timeout: 20_000 });
  await parley.button('Use “Eager”').click();
  await expect(page.getByRole('radio', { name: 'Eager' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(parley.button('Mute microphone')).toBeEnabled();
  await parley.ask('What is seventeen times twenty-three?', '391');
});

test('when the worker dies in mid-call, the page goes on by itself and says so', async ({
  parley,
  page,
}) => {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Native = window.Worker;
    window.Worker = class extends Native {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
    Object.assign(window, { endWorkers: () => workers.forEach((worker) => worker.terminate()) });
  });
  const panel = new Panel(page);
  await parley.startTalking();
  await panel.open();
  await page.evaluate('window.endWorkers()');
  await expect(parley.problem('Cutting in by voice may be slower')).toBeVisible({
    timeout: 20_000,
  });
  await expect(panel.figure('Age of frames')).toContainText(/\d+ ms/);

  await parley.playStory();
  const heardMs = await heardAfterSpeaking(parley, 'Stop, please. What time is it?');
  expect(heardMs).toBeLessThan(inPageLimitMs);
  await expect(parley.cutReply()).toContainText('Here is the story');
  // How often it is lowered before that is up to how soft the words begin.
  await panel.expectCounts(/, 1 cut$/);
});

test(
  'a hundred changes of the microphone leave nothing behind, and it is still heard',
  thoroughInFirefox,
  async ({ parley, page }) => {
    await page.addInitScript(() => {
      const attached = new Set<AudioNode>();
      const native = {
        create: Object.getOwnPropertyDescriptor(AudioContext.prototype, 'createMediaStreamSource')
          ?.value as AudioContext['createMediaStreamSource'],
        disconnect: Object.getOwnPropertyDescriptor(AudioNode.prototype, 'disconnect')?.value as (
          ...to: unknown[]
        ) => void,
      };
      AudioContext.prototype.createMediaStreamSource = function (stream) {
        const source = native.create.call(this, stream);
        attached.add(source);
        return source;
      };
      AudioNode.prototype.disconnect = function (...to: unknown[]) {
        if (to.length === 0) attached.delete(this);
        native.disconnect.apply(this, to);
      };
      Object.assign(window, { attachedSources: () => attached.size });
    });
    const panel = new Panel(page);
    await parley.startTalking();
    await panel.open();
    const before = await page.evaluate('window.attachedSources()');
    await parley.button('Sound and devices').click();
    const picker = page.getByRole('combobox', { name: 'Microphone' });
    for (let round = 0; round < 50; round += 1) {
      for (const { label, id } of [secondMicrophone, firstMicrophone]) {
        await picker.selectOption({ label });
        await parley.microphone.untilOpen(id);
      }
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('window.attachedSources()')).toBe(before);

    await parley.playStory();
    await parley.say('Stop, please. What time is it?');
    await expect(parley.cutReply()).toContainText('Here is the story');
    await panel.expectCounts('1 lowered, 0 false alarms, 1 cut');
  },
);

test(
  'a microphone that gives nothing at all is reported, and so is its return',
  thoroughInFirefox,
  async ({ parley }) => {
    const title = 'The microphone delivers no sound';
    await parley.startTalking();
    await parley.microphone.switchOff(true);
    await expect(parley.problem(title)).toBeVisible();
    await parley.microphone.switchOff(false);
    await expect(parley.problem(title)).toBeHidden();

    // Muted, it is silent for a good reason; unmuted, it is a new question.
    await parley.button('Mute microphone').click();
    await parley.microphone.switchOff(true);
    await parley.button('Unmute microphone').click();
    await expect(parley.problem(title)).toBeVisible();
  },
);

for (const theme of ['light', 'dark'] as const) {
  test(
    `the panel and the setting are no barrier, ${theme}`,
    theme === 'light' ? oneBrowser : thoroughInOneBrowser,
    async ({ parley, page }) => {
      await parley.open();
      const other = page.getByRole('button', { name: `Use the ${theme} theme` });
      if (await other.isVisible()) await other.click();
      await parley.button('Start talking').click();
      await parley.untilListening();
      const panel = new Panel(page);
      await panel.open();
      await expectNoViolation(page, 'panel');
      await parley.button('Sound and devices').click();
      await expect(page.getByRole('radio', { name: 'Normal' })).toBeChecked();
      await expectNoViolation(page, 'setting');
      await page.keyboard.press('Escape');

      await panel.region.getByRole('button', { name: 'Close' }).click();
      await expect(panel.region).toBeHidden();
      await expect(parley.button('Watch how cutting in is decided')).toBeFocused();
    },
  );
}
