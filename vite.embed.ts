import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { sileroWeights } from './vad/packing/vite-plugin.ts';

/** The assistant for pages of other sites: built apart from the page, since each file has to be found from wherever it is used. */
export default defineConfig({
  plugins: [asGuest(), react(), sileroWeights()],
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

/** What is otherwise in a page that is not Parley's own. */
function asGuest(): Plugin {
  const folder = join(import.meta.dirname, 'src/embed');
  return {
    name: 'parley-as-guest',
    enforce: 'pre',
    resolveId(id) {
      if (id === './detector.worker.ts?worker') return join(folder, 'detector-worker.ts');
      return id.endsWith('/host-page.ts') ? join(folder, 'host-page.ts') : undefined;
    },
  };
}
