import { expect, test } from '@playwright/test';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Parley } from '../parley.ts';
import { developmentKeys, stack } from '../stack/stack.ts';

/** The story has no pause of this length, in ms. */
const longestPauseMs = 900;
/** No part of the way from the engine to the speaker holds more sound than this, in ms. */
const longestBufferMs = 10_000;
const beforehand = 'Remember that my favourite colour is green.';

/** LiveKit's own view of its rooms. */
export const rooms = new RoomServiceClient(
  stack.livekitUrl.replace(/^ws/, 'http'),
  developmentKeys.key,
  developmentKeys.secret,
);

/** Something has been said that is worth remembering, and a story is being told. */
export async function tellStory(parley: Parley): Promise<void> {
  await parley.type(beforehand);
  await expect(parley.said('Assistant')).toHaveText(/green/i);
  await parley.playStory();
}

/** The same, in a fresh room. */
export async function talkInFullSwing(parley: Parley): Promise<void> {
  await parley.startTalking();
  await tellStory(parley);
}

/** What becomes of a talk in full swing, counted from the moment at which something broke. */
export class Survival {
  readonly #brokeAtMs = performance.now();

  #silentMs = 0;

  private constructor(private readonly parley: Parley) {}

  static async of(parley: Parley, fault: () => unknown): Promise<Survival> {
    const survival = new Survival(parley);
    await fault();
    return survival;
  }

  /**
   * Waits until the assistant is there again, then asks it and hears its answer. Nothing of the transcript may be gone,
   * and the assistant has to know what was said before. It is there when the story goes on, or when it listens.
   */
  async untilTalkGoesOn(timeoutMs = 120_000): Promise<void> {
    const { parley } = this;
    const presence = parley.page.locator('[data-presence]');
    await expect
      .poll(
        async () => {
          const shown = await presence.getAttribute('data-presence');
          return shown === 'speaking' && this.#soundIsBack(await parley.speaker.quietForMs())
            ? 'telling'
            : shown;
        },
        { message: 'the assistant listens, or tells on', timeout: timeoutMs, intervals: [50] },
      )
      .toMatch(/listening|telling/);
    await this.assertRemembered();
  }

  /** Asks now. */
  async assertRemembered(): Promise<void> {
    const { parley } = this;
    const backMs = this.#elapsedMs();
    const askedAtMs = await parley.speaker.now();
    await parley.type('What is my favourite colour?');
    await parley.speaker.waitForSound({ sinceMs: askedAtMs });
    const answeredMs = this.#elapsedMs();
    // The first was the promise to remember it; a third would be a second assistant.
    const answers = parley.said('Assistant').filter({ hasText: /favourite colour is green/i });
    await expect(answers).toHaveCount(2);
    await parley.speaker.waitForSilence(1500);
    await expect(answers).toHaveCount(2);
    await this.assertTranscriptKept();
    report({ silentMs: Math.round(this.#silentMs), backMs, answeredMs });
  }

  async assertTranscriptKept(): Promise<void> {
    const transcript = await this.parley.transcriptText();
    expect(transcript).toContain(beforehand);
    expect(transcript).toContain('Tell me a long story.');
    expect(transcript).toContain('Here is the story');
  }

  /** What had been on its way to the speaker when it broke does not count. */
  #soundIsBack(quietMs: number): boolean {
    this.#silentMs = Math.max(this.#silentMs, quietMs);
    const isNew = this.#silentMs > longestPauseMs || this.#elapsedMs() > longestBufferMs;
    return isNew && quietMs < 100;
  }

  #elapsedMs(): number {
    return Math.round(performance.now() - this.#brokeAtMs);
  }
}

/** Puts figures beside the result of a test, and into the output of the run. */
export function report(figures: Readonly<Record<string, number | string>>): void {
  const { title, project, annotations } = test.info();
  const text = Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  annotations.push({ type: 'survived', description: text });
  process.stdout.write(`[${project.name}] ${title}: ${text}\n`);
}
