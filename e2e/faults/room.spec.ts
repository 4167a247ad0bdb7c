import { stack } from '../stack/stack.ts';
import { roomToken } from '../stack/tokens.ts';
import { expect, test } from '../test.ts';
import { rooms, Survival, tellStory } from './survival.ts';

test('the room is deleted: the page says so, keeps what was said, and begins anew', async ({
  parley,
  roomName,
}) => {
  const token = await roomToken({ room: roomName });
  await parley.open();
  await parley.connect({ url: stack.livekitUrl, token });
  await parley.untilListening();
  await parley.untilIntroduced();
  await tellStory(parley);
  const survival = await Survival.of(parley, () => rooms.deleteRoom(roomName));
  await expect(parley.problem('The room was closed')).toBeVisible();
  await survival.assertTranscriptKept();

  await parley.button('Try again').click();
  await survival.untilTalkGoesOn();
});

test('a token that runs out in the midst of the talk ends nothing', async ({
  parley,
  roomName,
}) => {
  const lifetimeSeconds = 6;
  const token = await roomToken({ room: roomName, lifetimeSeconds });
  const madeAtMs = Date.now();
  await parley.open();
  await parley.connect({ url: stack.livekitUrl, token });
  await parley.untilListening();
  await parley.untilIntroduced();
  await tellStory(parley);
  await expect.poll(() => Date.now() - madeAtMs).toBeGreaterThan((lifetimeSeconds + 1) * 1000);
  const survival = await Survival.of(parley, () => undefined);
  await survival.assertRemembered();
  await expect(parley.problems).toHaveCount(0);
});
