import { Emulated } from './providers/control/emulated.ts';
import { Settings } from './settings.ts';
import { expect, test } from './test.ts';

for (const { id, name } of [
  { id: 'openai', name: 'OpenAI Realtime' },
  { id: 'voice-live', name: 'Azure Voice Live' },
] as const) {
  test(`${name} goes on with its memory when its session ends in mid-reply`, async ({ parley }) => {
    const service = new Emulated(id);
    await parley.startTalking();
    await new Settings(parley).answerWith(name);
    await service.fault({ type: 'drop', afterAudioDeltas: 20 });
    const before = await service.session();
    await parley.type('Tell me a long story.');
    await expect.poll(() => service.session()).toMatchObject({ count: before.count + 1 });
    await parley.untilListening();
    await parley.type('What did I say first?');

    await expect(parley.said('Assistant').last()).toContainText('Tell me a long story');
    await expect(parley.problems).toHaveCount(0);
  });
}
