import { Settings } from './settings.ts';
import { expect, furtherCases, test } from './test.ts';

const question = 'What is seventeen times twenty-three?';

/** The figures that stand beside these words in the panel. */
async function figure(panel: ReturnType<Settings['provider']>, name: string): Promise<number> {
  const line = panel.locator('div').filter({ has: panel.page().getByText(name, { exact: true }) });
  const text = await line.last().getByRole('definition').innerText();
  return Number.parseFloat(text);
}

for (const [index, name] of ['Gemini Live', 'OpenAI Realtime'].entries()) {
  test(
    `what ${name} is sent is what was said, and hardly more`,
    furtherCases(index),
    async ({ parley }) => {
      await parley.startTalking();
      await new Settings(parley).answerWith(name);
      for (let round = 0; round < 2; round += 1) {
        await parley.say(question);
        await expect(parley.said('You').last()).toContainText(/times,? (23|twenty.?three)/i);
        await expect(parley.said('Assistant').last()).toContainText('391');
        await parley.speaker.waitForSilence(1200);
      }
      await parley.page.getByRole('button', { name: /^Usage and cost/ }).click();
      const panel = parley.page.getByRole('dialog', { name: 'Usage and cost' });
      await expect(async () => {
        const takenIn = await figure(panel, 'Taken in');
        expect(takenIn).toBeGreaterThan(10);
        expect(await figure(panel, 'Sent to the provider')).toBeLessThan(takenIn * 0.65);
        expect(await figure(panel, 'Not sent')).toBeGreaterThan(35);
      }).toPass({ timeout: 20_000 });
    },
  );
}
