import { RoomServiceClient } from 'livekit-server-sdk';
import { developmentKeys, stack } from './stack/stack.ts';
import { roomToken } from './stack/tokens.ts';
import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

test(
  'two people in two rooms at once do not hear each other',
  thoroughInOneBrowser,
  async ({ parley, otherParley }) => {
    await parley.startTalking();
    await otherParley.startTalking();
    await parley.playStory();
    expect(await otherParley.speaker.soundedForMs(0)).toBe(0);
    await expect(otherParley.transcript.getByRole('article')).toHaveCount(0);

    await otherParley.ask('What is seventeen times twenty-three?', '391');
    await expect(otherParley.said('Assistant')).toHaveCount(1);
    await expect(parley.said('You')).toHaveCount(1);
    await expect(parley.cutReply()).toHaveCount(0);
  },
);

test(
  'whoever comes back to a room is answered and remembered',
  oneBrowser,
  async ({ parley, roomName }) => {
    const token = await roomToken({ room: roomName });
    await parley.open();
    await parley.connect({ url: stack.livekitUrl, token });
    await parley.untilListening();
    await parley.say('Remember that my favourite colour is green.');
    await expect(parley.said('You')).toContainText(/green/i);
    await expect(parley.said('Assistant')).toHaveText(/\S/);
    await parley.leave();

    await parley.button('Join the same room again').click();
    await parley.untilListening();
    await expect(parley.said('Assistant').last()).toContainText('Welcome back');
    await parley.type('What is my favourite colour?');
    await expect(parley.said('Assistant').last()).toContainText(/green/i);
  },
);

test(
  'a room that has closed before its assistant came stays closed, and holds nobody up',
  oneBrowser,
  async ({ parley, roomName }) => {
    const { key, secret } = developmentKeys;
    const rooms = new RoomServiceClient(stack.livekitUrl.replace(/^ws/, 'http'), key, secret);
    const names = ['first', 'second', 'third', 'fourth'].map((which) => `${roomName}-${which}`);
    const [first = ''] = names;
    await rooms.createRoom({ name: first });
    // It takes the process that is ready; who comes after it waits for one to load.
    await expect.poll(() => rooms.listParticipants(first)).toHaveLength(1);
    for (const name of names.slice(1)) await rooms.createRoom({ name });
    for (const name of names) await rooms.deleteRoom(name);

    await parley.startTalking();
    await parley.type('What is two plus two?');
    await expect(parley.said('Assistant')).toContainText(/\b(4|four)\b/i);
    expect(await rooms.listRooms(names)).toEqual([]);
  },
);

test('a reload in mid-sentence harms nothing', thoroughInFirefox, async ({ parley, roomName }) => {
  const target = { url: stack.livekitUrl, token: await roomToken({ room: roomName }) };
  await parley.open();
  await parley.connect(target);
  await parley.untilListening();
  await parley.playStory();
  await parley.page.reload();

  await expect(parley.said('You')).toContainText('Tell me a long story.');
  await expect(parley.said('Assistant')).toContainText('Here is the story');
  await parley.button('Start a new conversation').click();
  await parley.connect(target);
  await expect(parley.said('Assistant').last()).toContainText('Welcome back');
  await parley.untilListening();
  await parley.type('What is two plus two?');
  await expect(parley.said('Assistant').last()).toContainText(/\b(4|four)\b/i);
});

test('leaving stops the sound, and a new conversation starts from the same page', async ({
  parley,
}) => {
  await parley.startTalking();
  await parley.playStory();
  await parley.leave();
  await parley.speaker.waitForSilence(1500);
  await expect(parley.said('Assistant')).toContainText('Here is the story');

  await parley.button('Start a new conversation').click();
  await parley.button('Start talking').click();
  await parley.untilListening();
  await expect(parley.said('Assistant')).toHaveCount(0);
});
