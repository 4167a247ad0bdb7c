import { expect, type Locator, type Page } from '@playwright/test';
import { Microphone } from './audio/microphone.ts';
import { Speaker } from './audio/speaker.ts';
import type { Speech } from './fixtures/speech.ts';

type SpeakerName = 'You' | 'Assistant';

/** What a screen reader says first of a row. */
const beginningOf: Readonly<Record<SpeakerName, RegExp>> = {
  You: /^\s*You(, typed)?: /,
  Assistant: /^\s*Assistant: /,
};

interface Target {
  readonly url: string;
  readonly token: string;
}

/** The page as a person uses it: names that are read, a microphone that is spoken into, a speaker that is heard. */
export class Parley {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly transcript: Locator;
  readonly message: Locator;
  readonly problems: Locator;
  /** Opens what answers, and is called after it. */
  readonly engine: Locator;

  constructor(
    readonly page: Page,
    private readonly speech: Speech,
  ) {
    this.microphone = new Microphone(page);
    this.speaker = new Speaker(page);
    this.transcript = page.getByRole('log');
    this.message = page.getByRole('textbox', { name: 'Message' });
    this.engine = page.getByRole('button', { name: 'What answers' });
    this.problems = page.getByRole('region', { name: 'Problems' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
  }

  /** A fresh room, and an assistant in it that listens. */
  async startTalking(): Promise<void> {
    await this.open();
    await this.button('Start talking').click();
    await this.untilListening();
    await this.untilIntroduced();
  }

  /** The assistant has said what it is: the first thing that it does when all of it is there. */
  async untilIntroduced(): Promise<void> {
    await expect(this.engine).toBeVisible();
  }

  async untilListening(timeoutMs = 20_000): Promise<void> {
    await expect(this.page.locator('[data-presence]')).toHaveAttribute(
      'data-presence',
      'listening',
      {
        timeout: timeoutMs,
      },
    );
  }

  async fillConnection({ url, token }: Target): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Server URL' }).fill(url);
    await this.page.getByRole('textbox', { name: 'Room token' }).fill(token);
  }

  async openConnection(): Promise<void> {
    await this.button('Connect to a room').click();
  }

  /** From the start screen into a room of the person's own. */
  async connect(target: Target): Promise<void> {
    await this.openConnection();
    await this.fillConnection(target);
    await this.button('Connect').click();
  }

  /** Says it into the microphone. Resolves when the last word has been spoken. */
  async say(words: string): Promise<void> {
    await this.microphone.say(await this.speech.clip(words));
  }

  /**
   * Says it until the answer stands there, as one does who was misheard: for tests of something else than hearing.
   * Resolves with the answer in the last row.
   */
  async ask(words: string, answer: string): Promise<void> {
    await expect(async () => {
      await this.say(words);
      await expect(this.said('Assistant').last()).toContainText(answer);
    }).toPass();
  }

  async type(words: string): Promise<void> {
    await this.message.fill(words);
    await this.message.press('Enter');
  }

  /** With the turn in one's hand: says it, and takes it back before it is sent. */
  async sayAndDrop(words: string): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.down('Space');
    await expect(this.button('Release to send')).toBeVisible();
    await this.say(words);
    await keyboard.press('Escape');
    await keyboard.up('Space');
    await expect(this.button('Hold to talk')).toBeVisible();
  }

  async leave(): Promise<void> {
    await this.button('Leave').click();
    await expect(this.page.getByRole('heading', { name: 'Conversation ended' })).toBeVisible();
  }

  /** What one side has said, one locator for all its rows. */
  said(by: SpeakerName): Locator {
    return this.transcript.getByRole('article').filter({ hasText: beginningOf[by] });
  }

  /** The words alone, without the name of who said them. */
  async saidWords(by: SpeakerName): Promise<string[]> {
    const texts = await this.said(by).allTextContents();
    return texts.map((text) => text.replace(beginningOf[by], ''));
  }

  /** All that stands in the transcript, for whoever wants to know why a test failed. */
  async transcriptText(): Promise<string> {
    return (await this.transcript.getByRole('article').allTextContents()).join('\n');
  }

  /** Who said the rows that stand in the transcript, in their order. */
  async order(): Promise<SpeakerName[]> {
    const texts = await this.transcript.getByRole('article').allTextContents();
    return texts.flatMap((text) => {
      if (beginningOf.You.test(text)) return ['You'];
      return beginningOf.Assistant.test(text) ? ['Assistant'] : [];
    });
  }

  async choose(device: 'Microphone' | 'Speaker', label: string): Promise<void> {
    await this.button('Sound and devices').click();
    await this.page.getByRole('combobox', { name: device }).selectOption({ label });
    await this.page.keyboard.press('Escape');
  }

  cutReply(): Locator {
    return this.said('Assistant').filter({ hasText: 'cut off here' });
  }

  /** The part of a cut reply that stands as heard. */
  async heardOfCutReply(): Promise<string> {
    const text = await this.cutReply().innerText();
    return text.replace(beginningOf.Assistant, '').replace(/\(cut off here[^]*$/, '');
  }

  problem(title: string): Locator {
    return this.problems.getByText(title, { exact: true });
  }

  /** Asks for the long story and resolves when it has been playing for a while. */
  async playStory(): Promise<void> {
    await this.untilListening();
    const askedAtMs = await this.speaker.now();
    await this.type('Tell me a long story.');
    await this.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 1500 });
  }
}
