import { story } from '../agent/skills/story.ts';
import { wordErrorRate } from './fixtures/word-error-rate.ts';
import { Emulated } from './providers/control/emulated.ts';
import { Settings } from './settings.ts';
import { inCi } from './stack/stack.ts';
import { expect, furtherCases, oneBrowser, test, thoroughInOneBrowser } from './test.ts';

// A machine that does something else at the wrong moment leaves a gap of its own.
test.describe.configure({ retries: inCi ? 3 : 0 });

/** What a person may hear of a renewal, in ms. */
const longestGapMs = 300;
/** A recogniser mishears one word in eight of a made-up voice; a sentence that is missing or doubled costs more. */
const highestErrorRate = 0.25;

/** Pauses in mono samples in [-1, 1] at 16 kHz, the longest first, in ms. What lies before and behind all sound is none. */
function pausesIn(samples: Float32Array): number[] {
  const frameMs = 10;
  const size = 16 * frameMs;
  const isLoud = Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
    const frame = samples.subarray(index * size, (index + 1) * size);
    return Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / size) > 0.004;
  });
  const pauses: number[] = [];
  let loudBefore = isLoud.indexOf(true);
  for (const [index, loud] of isLoud.entries()) {
    if (!loud || index < loudBefore) continue;
    pauses.push((index - loudBefore) * frameMs);
    loudBefore = index;
  }
  return pauses.sort((a, b) => b - a);
}

/** By how much the longest pause stands out from those that any speech has. */
function gapIn(samples: Float32Array): number {
  const [longest = 0, ordinary = 0] = pausesIn(samples);
  return longest - ordinary;
}

test(
  'Nova goes on with its story when its connection ends in the midst of it, and nobody hears it',
  oneBrowser,
  async ({ parley, speech }) => {
    const service = new Emulated('nova-sonic');
    await parley.startTalking();
    await service.fault({ kind: 'short-session', limitMs: 10_000 });
    await new Settings(parley).answerWith('Amazon Nova');
    const before = await service.session();
    await parley.speaker.record();
    await parley.playStory();
    await expect.poll(() => service.session()).toMatchObject({ count: before.count + 1 });
    const renewedAtMs = await parley.speaker.now();
    await parley.speaker.waitForSound({ sinceMs: renewedAtMs, lengthMs: 7000 });
    const recording = await parley.speaker.stopRecording();

    expect(gapIn(recording)).toBeLessThanOrEqual(longestGapMs);
    // Every word once, and in its place.
    const heard = await speech.transcribe(recording);
    const told = story.text.split(' ').slice(0, heard.split(' ').length).join(' ');
    expect(wordErrorRate(told, heard), heard).toBeLessThan(highestErrorRate);
    await expect(parley.cutReply()).toHaveCount(0);
    await parley.type('What did I say first?');
    await expect(parley.said('Assistant').last()).toContainText('Tell me a long story');
    await expect(parley.problems).toHaveCount(0);
  },
);

test(
  'Gemini says what it has begun before it changes its connection, and remembers it',
  oneBrowser,
  async ({ parley, speech }) => {
    const service = new Emulated('gemini');
    await parley.startTalking();
    await new Settings(parley).answerWith('Gemini Live');
    const before = await service.session();
    await parley.speaker.record();
    await parley.type('Tell me a joke.');
    await expect(parley.said('Assistant')).toHaveCount(1);
    await service.fault({ type: 'go-away', leftMs: 30_000 });
    await expect
      .poll(() => service.session(), { timeout: 30_000 })
      .toMatchObject({ count: before.count + 1 });
    await parley.speaker.waitForSilence(1200);
    const recording = await parley.speaker.stopRecording();

    expect(gapIn(recording)).toBeLessThanOrEqual(longestGapMs);
    const [told = ''] = await parley.saidWords('Assistant');
    const heard = await speech.transcribe(recording);
    expect(wordErrorRate(told, heard), heard).toBeLessThan(highestErrorRate);
    await expect(parley.cutReply()).toHaveCount(0);
    await parley.type('What did I say first?');
    await expect(parley.said('Assistant').last()).toContainText('Tell me a joke');
    await expect(parley.problems).toHaveCount(0);
  },
);

for (const [index, { id, name }] of (
  [
    { id: 'openai', name: 'OpenAI Realtime' },
    { id: 'voice-live', name: 'Azure Voice Live' },
  ] as const
).entries()) {
  test(
    `${name} goes on with its memory when its session ends in mid-reply`,
    furtherCases(index),
    async ({ parley }) => {
      const service = new Emulated(id);
      await parley.startTalking();
      await new Settings(parley).answerWith(name);
      await service.fault({ type: 'drop', afterAudioDeltas: 20 });
      const before = await service.session();
      await parley.type('Tell me a long story.');
      await expect.poll(() => service.session()).toMatchObject({ count: before.count + 1 });
      // A story that nobody has heard the beginning of is told anew, at length; the question cuts it.
      await expect(parley.page.locator('[data-presence]')).toHaveAttribute(
        'data-presence',
        /listening|speaking/,
      );
      await parley.type('What did I say first?');

      await expect(parley.said('Assistant').last()).toContainText('Tell me a long story');
      await expect(parley.problems).toHaveCount(0);
    },
  );
  test(
    `${name} answers although its connection is lost before the first sound of the answer`,
    thoroughInOneBrowser,
    async ({ parley }) => {
      const service = new Emulated(id);
      await parley.startTalking();
      await new Settings(parley).answerWith(name);
      await service.fault({ type: 'drop', afterAudioDeltas: 0 });
      const before = await service.session();
      await parley.type('What is seventeen times twenty-three?');
      await expect.poll(() => service.session()).toMatchObject({ count: before.count + 1 });
      const lostAtMs = await parley.speaker.now();

      await expect(parley.said('Assistant').last()).toContainText('391');
      await parley.speaker.waitForSound({ sinceMs: lostAtMs, lengthMs: 1000 });
      await parley.untilListening();
      await expect(parley.problems).toHaveCount(0);
    },
  );
}
