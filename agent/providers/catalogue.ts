import { azureOpenai } from './catalogue/azure-openai.ts';
import { gemini } from './catalogue/gemini.ts';
import { novaSonic } from './catalogue/nova-sonic.ts';
import { openai } from './catalogue/openai.ts';
import { voiceLive } from './catalogue/voice-live.ts';
import type { CloudProvider } from './provider.ts';

/** Every cloud service that Parley knows, in the order in which they are shown. */
export const cloudProviders: readonly CloudProvider[] = [
  novaSonic,
  voiceLive,
  openai,
  azureOpenai,
  gemini,
];
