import type { CloudProvider } from '../provider.ts';
import { connectRealtime } from './realtime-connection.ts';
import { canSee, realtimeOffer } from './realtime-offer.ts';

const needed = [
  'AZURE_OPENAI_ENDPOINT',
  'AZURE_OPENAI_API_KEY',
  'AZURE_OPENAI_DEPLOYMENT',
] as const;

/** OpenAI Realtime as a deployment in a resource of Azure. */
export const azureOpenai: CloudProvider = {
  id: 'azure-openai',
  name: 'Azure OpenAI Realtime',
  description:
    'A speech-to-speech model of OpenAI in your Azure resource. Your speech is sent there.',
  runsLocally: false,
  missing: (env) => needed.filter((name) => !env[name]),
  // A deployment has any name; the models that could not see are shut down.
  sees: (env) => canSee(env['AZURE_OPENAI_DEPLOYMENT'] ?? ''),
  offer: (env) => realtimeOffer('azure-openai', env['AZURE_OPENAI_DEPLOYMENT'] ?? ''),
  connect: (env, settings, observer) => {
    const [endpoint, apiKey, deployment] = needed.map((name) => env[name]);
    if (!endpoint || !apiKey || !deployment) {
      const missing = needed.filter((name) => !env[name]);
      throw new Error(`Not set: ${missing.join(', ')}.`);
    }
    const base = endpoint.replace(/\/+$/, '');
    return connectRealtime(
      { kind: 'azure', endpoint: base, apiKey, deployment },
      settings,
      observer,
    );
  },
};
