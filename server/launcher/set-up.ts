import type { Environment } from '../environment.ts';
import { obtainBrowsers } from './browser-install.ts';
import { obtainFfmpeg } from './ffmpeg.ts';
import { obtainLivekit } from './livekit-binary.ts';
import { prepareModels } from './preparation.ts';
import type { Terminal } from './terminal.ts';

/** Everything that the tests need beside packages and builds: LiveKit server, speech models, browsers, ffmpeg. */
export async function setUp(
  environment: Environment,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const livekit = 'LiveKit server';
  const models = 'Speech models';
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  try {
    await Promise.all([
      obtainLivekit(environment.cacheFolder, (text) => terminal.progress(livekit, text), either),
      prepareModels(environment, {
        onProgress: (text) => terminal.progress(models, text),
        onNotice: (text) => terminal.warn(text),
        signal: either,
      }),
    ]);
  } catch (error) {
    failing.abort();
    throw error;
  } finally {
    terminal.endProgress(livekit);
    terminal.endProgress(models);
  }
  obtainBrowsers(terminal);
  obtainFfmpeg(terminal);
  terminal.step('LiveKit server, speech models and browsers are there');
}
