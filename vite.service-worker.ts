import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Larger than what is kept for a time without network from the start, in bytes: the Lab's other detectors. */
const largestKept = 1_000_000;

/** As many files of the Lab as one visit may need; older versions of them go first. */
const labFiles = 80;

const keptLab = 'lab.html?kept';

/**
 * Writes the service worker. From the first visit on it keeps the pages and all their code, and what the Lab has once
 * loaded. The pages themselves come from the network while there is one, with the policy that the server sends today.
 * Nothing of the API and no address with a token is ever kept: no rule below touches them.
 */
export function shellWithoutNetwork(): PluginOption {
  return VitePWA({
    filename: 'service-worker.js',
    // The page registers it, when the first talk is no longer waiting; its manifest lies in public/.
    injectRegister: false,
    manifest: false,
    registerType: 'prompt',
    workbox: {
      globPatterns: [
        '**/*.{html,js,css,woff2,svg,png,webmanifest,bin}',
        'assets/silero-kernel*.wasm',
      ],
      globIgnores: ['**/labelled-recording.worker*'],
      maximumFileSizeToCacheInBytes: largestKept,
      inlineWorkboxRuntime: true,
      sourcemap: false,
      // A page that opens for the first time works without a network from then on.
      clientsClaim: true,
      // A newer version waits until it is asked for: it must not take the code from under a talk.
      skipWaiting: false,
      cleanupOutdatedCaches: true,
      directoryIndex: null,
      navigateFallback: null,
      // Under its own name it would be found for `/lab`, and shown before the network is asked.
      manifestTransforms: [
        (entries) => ({
          manifest: entries.map((entry) => ({
            ...entry,
            url: entry.url === 'lab.html' ? keptLab : entry.url,
          })),
        }),
      ],
      // These functions are written into the service worker as they stand, so they use nothing from outside.
      runtimeCaching: [
        {
          urlPattern: ({ request, url }) =>
            request.mode === 'navigate' && /^\/lab\/?$/.test(url.pathname),
          handler: 'NetworkOnly',
          options: { precacheFallback: { fallbackURL: `/${keptLab}` } },
        },
        {
          urlPattern: ({ request, url }) =>
            request.mode === 'navigate' && !url.pathname.startsWith('/api/'),
          handler: 'NetworkOnly',
          options: { precacheFallback: { fallbackURL: '/index.html' } },
        },
        {
          // Their names hold a hash of their content.
          urlPattern: ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
          handler: 'CacheFirst',
          options: { cacheName: 'lab-files', expiration: { maxEntries: labFiles } },
        },
      ],
    },
  });
}
