import { expect, type Page } from '@playwright/test';

/** How a browser names what is wrong with a microphone. */
export type MicrophoneError = 'NotAllowedError' | 'NotFoundError' | 'NotReadableError';

export const firstMicrophone = { id: 'virtual-1', label: 'Virtual microphone' } as const;
export const secondMicrophone = { id: 'virtual-2', label: 'Second virtual microphone' } as const;

/** What the test does to the microphone of one page. */
export class Microphone {
  constructor(private readonly page: Page) {}

  /** Plays an audio file (any format that browsers decode). Resolves when it has been said. */
  async say(clip: Buffer, deviceId: string = firstMicrophone.id): Promise<void> {
    await this.page.evaluate(([audio, device]) => window.microphone.say(audio, device), [
      clip.toString('base64'),
      deviceId,
    ] as const);
  }

  /** From the next opening on, in this page. */
  async refuseWith(error: MicrophoneError): Promise<void> {
    await this.page.evaluate((name) => window.microphone.refuseWith(name), error);
  }

  async allow(): Promise<void> {
    await this.page.evaluate(() => window.microphone.refuseWith(undefined));
  }

  /** Resolves when the page listens to this device. */
  async untilOpen(deviceId: string): Promise<void> {
    await expect
      .poll(() => this.page.evaluate((id) => window.microphone.isOpen(id), deviceId), {
        message: `the page listens to ${deviceId}`,
      })
      .toBe(true);
  }

  async plugIn(device: { id: string; label: string }): Promise<void> {
    await this.page.evaluate(({ id, label }) => window.microphone.plugIn(id, label), device);
  }

  /** The device stays, and gives nothing at all: not even noise. */
  async switchOff(off: boolean, deviceId: string = firstMicrophone.id): Promise<void> {
    await this.page.evaluate(([id, isOff]) => window.microphone.switchOff(id, isOff), [
      deviceId,
      off,
    ] as const);
  }

  async unplug(deviceId: string): Promise<void> {
    await this.page.evaluate((id) => window.microphone.unplug(id), deviceId);
  }
}
