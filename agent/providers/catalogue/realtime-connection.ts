import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '#protocol/settings.ts';
import {
  OpenaiModel,
  type LiveSettings,
  type RealtimeService,
  type RealtimeSettings,
} from '../openai/model.ts';
import type { ProviderConnection, ProviderObserver } from '../provider.ts';
import { Values } from './read-values.ts';
import { canSee } from './realtime-offer.ts';

/** One conversation with OpenAI Realtime, wherever it runs. */
export function connectRealtime(
  service: RealtimeService,
  settings: Settings,
  observer: ProviderObserver,
): ProviderConnection {
  const model = new OpenaiModel(service, { ...fixed(settings), ...live(settings) }, observer);
  return {
    model,
    eyes: canSee(model.model) ? model.eyes : undefined,
    applyLive: (changed) => {
      // A voice cannot change once it has been heard, and reasoning is not asked for again.
      if (!isDeepStrictEqual(fixed(changed), fixed(settings))) return false;
      model.update(live(changed));
      return true;
    },
  };
}

function fixed({ voice, options }: Settings): RealtimeSettings {
  const effort = new Values(options).text('reasoning') as Effort | undefined;
  return { ...(voice !== undefined && { voice }), ...(effort && { reasoning: { effort } }) };
}

function live(settings: Settings): LiveSettings {
  const options = new Values(settings.options);
  const prompt = options.text('transcription_prompt');
  const longest = options.number('max_output_tokens') ?? unlimited;
  const { noiseReduction } = settings;
  return {
    turnDetection: turnDetectionOf(settings),
    inputAudioNoiseReduction: isField(noiseReduction) ? { type: noiseReduction } : null,
    inputAudioTranscription: {
      model: options.text('transcription') ?? 'gpt-4o-mini-transcribe',
      // ISO 639-1: the service refuses a region.
      ...(settings.language && { language: new Intl.Locale(settings.language).language }),
      ...(prompt !== undefined && { prompt }),
    },
    speed: options.number('speed') ?? 1,
    maxResponseOutputTokens: longest >= unlimited ? 'inf' : longest,
  };
}

function turnDetectionOf({
  mode,
  turnDetection,
}: Settings): NonNullable<LiveSettings['turnDetection']> | null {
  if (mode === 'push-to-talk') return null;
  const values = new Values(turnDetection?.values);
  const answering = {
    create_response: true,
    interrupt_response: values.flag('interrupt_response') ?? true,
  };
  if (turnDetection?.kind === 'server_vad') {
    return {
      type: 'server_vad',
      threshold: values.number('threshold') ?? 0.5,
      prefix_padding_ms: values.number('prefix_padding_ms') ?? 300,
      silence_duration_ms: values.number('silence_duration_ms') ?? 500,
      ...answering,
    };
  }
  const eagerness = (values.text('eagerness') ?? 'auto') as 'auto' | 'low' | 'medium' | 'high';
  return { type: 'semantic_vad', eagerness, ...answering };
}

/** The service's own upper limit, at which it takes the word for "no limit". */
const unlimited = 4096;

type Effort = NonNullable<NonNullable<RealtimeSettings['reasoning']>['effort']>;

function isField(value: string | undefined): value is 'near_field' | 'far_field' {
  return value === 'near_field' || value === 'far_field';
}
