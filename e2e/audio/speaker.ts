import { expect, type Page } from '@playwright/test';

/** What the test hears of one page. Times are in ms; the page's own clock is used throughout. */
export class Speaker {
  constructor(private readonly page: Page) {}

  async now(): Promise<number> {
    return this.page.evaluate(() => performance.now());
  }

  /** Resolves when sound has been heard for this long in sum since `sinceMs`, so that a click does not count as speech. */
  async waitForSound({ sinceMs = 0, lengthMs = 200, timeoutMs = 20_000 } = {}): Promise<void> {
    await expect
      .poll(() => this.page.evaluate((since) => window.speaker.soundedForMs(since), sinceMs), {
        message: 'sound from the speaker, in ms',
        timeout: timeoutMs,
        intervals: [50],
      })
      .toBeGreaterThanOrEqual(lengthMs);
  }

  /** Resolves when nothing has been heard for this long. Meaningful only after `waitForSound`. */
  async waitForSilence(quietMs: number, timeoutMs = 20_000): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => window.speaker.quietForMs()), {
        message: 'silence of the speaker, in ms',
        timeout: timeoutMs,
        intervals: [50],
      })
      .toBeGreaterThanOrEqual(quietMs);
  }

  async quietForMs(): Promise<number> {
    return this.page.evaluate(() => window.speaker.quietForMs());
  }

  async soundedForMs(sinceMs: number): Promise<number> {
    return this.page.evaluate((since) => window.speaker.soundedForMs(since), sinceMs);
  }

  async record(): Promise<void> {
    await this.page.evaluate(() => window.speaker.record());
  }

  /** What was heard since `record()`: mono samples in [-1, 1] at 16 kHz. */
  async stopRecording(): Promise<Float32Array> {
    return decodePcm(await this.page.evaluate(() => window.speaker.stopRecording()));
  }
}

/** Samples in [-1, 1] of what the page hands over: 16-bit little-endian PCM in base64. */
export function decodePcm(text: string): Float32Array {
  const pcm = Buffer.from(text, 'base64');
  return Float32Array.from(
    { length: pcm.length / 2 },
    (_, index) => pcm.readInt16LE(index * 2) / 0x8000,
  );
}
