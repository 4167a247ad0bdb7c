import { randomUUID } from 'node:crypto';
import { Emulated } from './providers/control/emulated.ts';
import { Settings } from './settings.ts';
import { stack } from './stack/stack.ts';
import { roomToken } from './stack/tokens.ts';
import { expect, test } from './test.ts';

test('Nova answers aloud in a room made by hand, and again after leaving, with nothing restarted', async ({
  parley,
  speech,
}) => {
  const service = new Emulated('nova-sonic');
  // The room is the same for every run; what is remembered in it goes with the person.
  const identity = `user1-${randomUUID()}`;
  const token = await roomToken({ room: 'my-first-room', identity });
  await parley.open();
  for (const stay of ['first', 'second']) {
    await parley.connect({ url: stack.livekitUrl, token });
    await parley.untilListening();
    await parley.untilIntroduced();
    // Chosen once: the browser keeps it for the next stay.
    if (stay === 'first') await new Settings(parley).answerWith('Amazon Nova');
    else await expect(parley.said('Assistant').last()).toContainText('I remember');
    await expect(parley.engine).toContainText('Amazon Nova');
    await parley.untilListening();
    await parley.speaker.record();
    const askedAtMs = await parley.speaker.now();
    await parley.ask('What is seventeen times twenty-three?', '391');
    await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 500 });
    await parley.speaker.waitForSilence(1200);
    const heard = await speech.transcribe(await parley.speaker.stopRecording());
    expect(heard, `${stay} stay`).toMatch(/391|three hundred (and )?ninety.?one/i);
    await expect.poll(() => service.lastReply()).toContain('391');
    await parley.leave();
    await parley.button('Start a new conversation').click();
  }
});
