import {
  ActivityHandling,
  Behavior,
  EndSensitivity,
  StartSensitivity,
  ThinkingLevel,
} from '@google/genai';
import type { Settings } from '#protocol/settings.ts';
import { GeminiModel, type GeminiOptions } from '../gemini/model.ts';
import type { CloudProvider, Environment } from '../provider.ts';
import { familyOf, geminiOffer } from './gemini-offer.ts';
import { valueOf, Values } from './read-values.ts';

/** Gemini Live, with a key of Google AI Studio. */
export const gemini: CloudProvider = {
  id: 'gemini',
  name: 'Gemini Live',
  description: 'A speech-to-speech model of Google. Your speech is sent to Google.',
  runsLocally: false,
  missing: ({ GOOGLE_API_KEY }) => (GOOGLE_API_KEY ? [] : ['GOOGLE_API_KEY']),
  sees: () => true,
  offer: (env) => geminiOffer(modelOf(env)),
  connect: (env, settings, observer) => {
    const apiKey = env['GOOGLE_API_KEY'];
    if (!apiKey) throw new Error('GOOGLE_API_KEY is not set.');
    const model = new GeminiModel(
      {
        ...optionsOf(modelOf(env), settings),
        apiKey,
        // Without one the client library would look into the environment by itself.
        httpOptions: {
          baseUrl: valueOf(
            env,
            'GOOGLE_GEMINI_BASE_URL',
            'https://generativelanguage.googleapis.com',
          ),
        },
      },
      observer,
    );
    // The protocol has no way to change a session that has begun.
    return { model, eyes: model.eyes, applyLive: () => false };
  },
};

function modelOf(env: Environment): string {
  return valueOf(env, 'GEMINI_LIVE_MODEL', 'gemini-3.8-live');
}

function optionsOf(model: string, settings: Settings): GeminiOptions {
  const options = new Values(settings.options);
  const temperature = options.number('temperature');
  const longest = options.number('max_output_tokens') ?? unlimited;
  const level = Object.values(ThinkingLevel).find((one) => one === options.text('thinking_level'));
  const budget = options.number('thinking_budget');
  return {
    model,
    ...(settings.voice !== undefined && { voice: settings.voice }),
    realtimeInputConfig: realtimeInputOf(settings),
    ...(temperature !== undefined && temperature !== 1 && { temperature }),
    ...(longest < unlimited && { maxOutputTokens: longest }),
    ...(level !== undefined && { thinkingConfig: { thinkingLevel: level } }),
    ...(budget !== undefined && budget >= 0 && { thinkingConfig: { thinkingBudget: budget } }),
    ...(options.flag('affective_dialog') && { enableAffectiveDialog: true }),
    ...(options.flag('proactive_audio') && { proactivity: true }),
    ...(options.flag('google_search') && { geminiTools: { googleSearch: {} } }),
    ...(options.flag('compression') !== false && {
      contextWindowCompression: { slidingWindow: {} },
    }),
    // The plugin takes a result for the model's cue to go on; by itself this family goes on talking without it.
    ...(familyOf(model).asynchronousTools && { toolBehavior: Behavior.BLOCKING }),
  };
}

function realtimeInputOf({
  mode,
  turnDetection,
}: Settings): NonNullable<GeminiOptions['realtimeInputConfig']> {
  if (mode === 'push-to-talk') return { automaticActivityDetection: { disabled: true } };
  const values = new Values(turnDetection?.values);
  const prefixPaddingMs = values.number('prefix_padding_ms');
  const silenceDurationMs = values.number('silence_duration_ms');
  return {
    automaticActivityDetection: {
      startOfSpeechSensitivity:
        values.text('start') === 'low'
          ? StartSensitivity.START_SENSITIVITY_LOW
          : StartSensitivity.START_SENSITIVITY_HIGH,
      endOfSpeechSensitivity:
        values.text('end') === 'low'
          ? EndSensitivity.END_SENSITIVITY_LOW
          : EndSensitivity.END_SENSITIVITY_HIGH,
      ...(prefixPaddingMs !== undefined && { prefixPaddingMs }),
      ...(silenceDurationMs !== undefined && { silenceDurationMs }),
    },
    ...(values.flag('interrupts') === false && {
      activityHandling: ActivityHandling.NO_INTERRUPTION,
    }),
  };
}

/** The most that a reply has by itself. */
const unlimited = 8192;
