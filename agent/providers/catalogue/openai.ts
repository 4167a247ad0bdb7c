import type { CloudProvider, Environment } from '../provider.ts';
import { valueOf } from './read-values.ts';
import { connectRealtime } from './realtime-connection.ts';
import { canSee, realtimeOffer } from './realtime-offer.ts';

/** OpenAI Realtime, with a key of OpenAI. `OPENAI_BASE_URL` names a gateway or another service with the same API. */
export const openai: CloudProvider = {
  id: 'openai',
  name: 'OpenAI Realtime',
  description: 'A speech-to-speech model of OpenAI. Your speech is sent to OpenAI.',
  runsLocally: false,
  missing: ({ OPENAI_API_KEY }) => (OPENAI_API_KEY ? [] : ['OPENAI_API_KEY']),
  sees: (env) => canSee(modelOf(env)),
  offer: (env) => realtimeOffer('openai', modelOf(env)),
  connect: (env, settings, observer) => {
    const apiKey = env['OPENAI_API_KEY'];
    if (!apiKey) throw new Error('OPENAI_API_KEY is not set.');
    const baseUrl = valueOf(env, 'OPENAI_BASE_URL', 'https://api.openai.com/v1');
    return connectRealtime(
      { kind: 'openai', baseUrl, apiKey, model: modelOf(env) },
      settings,
      observer,
    );
  },
};

function modelOf(env: Environment): string {
  return valueOf(env, 'OPENAI_REALTIME_MODEL', 'gpt-realtime');
}
