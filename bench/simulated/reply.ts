import { story } from '../../agent/skills/story.ts';
import { Speech } from '../../e2e/fixtures/speech.ts';
import { samplesOfWav } from '../barge-in/speech/utterances.ts';
import { atLevel } from '../sounds/level.ts';
import { atDetectorRate } from '../sounds/recorded-noise.ts';

/** Of the story, about half a minute. */
const sentences = 6;
const replyDbfs = -20;

/** What the assistant says, in its own voice. 16 kHz, [-1, 1]. */
export async function spokenReply(): Promise<Float32Array> {
  const speech = new Speech();
  const text = story.text.split(/(?<=\.) /).slice(0, sentences);
  const { samples, rateHz } = samplesOfWav(await speech.clip(text.join(' ')));
  await speech.stop();
  return atLevel(atDetectorRate(samples, rateHz), replyDbfs);
}
