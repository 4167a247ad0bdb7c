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

  /** Writes into a field of the provider, and resolves when that is in effect. */
  async write(label: string, text: string): Promise<void> {
    await this.open();
    await this.dialog.getByRole('textbox', { name: label, exact: true }).fill(text);
    await this.untilInEffect();
    await this.close();
  }

  tool(title: string): Locator {
    return this.dialog.getByRole('checkbox', { name: title });
  }

  /** In a conversation: lets another provider go on with it, and resolves when it answers. */
  async answerWith(name: string): Promise<void> {
    await this.open();
    await this.provider(name).check();
    await this.close();
    await expect(this.parley.engine).toContainText(name);
    await this.parley.untilListening();
  }

  /** Lets the person hold each turn; `note` is what the dialog says of that. */
  async holdToTalk(note: RegExp): Promise<void> {
    await this.open();
    const choice = this.dialog.getByRole('radio', { name: /^Push to talk/ });
    await expect(choice).toHaveAccessibleName(/Push to talk/);
    await expect(choice).toHaveAccessibleDescription(note);
    await choice.check();
    await this.untilInEffect();
    await this.close();
  }

  /** By the menu outside of the dialog: conversation, push to talk or captions. */
  async talkBy(mode: 'Push to talk' | 'Captions'): Promise<void> {
    const { page } = this.parley;
    await page.getByRole('button', { name: /^How you talk/ }).click();
    await page.getByRole('menuitemradio', { name: mode }).click();
  }

  get voice(): Locator {
    return this.dialog.getByRole('combobox', { name: 'Voice' });
  }

  get instructions(): Locator {
    return this.dialog.getByRole('textbox', { name: 'What the assistant should keep to' });
  }

  /** The last change has reached whoever answers. */
  async untilInEffect(): Promise<void> {
    await expect(this.dialog.getByRole('status').filter({ hasText: /^In effect/ })).toBeVisible();
  }
}
