import { Emulated } from './providers/control/emulated.ts';
import type { EmulatedProvider } from './providers/control/ports.ts';
import { Settings } from './settings.ts';
import { expect, furtherCases, oneBrowser, test, thoroughInOneBrowser } from './test.ts';

const question = 'What is seventeen times twenty-three?';
const questionRead = /(17|seventeen) times,? (23|twenty.?three)/i;

interface Service {
  readonly id: EmulatedProvider;
  readonly name: string;
  /** How its emulator is told to cut every connection. */
  readonly drop: object;
}

const providers: readonly Service[] = [
  { id: 'nova-sonic', name: 'Amazon Nova', drop: { kind: 'drop', at: 'now' } },
  { id: 'voice-live', name: 'Azure Voice Live', drop: { type: 'drop' } },
  { id: 'openai', name: 'OpenAI Realtime', drop: { type: 'drop' } },
  { id: 'gemini', name: 'Gemini Live', drop: { type: 'drop' } },
];

/** Letters and digits alone: how a word is written does not say whether it was heard. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

for (const [index, { id, name, drop }] of providers.entries()) {
  test.describe(name, () => {
    const service = new Emulated(id);

    test(
      'answers a spoken question with a tool',
      furtherCases(index),
      async ({ parley, speech }) => {
        await parley.startTalking();
        await new Settings(parley).answerWith(name);
        await parley.speaker.record();
        const askedAtMs = await parley.speaker.now();
        await parley.say(question);

        await expect(parley.said('You').last()).toContainText(questionRead);
        await expect(parley.said('Assistant').last()).toContainText('391');
        await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 500 });
        await parley.speaker.waitForSilence(1200);
        const heard = await speech.transcribe(await parley.speaker.stopRecording());
        expect(heard).toMatch(/391|three hundred (and )?ninety.?one/i);
        expect(await service.calls()).toContain('calculate');
      },
    );

    test(
      'falls silent when it is interrupted, and knows what was heard',
      furtherCases(index),
      async ({ parley }) => {
        await parley.startTalking();
        await new Settings(parley).answerWith(name);
        await parley.playStory();
        const cutAtMs = await parley.speaker.now();
        await parley.button('Interrupt').click();

        await parley.speaker.waitForSilence(1500);
        expect(await parley.speaker.soundedForMs(cutAtMs)).toBeLessThan(600);
        await expect(parley.cutReply()).toHaveCount(1);
        const shown = bare(await parley.heardOfCutReply());
        const believed = bare(await service.lastReply());
        expect(believed.length).toBeGreaterThan(0);
        // Neither may hold for heard what the other does not; a word more or less lies on the way.
        const words = (text: string): number => text.split(' ').length;
        expect(Math.abs(words(believed) - words(shown))).toBeLessThan(12);
      },
    );

    test('knows what was said before it was chosen', thoroughInOneBrowser, async ({ parley }) => {
      await parley.startTalking();
      await parley.type('What is seventeen times twenty-three?');
      await expect(parley.said('Assistant').last()).toContainText('391');
      await new Settings(parley).answerWith(name);
      await parley.type('What was my first question?');

      await expect(parley.said('Assistant').last()).toContainText(/seventeen|17/i);
    });

    test(
      'goes on with its memory after its connection was lost',
      thoroughInOneBrowser,
      async ({ parley }) => {
        await parley.startTalking();
        await new Settings(parley).answerWith(name);
        await parley.type('What is seventeen times twenty-three?');
        await expect(parley.said('Assistant').last()).toContainText('391');
        await parley.untilListening();
        await service.fault(drop);
        await parley.type('What was my first question?');

        await expect(parley.said('Assistant').last()).toContainText(
          /question was: what is seventeen/i,
        );
        await expect(parley.problems).toHaveCount(0);
      },
    );
  });
}

test(
  'a conversation goes from one provider to another and back',
  oneBrowser,
  async ({ parley }) => {
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith('OpenAI Realtime');
    await parley.type('Who are you?');
    await expect(parley.said('Assistant').last()).toContainText('This is OpenAI Realtime');
    await settings.answerWith('Gemini Live');
    await parley.type('Who are you?');
    await expect(parley.said('Assistant').last()).toContainText('This is Gemini Live');
    await settings.answerWith('Embedded engine');
    await parley.ask(question, '391');
  },
);

test(
  'a provider without credentials is listed with what it lacks',
  oneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    const settings = new Settings(parley);
    await settings.open();

    await expect(settings.dialog).toContainText('AZURE_OPENAI_ENDPOINT');
    await expect(settings.provider('Azure OpenAI')).toHaveCount(0);
  },
);
