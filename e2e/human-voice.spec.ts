import { humanRecordings } from './fixtures/human/recordings.ts';
import { wordErrorRate } from './fixtures/word-error-rate.ts';
import { expect, test, thoroughInFirefox } from './test.ts';

const highestErrorRate = 0.25;

test('a human voice is understood', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  for (const { audio } of humanRecordings) await parley.microphone.say(audio);
  // The last row is final when its turn has been answered.
  await expect(parley.said('You').last()).toContainText(/received/i);
  await expect(parley.said('Assistant').last()).toHaveText(/\S/);

  const spoken = humanRecordings.map(({ words }) => words).join(' ');
  const heard = (await parley.saidWords('You')).join(' ');
  expect(wordErrorRate(spoken, heard), heard).toBeLessThanOrEqual(highestErrorRate);
});

test('a human voice cuts a reply', async ({ parley }) => {
  const [recording] = humanRecordings;
  await parley.startTalking();
  await parley.playStory();
  await parley.microphone.say(recording?.audio ?? Buffer.alloc(0));

  await expect(parley.cutReply()).toContainText('Here is the story');
  await parley.speaker.waitForSilence(1500);
});
