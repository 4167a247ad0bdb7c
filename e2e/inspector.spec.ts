import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { savedText } from './saved-file.ts';
import { expect, oneBrowser, test } from './test.ts';

interface Exported {
  readonly turns: readonly {
    readonly said: string;
    readonly durationsMs: Readonly<Record<string, number>>;
    readonly cut?: { readonly by: string };
    readonly tools: readonly { readonly name: string; readonly outcome: string }[];
    readonly marks: readonly { readonly kind: string; readonly atMs: number }[];
    readonly speechProbability: readonly { readonly probability: number }[];
  }[];
}

/** The window that shows each turn of the conversation. */
class Inspector {
  readonly window: Locator;

  constructor(private readonly page: Page) {
    this.window = page.getByRole('dialog', { name: 'Turns in detail' });
  }

  /** The turn whose line has these words. */
  async choose(words: RegExp): Promise<void> {
    await this.window
      .getByRole('list', { name: 'Turns' })
      .getByRole('button', { name: words })
      .click();
  }

  /** What happened in the turn that is looked at, in the order of time. */
  async marks(): Promise<string[]> {
    const table = this.window.getByRole('table', { name: 'What happened in this turn' });
    return table.locator('tbody tr td:nth-child(2)').allTextContents();
  }

  async save(format: 'JSON' | 'CSV'): Promise<string> {
    return savedText(this.page, () =>
      this.window.getByRole('button', { name: `Save as ${format}` }).click(),
    );
  }
}

/** The beginnings of marks in the order in which each first stands; those that stand nowhere are left out. */
function orderOf(marks: readonly string[], wanted: readonly string[]): string[] {
  const placeOf = (beginning: string): number =>
    marks.findIndex((mark) => mark.startsWith(beginning));
  return wanted
    .filter((beginning) => placeOf(beginning) >= 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

test(
  'each turn shows what happened when, and can be saved',
  oneBrowser,
  async ({ parley, page }) => {
    test.slow();
    const inspector = new Inspector(page);
    await parley.startTalking();
    await page.keyboard.press('i');
    await expect(inspector.window).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(inspector.window).toBeHidden();

    await parley.untilListening();
    await parley.ask('What is seventeen times twenty-three?', '391');
    await parley.playStory();
    await parley.say('Stop, please. What time is it?');
    await expect(parley.cutReply()).toHaveCount(1, { timeout: 20_000 });

    await parley.button('Look into each turn').click();
    await inspector.choose(/what is (seventeen|17)/i);
    const asked = [
      'Page hears speech begin',
      'Page hears speech end',
      'Turn taken for over',
      'First sound at the assistant',
      'First sound in this page',
      'Last sound in this page',
    ];
    await expect.poll(async () => orderOf(await inspector.marks(), asked)).toEqual(asked);
    const tool = ['Tool began', 'Tool ended', 'First sound in this page'];
    expect(orderOf(await inspector.marks(), tool)).toEqual(tool);
    await inspector.choose(/long story/i);
    const cut = ['Message sent', 'First sound in this page', 'Answer cut: speech'];
    await expect.poll(async () => orderOf(await inspector.marks(), cut)).toEqual(cut);

    const { turns } = JSON.parse(await inspector.save('JSON')) as Exported;
    const question = turns.find(({ said }) => /what is (seventeen|17)/i.test(said));
    expect(question?.tools).toMatchObject([{ outcome: 'done' }]);
    expect(question?.durationsMs['answer']).toBeGreaterThan(0);
    expect(question?.speechProbability.some(({ probability }) => probability > 0.5)).toBe(true);
    expect(turns.find(({ cut }) => cut)?.said).toBe('Tell me a long story.');
    expect(await inspector.save('CSV')).toMatch(/^turn,via,[^]*,Tell me a long story\.,/);

    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    const overhang = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overhang).toBeLessThanOrEqual(0);

    await page.keyboard.press('Escape');
    await parley.leave();
    await page.reload();
    await parley.button('History').click();
    const history = page.getByRole('dialog', { name: 'History' });
    await history.getByRole('listitem').getByRole('button').first().click();
    await history.getByRole('button', { name: 'Turns', exact: true }).click();
    await inspector.choose(/long story/i);
    await expect.poll(async () => orderOf(await inspector.marks(), cut)).toEqual(cut);
  },
);
