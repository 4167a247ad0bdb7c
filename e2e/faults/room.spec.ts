import { Room } from '@livekit/rtc-node';
import { stack } from '../stack/stack.ts';
import { roomToken } from '../stack/tokens.ts';
import { expect, oneBrowser, test } from '../test.ts';
import { rooms, Survival, tellStory } from './survival.ts';

test(
  'the room is deleted: the page says so, keeps what was said, and begins anew',
  oneBrowser,
  async ({ parley, roomName }) => {
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
  },
);

test(
  'a token that runs out in the midst of the talk ends nothing',
  oneBrowser,
  async ({ parley, roomName }) => {
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
  },
);

test(
  'a second page with the same token takes the talk over, and the first takes it back',
  oneBrowser,
  async ({ parley, otherParley, roomName }) => {
    const target = { url: stack.livekitUrl, token: await roomToken({ room: roomName }) };
    const elsewhere = 'This conversation went on elsewhere';
    await parley.open();
    await parley.connect(target);
    await parley.untilListening();
    await parley.untilIntroduced();
    await tellStory(parley);

    await otherParley.open();
    await otherParley.connect(target);
    await expect(parley.problem(elsewhere)).toBeVisible();
    await otherParley.untilIntroduced();
    await otherParley.type('What is my favourite colour?');
    await expect(otherParley.said('Assistant').last()).toContainText(/colour is green/i);
    // Each would send the other away again if it came back by itself.
    await expect(otherParley.problems).toHaveCount(0);
    await expect(parley.problem(elsewhere)).toBeVisible();

    const survival = await Survival.of(parley, () => parley.button('Talk here again').click());
    await expect(otherParley.problem(elsewhere)).toBeVisible();
    await survival.untilTalkGoesOn();
    await expect(parley.problems).toHaveCount(0);
  },
);

test(
  'a full room is named, and lets in whoever tries again once there is a place',
  oneBrowser,
  async ({ parley, roomName }) => {
    await rooms.createRoom({ name: roomName, maxParticipants: 1 });
    const guest = new Room();
    await guest.connect(stack.livekitUrl, await roomToken({ room: roomName, identity: 'guest' }));
    try {
      await parley.open();
      await parley.connect({ url: stack.livekitUrl, token: await roomToken({ room: roomName }) });
      await expect(parley.problem('The room is full')).toBeVisible();
    } finally {
      await guest.disconnect();
    }
    await parley.button('Try again').click();
    await parley.untilListening();
    await expect(parley.problems).toHaveCount(0);
  },
);
