import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { firstMicrophone, Microphone } from './audio/microphone.ts';
import { Speaker } from './audio/speaker.ts';
import { openSite } from './site/site.ts';
import { stack } from './stack/stack.ts';
import { expect, oneBrowser, test, thorough } from './test.ts';

/** What a site's visitor fetches at most before and while talking, gzipped, without the weights of the detector. */
const limitBytes = 300_000;

declare global {
  interface Window {
    /** What the site was told, by the names of the events. */
    told: string[];
    violations: string[];
    workersMade: number;
  }
}

/** One assistant in the page, as its visitor meets it. */
class Assistant {
  constructor(readonly element: Locator) {}

  button(name: string): Locator {
    return this.element.getByRole('button', { name, exact: true });
  }

  said(by: 'user' | 'assistant'): Locator {
    return this.element.locator(`.said.${by}`);
  }

  async untilIn(state: string): Promise<void> {
    await expect(this.element.locator('.state')).toContainText(state, { timeout: 25_000 });
  }

  async startTalking(button = 'Start talking'): Promise<void> {
    await this.button(button).click();
    await this.untilIn('Listening');
  }

  async type(words: string): Promise<void> {
    await this.element.getByRole('textbox', { name: 'Message' }).fill(words);
    await this.button('Send message').click();
  }
}

/** Opens the site and takes down what it is told and what its policy forbids. */
async function visit(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.violations = [];
    window.told = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.violations.push(`${violatedDirective} ${blockedURI}`),
    );
    window.workersMade = 0;
    window.Worker = class extends Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        window.workersMade += 1;
      }
    };
    for (const name of ['connected', 'problem', 'ended']) {
      addEventListener(`parley-${name}`, (event) => {
        const { code } = (event as CustomEvent<{ code?: string }>).detail;
        window.told.push(code ?? name);
      });
    }
  });
  await page.goto(stack.siteUrl);
}

/** What the site was told, without problems: a slow machine may have passing ones. */
function beginningsAndEnds(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.told.filter((told) => told === 'connected' || told === 'ended'),
  );
}

test('on a site of another origin, under the policy that is documented, one asks, is answered, cuts in and ends', async ({
  page,
  speech,
}) => {
  const site = await openSite('<parley-assistant></parley-assistant>');
  const assistant = new Assistant(page.locator('parley-assistant'));
  const microphone = new Microphone(page);
  const speaker = new Speaker(page);
  try {
    await visit(page);
    await assistant.startTalking();
    await microphone.say(await speech.clip('What is seventeen times twenty-three?'));
    await expect(assistant.said('user')).toContainText(
      /(17|seventeen) times,? (23|twenty.?three)/i,
    );
    await expect(assistant.said('assistant')).toContainText('391');

    await assistant.untilIn('Listening');
    const askedAtMs = await speaker.now();
    await assistant.type('Tell me a long story.');
    await speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 1500 });
    await microphone.say(await speech.clip('Stop, please. What time is it?'));
    await speaker.waitForSilence(1000);
    await expect(assistant.said('assistant').filter({ hasText: 'cut off here' })).toHaveCount(1);

    await assistant.button('End the talk').click();
    await expect(assistant.button('Talk again')).toBeVisible();
    expect(await beginningsAndEnds(page)).toEqual(['connected', 'ended']);
    // Nothing was forbidden, the detector ran beside the page, and the site is as it was.
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(await page.evaluate(() => window.told.join(' '))).not.toContain('detector');
    expect(
      await page.evaluate(() => [
        document.documentElement.lang,
        document.head.childElementCount,
        localStorage.length + sessionStorage.length,
      ]),
    ).toEqual(['de', 4, 0]);
    await expect(assistant.said('user').first()).toHaveCSS('text-transform', 'none');
  } finally {
    await site.close();
  }
});

test(
  'several on one page take turns, and one that is moved, taken out or put in again leaves nothing behind',
  thorough,
  async ({ page }) => {
    const site = await openSite(
      '<parley-assistant id="first"></parley-assistant><parley-assistant id="second"></parley-assistant>',
    );
    const first = new Assistant(page.locator('#first'));
    const second = new Assistant(page.locator('#second'));
    const microphone = new Microphone(page);
    try {
      await visit(page);
      await first.startTalking();
      await first.type('What is twelve times twelve?');
      await expect(first.said('assistant')).toContainText('144');

      await second.startTalking();
      await expect(first.button('Talk again')).toBeVisible();
      await expect(first.said('assistant')).toContainText('144');
      await expect(second.said('assistant')).toHaveCount(0);

      const element = await second.element.elementHandle();
      await element.evaluate((node) => document.body.prepend(node));
      await element.evaluate((node) => node.setAttribute('provider', 'openai'));
      await expect(second.element.locator('.notice')).toContainText('answers now');
      await second.untilIn('Listening');
      expect(await beginningsAndEnds(page)).toEqual(['connected', 'ended', 'connected']);

      await element.evaluate((node) => node.remove());
      await expect
        .poll(() => page.evaluate(() => window.microphone.isOpen('virtual-1')))
        .toBe(false);
      await element.evaluate((node) => document.body.append(node));
      await second.startTalking('Talk again');
      await microphone.untilOpen(firstMicrophone.id);
      expect(await page.evaluate(() => window.workersMade)).toBe(1);
    } finally {
      await site.close();
    }

    await page.goto('/embed/react.html');
    await new Assistant(page.locator('parley-assistant')).startTalking();
    await expect(page.locator('pre')).toContainText('onConnected');
    await page.getByRole('checkbox').uncheck();
    await expect(page.locator('parley-assistant')).toHaveCount(0);
  },
);

test('the assistant of a site comes to less than it may weigh', oneBrowser, () => {
  const folder = join(import.meta.dirname, '../dist/page/embed');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !file.startsWith('react-example'),
  );
  expect(files.length).toBeGreaterThan(10);
  const sizes = files.map((file) => gzipSync(readFileSync(join(folder, file))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(limitBytes);
});
