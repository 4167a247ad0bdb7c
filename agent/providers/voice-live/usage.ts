import type { metrics } from '@livekit/agents';
import type { Generation } from './generation.ts';
import type { WireResponse } from './wire/server-events.ts';

/** What one reply has used, as the service counts it. */
export function toMetrics(
  response: WireResponse,
  generation: Generation,
  model: { readonly label: string; readonly name: string; readonly provider: string },
): metrics.RealtimeModelMetrics {
  const { usage } = response;
  const durationMs = Date.now() - generation.createdAt;
  const input = usage?.input_token_details;
  const cached = input?.cached_tokens_details;
  const outputTokens = usage?.output_tokens ?? 0;
  return {
    type: 'realtime_model_metrics',
    timestamp: generation.createdAt,
    requestId: response.id,
    ttftMs:
      generation.firstOutputAt === undefined ? -1 : generation.firstOutputAt - generation.createdAt,
    durationMs,
    cancelled: response.status === 'cancelled',
    label: model.label,
    inputTokens: usage?.input_tokens ?? 0,
    outputTokens,
    totalTokens: usage?.total_tokens ?? 0,
    tokensPerSecond: durationMs > 0 ? outputTokens / (durationMs / 1000) : 0,
    inputTokenDetails: {
      audioTokens: input?.audio_tokens ?? 0,
      textTokens: input?.text_tokens ?? 0,
      imageTokens: input?.image_tokens ?? 0,
      cachedTokens: input?.cached_tokens ?? 0,
      ...(cached && {
        cachedTokensDetails: {
          audioTokens: cached.audio_tokens ?? 0,
          textTokens: cached.text_tokens ?? 0,
          imageTokens: cached.image_tokens ?? 0,
        },
      }),
    },
    outputTokenDetails: {
      textTokens: usage?.output_token_details?.text_tokens ?? 0,
      audioTokens: usage?.output_token_details?.audio_tokens ?? 0,
      imageTokens: 0,
    },
    metadata: { modelName: model.name, modelProvider: model.provider },
  };
}
