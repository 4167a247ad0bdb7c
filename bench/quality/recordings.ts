import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recogniserBundle, type Bundle } from '../../agent/engine/models/bundles.ts';
import { bundleFolder } from '../../agent/engine/models/model-files.ts';
import { prepareModels } from '../../agent/engine/models/prepare.ts';
import { readAgentEnvironment } from '../../agent/environment.ts';
import { samplesOfWav } from '../barge-in/speech/utterances.ts';
import { atDetectorRate } from '../sounds/recorded-noise.ts';

const names = ['two_cities', 'beckett'] as const;
const assets = 'moonshine_voice/assets';

/** Two people who read aloud; the recordings come with the recogniser's package (MIT) and stay in the cache. */
const readings: Bundle = {
  ...recogniserBundle,
  folder: 'moonshine-readings-1',
  title: 'Recordings of two readers',
  sources: names.map((name) => `${assets}/${name}.wav`),
  sizeBytes: 4_600_000,
  make: (take) =>
    Object.fromEntries(names.map((name) => [`${name}.wav`, take(`${assets}/${name}.wav`)])),
};

/** 54 s of human speech, by the name of its recording; fetched once. 16 kHz, mono, [-1, 1]. */
export async function humanReadings(): Promise<Record<string, Float32Array>> {
  const { cacheFolder } = readAgentEnvironment();
  await prepareModels({ cacheFolder, bundles: [readings] });
  const folder = bundleFolder(cacheFolder, readings);
  const read = async (name: string): Promise<[string, Float32Array]> => {
    const { samples, rateHz } = samplesOfWav(await readFile(join(folder, `${name}.wav`)));
    return [name, atDetectorRate(samples, rateHz)];
  };
  return Object.fromEntries(await Promise.all(names.map(read)));
}
