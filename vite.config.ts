import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { labelledRecordings } from './bench/conditions/vite-plugin.ts';
import { shellWithoutNetwork } from './vite.service-worker.ts';
import { sileroWeights } from './vad/packing/vite-plugin.ts';

export default defineConfig({
  plugins: [react(), tailwindcss(), sileroWeights(), labelledRecordings(), shellWithoutNetwork()],
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    // The content security policy allows no data: scripts, so no asset may be inlined into one.
    assetsInlineLimit: 0,
    sourcemap: true,
    // The Lab is a page of its own: it needs nothing of a conversation, and a conversation nothing of it.
    rolldownOptions: { input: ['index.html', 'lab.html'] },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
  test: {
    include: ['{protocol,logging,src,agent,server,cli,vad,bench,e2e,deploy}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 20_000,
    // Conversations with the emulated services take their time and little else: more of them than there are cores go side by side.
    maxWorkers: 4,
    // What listens to real speech in real time may fail on a machine that does something else meanwhile.
    retry: process.env['CI'] === undefined ? 0 : 2,
    setupFiles: ['server/testing/second-try.ts'],
  },
});
