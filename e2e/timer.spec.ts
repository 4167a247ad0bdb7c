import { expect, test, thoroughInOneBrowser } from './test.ts';

test(
  'a timer that was asked for aloud rings in the conversation',
  thoroughInOneBrowser,
  async ({ parley, speech }) => {
    await parley.startTalking();
    await parley.say('Set a timer for three seconds.');
    await expect(parley.said('You')).toContainText(/timer for (3|three) seconds/i);
    await expect(parley.said('Assistant').first()).toContainText(/(3|three) seconds/i);
    await parley.speaker.record();

    await expect(parley.transcript.getByText('Timer rang')).toBeVisible();
    const rangAtMs = await parley.speaker.now();
    await expect(parley.said('Assistant')).toHaveCount(2);
    await expect(parley.said('Assistant').last()).toContainText(/timer/i);
    // The chime and the words after it: the row is there before either is heard.
    await parley.speaker.waitForSound({ sinceMs: rangAtMs, lengthMs: 1500 });
    await parley.speaker.waitForSilence(1500);
    const heard = await speech.transcribe(await parley.speaker.stopRecording());
    expect(heard).toMatch(/timer|up for your/i);
  },
);

test('a timer cuts in on a story', thoroughInOneBrowser, async ({ parley }) => {
  await parley.startTalking();
  await parley.type('Set a timer for eight seconds.');
  await expect(parley.said('Assistant')).toContainText(/(8|eight) seconds, starting now/i);
  await parley.untilListening();
  await parley.playStory();

  await expect(parley.transcript.getByText('Timer rang')).toBeVisible();
  await expect(parley.said('Assistant').last()).toContainText(/timer/i);
  await expect(parley.cutReply()).toContainText('Here is the story');
});
