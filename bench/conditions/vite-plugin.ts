import type { Plugin } from 'vite';
import { wavOf } from '../../vad/testing/wav.ts';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { labelledSounds, type LabelledSound } from './recipe.ts';

const id = 'virtual:labelled-recordings';

/** Makes `import list from 'virtual:labelled-recordings'` the addresses and labels of the recordings that the recipe makes. */
export function labelledRecordings(): Plugin {
  let serving = false;
  let sounds: Promise<readonly LabelledSound[]> | undefined;
  const made = (): Promise<readonly LabelledSound[]> => (sounds ??= labelledSounds());
  return {
    name: 'parley-labelled-recordings',
    configResolved({ command }) {
      serving = command === 'serve';
    },
    configureServer(server) {
      server.middlewares.use('/assets/labelled/', (request, response, next) => {
        made().then((all) => {
          const found = all.find(({ name }) => request.url === `/${name}.wav`);
          if (found) response.end(wavFile(found));
          else next();
        }, next);
      });
    },
    resolveId: (name) => (name === id ? `\0${id}` : undefined),
    async load(name) {
      if (name !== `\0${id}`) return undefined;
      const entries = (await made()).map((sound) => {
        const { condition, name: called, speech } = sound;
        const address = serving
          ? `'/assets/labelled/${called}.wav'`
          : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name: `${called}.wav`, source: wavFile(sound) })}`;
        return `{ ...${JSON.stringify({ condition, name: called, speech })}, url: ${address} }`;
      });
      return `export default [${entries.join(',')}];`;
    },
  };
}

function wavFile({ sound }: LabelledSound): Uint8Array<ArrayBuffer> {
  return wavOf(sound, { rateHz: frameRateHz });
}
