import { expect, type Locator } from '@playwright/test';
import type { Parley } from './parley.ts';

/** The settings dialog, as a person uses it. */
export class Settings {
  readonly dialog: Locator;

  constructor(private readonly parley: Parley) {
    this.dialog = parley.page.getByRole('dialog', { name: 'Settings' });
  }

  async open(): Promise<void> {
    await this.parley.button('Settings').click();
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.parley.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  provider(name: string): Locator {
    return this.dialog.getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  /** In a conversation: lets another provider go on with it, and resolves when it answers. */
  async answerWith(name: string): Promise<void> {
    await this.open();
    await this.provider(name).check();
    await this.close();
    await expect(this.parley.engine).toContainText(name);
    await this.parley.untilListening();
  }
}
