import { humanRecordings } from './fixtures/human/recordings.ts';
import { wordErrorRate } from './fixtures/word-error-rate.ts';
import { expect, test } from './test.ts';

const highestErrorRate = 0.25;

for (const { words, audio } of humanRecordings) {
  test(`a human voice is understood: ${words}`, async ({ parley }) => {
    await parley.startTalking();
    await parley.microphone.say(audio);
    // An answer means that the turn has ended, so the words will not change any more.
    await expect(parley.said('Assistant')).toHaveText(/\S/);

    const heard = (await parley.saidWords('You')).join(' ');
    expect(wordErrorRate(words, heard), heard).toBeLessThanOrEqual(highestErrorRate);
  });
}

test('a human voice cuts a reply', async ({ parley }) => {
  const [recording] = humanRecordings;
  await parley.startTalking();
  await parley.playStory();
  await parley.microphone.say(recording?.audio ?? Buffer.alloc(0));

  await expect(parley.cutReply()).toContainText('Here is the story');
  await parley.speaker.waitForSilence(1500);
});
