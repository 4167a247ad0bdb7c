import firstUrl from '../../../e2e/fixtures/human/best-of-times.flac?url';
import secondUrl from '../../../e2e/fixtures/human/everything-before-us.flac?url';
import thirdUrl from '../../../e2e/fixtures/human/present-period.flac?url';
import fourthUrl from '../../../e2e/fixtures/human/noisiest-authorities.flac?url';
import { WavWriter } from '../export/wav.ts';

const rateHz = 16_000;
const pauseS = 1.5;
/** -54 dBFS; no room is quite silent. */
const noiseLevel = 0.002;

/** Somebody who reads from a novel, with pauses. Rejects if the server is away. */
export async function sampleRecording(name: string): Promise<File> {
  const writer = new WavWriter(rateHz, 1);
  const decoder = new OfflineAudioContext(1, 1, rateHz);
  const pause = (): void => {
    const noise = Float32Array.from({ length: pauseS * rateHz }, quietNoise);
    writer.write([noise], 0, noise.length);
  };
  pause();
  for (const url of [firstUrl, secondUrl, thirdUrl, fourthUrl]) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The sample answers with ${response.status}.`);
    const clip = await decoder.decodeAudioData(await response.arrayBuffer());
    writer.write([clip.getChannelData(0)], 0, clip.length);
    pause();
  }
  return new File([writer.finish()], name, { type: 'audio/wav' });
}

function quietNoise(): number {
  return (2 * Math.random() - 1) * noiseLevel;
}
