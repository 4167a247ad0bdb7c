import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { sileroWeights } from './vad/packing/vite-plugin.ts';

/** The assistant for pages of other sites: built apart from the page, since each file has to be found from wherever it is used. */
export default defineConfig({
  plugins: [workerFromAnotherOrigin(), react(), sileroWeights()],
  base: './',
  publicDir: 'src/embed/example/public',
  build: {
    outDir: 'dist/page/embed',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    sourcemap: true,
    // It would put links into the document of the site.
    modulePreload: false,
    // livekit-client is larger than what is warned of.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: {
        'parley-assistant': 'src/embed/parley-assistant.ts',
        'react-example': 'src/embed/example/react-example.tsx',
      },
      // What sites name keeps its name.
      output: { entryFileNames: '[name].js' },
    },
  },
});

function workerFromAnotherOrigin(): Plugin {
  return {
    name: 'parley-worker-from-another-origin',
    enforce: 'pre',
    resolveId: (id) =>
      id === './detector.worker.ts?worker'
        ? join(import.meta.dirname, 'src/embed/detector-worker.ts')
        : undefined,
  };
}
