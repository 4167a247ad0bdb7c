import { expect, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

const question = 'What is seventeen times twenty-three?';
const questionRead = /(17|seventeen) times,? (23|twenty.?three)/i;

test('a spoken question is written down, answered in words and answered aloud', async ({
  parley,
  speech,
}) => {
  await parley.startTalking();
  await parley.speaker.record();
  const askedAtMs = await parley.speaker.now();
  await parley.say(question);

  await expect(parley.said('You')).toContainText(questionRead);
  await expect(parley.said('Assistant')).toContainText('391');
  await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 500 });
  await parley.speaker.waitForSilence(1200);
  const heard = await speech.transcribe(await parley.speaker.stopRecording());
  expect(heard).toMatch(/391|three hundred (and )?ninety.?one/i);
});

test('the words appear while they are still being spoken', async ({ parley }) => {
  await parley.startTalking();
  let spoken = false;
  const saying = parley.say('What time is it now, and what is the date of today?').then(() => {
    spoken = true;
  });

  await expect(parley.said('You')).toContainText(/what time/i);
  expect(spoken).toBe(false);
  await saying;
  await expect(parley.said('Assistant')).toHaveText(/\S/);
});

test('a conversation of several turns keeps its order', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  await parley.ask(question, '391');
  await parley.untilListening();
  await parley.ask('What is twelve times twelve?', '144');
  const order = await parley.order();
  expect(order.length).toBeGreaterThanOrEqual(4);
  expect(order).toEqual(order.map((_, row) => (row % 2 === 0 ? 'You' : 'Assistant')));
});

test(
  'the page says which engine answers, and how long each answer took',
  thoroughInOneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.say(question);

    await expect(parley.said('Assistant')).toContainText(/\d[.,]\d+ s/);
    await parley.engine.click();
    await expect(parley.page.getByText('Runs on this machine; nothing leaves it.')).toBeVisible();
  },
);
