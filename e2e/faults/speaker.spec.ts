import { openContext, openRealBrowser } from '../../bench/barge-in/real-browser.ts';
import { installSpeaker } from '../audio/install.ts';
import { PulseAudio } from '../audio/pulse-audio.ts';
import { Parley } from '../parley.ts';
import { expect, test } from '../test.ts';

/** The assistant's voice is far above this (RMS of 16-bit samples), and a silent device is zero. */
const audibleRms = 100;
const pieceMs = 300;

const speaker = (name: string): [string, ...string[]] => [
  'module-null-sink',
  `sink_name=${name}`,
  `sink_properties=device.description=${name}`,
  'norewinds=1',
];

/** Whether something sounds there. */
async function sounds(sound: PulseAudio, name: string): Promise<boolean> {
  const recorder = sound.recorder(`--device=${name}.monitor`, '--format=s16le', '--rate=16000');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of recorder.stdout as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    // Two channels of two bytes.
    if (bytes >= (pieceMs / 1000) * 16_000 * 4) break;
  }
  recorder.kill();
  const all = Buffer.concat(parts);
  let energy = 0;
  for (let at = 0; at + 1 < all.length; at += 2) energy += all.readInt16LE(at) ** 2;
  return Math.sqrt(energy / Math.max(1, all.length / 2)) >= audibleRms;
}

test.skip(!PulseAudio.isThere, 'It needs PulseAudio for its devices.');

test('a speaker that is unplugged in mid-talk hands the voice to the default one, and takes it back', async ({
  browserName,
  baseURL,
  speech,
}) => {
  test.skip(
    browserName !== 'chromium',
    'Firefox lets a speaker be chosen in its own dialog alone.',
  );
  const sound = await PulseAudio.start([
    `load-module ${speaker('desk').join(' ')}`,
    'load-module module-null-source source_name=microphone',
    'set-default-sink desk',
    'set-default-source microphone',
  ]);
  try {
    const headset = await sound.plugIn(...speaker('headset'));
    const browser = await openRealBrowser('chromium', sound.env);
    try {
      const context = await openContext(browser, 'chromium');
      await installSpeaker(context);
      const page = await context.newPage();
      const parley = new Parley(page, speech);
      await parley.open(`${baseURL ?? ''}/`);
      await parley.button('Start talking').click();
      await parley.untilListening();
      await parley.choose('Speaker', 'headset');
      await parley.playStory();
      await expect.poll(() => sounds(sound, 'headset')).toBe(true);
      expect(await sounds(sound, 'desk')).toBe(false);

      await sound.plugOut(headset);
      await expect(parley.problem('The sound cannot go to that speaker')).toBeVisible();
      await expect.poll(() => sounds(sound, 'desk')).toBe(true);

      // Chromium may use its old stream again for some seconds, which PulseAudio has led to the desk meanwhile.
      await sound.plugIn(...speaker('headset'));
      await expect(parley.problem('The sound cannot go to that speaker')).toBeHidden();
    } finally {
      await browser.close();
    }
  } finally {
    await sound.stop();
  }
});
