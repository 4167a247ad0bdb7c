import { Emulated } from './providers/control/emulated.ts';
import type { EmulatedProvider } from './providers/control/ports.ts';
import { Settings } from './settings.ts';
import { expect, furtherCases, test } from './test.ts';

interface Service {
  readonly id: EmulatedProvider;
  readonly name: string;
  /** How the page explains what holding does. */
  readonly note: RegExp;
}

const manual = /Hold the space bar or the button while you speak\.$/;
const services: readonly Service[] = [
  { id: 'nova-sonic', name: 'Amazon Nova', note: /Holding only opens and closes your microphone/ },
  { id: 'voice-live', name: 'Azure Voice Live', note: manual },
  { id: 'openai', name: 'OpenAI Realtime', note: manual },
  { id: 'gemini', name: 'Gemini Live', note: manual },
];

for (const [index, { id, name, note }] of services.entries()) {
  test(
    `with ${name} a held turn is answered, a dropped one is not`,
    furtherCases(index),
    async ({ parley, page }) => {
      const service = new Emulated(id);
      const settings = new Settings(parley);
      await parley.startTalking();
      await settings.answerWith(name);
      await settings.holdToTalk(note);
      await expect(parley.button('Hold to talk')).toBeVisible();

      await parley.sayAndDrop('What time is it?');

      await page.keyboard.down('Space');
      await expect(parley.button('Release to send')).toBeVisible();
      await parley.say('What is seventeen times twenty-three?');
      await page.keyboard.up('Space');
      await expect(parley.said('Assistant')).toContainText('391');
      await expect(parley.said('You')).toHaveCount(1);
      await expect(parley.said('Assistant')).toHaveCount(1);
      expect(await service.heard(/what time/i)).toBe(false);
      await expect(parley.problems).toHaveCount(0);
    },
  );
}
