import type { Page } from '@playwright/test';

/** A reply that was paused goes on within this time, in ms, or it has ended. */
const pausedForMs = 1200;
const answerLimitMs = 8000;

export interface Transcript {
  readonly rows: readonly string[];
  /** What was taken for said by the person; typed messages are none of it. */
  readonly wordsHeard: readonly string[];
  /** Replies that were cut off. */
  readonly cut: number;
}

/** An assistant that is asked for its story again whenever it has come to the end. */
export class StoryTold {
  readonly #page: Page;
  /** Wall clock, in ms, of the last request. */
  #askedAtMs = 0;
  #asked = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  get asked(): number {
    return this.#asked;
  }

  /** For how long, in ms, the story that was asked for last may have been going on. */
  get goneOnForMs(): number {
    return Date.now() - this.#askedAtMs;
  }

  /** Has the assistant begin its story; what is being said is dropped. Rejects when nothing is said for 8 s. */
  async ask(): Promise<void> {
    const message = this.#page.getByRole('textbox', { name: 'Message' });
    await message.fill('Tell me a long story.');
    await message.press('Enter');
    this.#asked += 1;
    this.#askedAtMs = Date.now();
    await this.#speaking().waitFor({ timeout: answerLimitMs });
  }

  /** One story after the other, for so long, in ms. */
  async goOnFor(ms: number): Promise<void> {
    const untilMs = Date.now() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = untilMs - Date.now()) {
      if (!(await this.goesOn())) await this.ask();
      await this.#speaking()
        .waitFor({ state: 'detached', timeout: leftMs })
        .catch(() => undefined);
    }
  }

  /** Whether it speaks, or does so again within a moment. */
  goesOn(): Promise<boolean> {
    return this.#speaking()
      .waitFor({ timeout: pausedForMs })
      .then(
        () => true,
        () => false,
      );
  }

  /** The last rows of the transcript, as a screen reader says them. */
  async transcript(): Promise<Transcript> {
    const rows = await this.#page.getByRole('log').getByRole('article').allTextContents();
    return {
      rows,
      wordsHeard: rows.filter((text) => /^\s*You: /.test(text)),
      cut: rows.filter((text) => text.includes('cut off here')).length,
    };
  }

  #speaking() {
    return this.#page.locator('[data-presence="speaking"]');
  }
}
