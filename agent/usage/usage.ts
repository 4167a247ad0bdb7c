import type { metrics } from '@livekit/agents';
import type { Usage } from '#protocol/events.ts';

const nothing: Usage = {
  inputTextTokens: 0,
  inputAudioTokens: 0,
  inputImageTokens: 0,
  inputCachedTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
  inputAudioMs: 0,
  outputAudioMs: 0,
};

/** What one reply, or a part of it, used; undefined where the metrics tell of none. */
export function usageOf(metrics: metrics.AgentMetrics): Usage | undefined {
  switch (metrics.type) {
    case 'realtime_model_metrics': {
      const { inputTokenDetails: input, outputTokenDetails: output } = metrics;
      return usage({
        inputTextTokens: input.textTokens,
        inputAudioTokens: input.audioTokens,
        inputImageTokens: input.imageTokens,
        inputCachedTokens: input.cachedTokens,
        outputTextTokens: output.textTokens,
        outputAudioTokens: output.audioTokens,
      });
    }
    case 'llm_metrics':
      return usage({
        inputTextTokens: metrics.promptTokens,
        inputCachedTokens: metrics.promptCachedTokens,
        outputTextTokens: metrics.completionTokens,
      });
    case 'tts_metrics':
      return usage({ outputAudioMs: metrics.audioDurationMs });
    default:
      return undefined;
  }
}

/** Of speech that was listened to, in ms. */
export function usageOfListening(inputAudioMs: number): Usage | undefined {
  return usage({ inputAudioMs });
}

/** Undefined where all is nothing. Some providers report fractions, or nothing where they mean none. */
function usage(counted: Partial<Usage>): Usage | undefined {
  const whole = Object.entries(counted).map(([name, count = 0]) => {
    return [name, Number.isFinite(count) ? Math.max(0, Math.round(count)) : 0] as const;
  });
  return whole.some(([, count]) => count > 0)
    ? { ...nothing, ...Object.fromEntries(whole) }
    : undefined;
}
