import type { Locator } from '@playwright/test';
import type { Parley } from './parley.ts';
import { expect, oneBrowser, test } from './test.ts';

const question = (parley: Parley): Locator =>
  parley.page.getByRole('dialog', { name: 'May the look of the page change?' });

test(
  'the assistant turns the page dark if it may, and says so if it may not',
  oneBrowser,
  async ({ parley }) => {
    await parley.page.emulateMedia({ colorScheme: 'light' });
    await parley.startTalking();
    const root = parley.page.locator('html');
    await expect(root).toHaveAttribute('data-theme', 'light');

    await parley.type('Dark theme, please.');
    await expect(question(parley)).toContainText('To the dark theme.');
    await expect(root).toHaveAttribute('data-theme', 'light');
    await question(parley).getByRole('button', { name: 'Allow once' }).click();
    await expect(root).toHaveAttribute('data-theme', 'dark');
    await expect(parley.said('Assistant').last()).toContainText('The page is dark now.');

    await parley.type('Light theme, please.');
    await question(parley).getByRole('button', { name: 'No', exact: true }).click();
    await expect(parley.said('Assistant').last()).toContainText('I will leave that');
    await expect(root).toHaveAttribute('data-theme', 'dark');
  },
);

test(
  'a document that is given in the conversation is answered from, until it is taken away',
  oneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.page.locator('input[type=file]').setInputFiles({
      name: 'lighthouse.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Keeper\n\nThe lighthouse keeper of Skerry is Morag Sinclair.\n'),
    });
    await expect(parley.transcript).toContainText(
      '“lighthouse.md” can be asked about (1 passage).',
    );

    await parley.type('Who is the lighthouse keeper of Skerry?');
    await expect(parley.said('Assistant').last()).toContainText('Morag Sinclair');

    await parley.untilListening();
    await parley.button('Take lighthouse.md away').click();
    await expect(parley.transcript).toContainText('“lighthouse.md” was taken away.');
    await parley.type('Who is the lighthouse keeper of Skerry?');
    await expect(parley.said('Assistant')).toHaveCount(2);
    await expect(parley.said('Assistant').last()).not.toContainText('Morag');
  },
);
