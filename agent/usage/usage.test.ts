import { describe, expect, it } from 'vitest';
import { agentEventMessage } from '#protocol/events.ts';
import { usageOf, usageOfListening } from './usage.ts';

const common = { label: 'x', requestId: 'r', timestamp: 0, durationMs: 1, ttftMs: 1 };
const realtime = {
  ...common,
  type: 'realtime_model_metrics',
  cancelled: false,
  inputTokens: 30,
  outputTokens: 70,
  totalTokens: 100,
  tokensPerSecond: 1,
  inputTokenDetails: { textTokens: 10, audioTokens: 20, imageTokens: 7, cachedTokens: 5 },
  outputTokenDetails: { textTokens: 30, audioTokens: 40, imageTokens: 0 },
} as const;

describe('usage', () => {
  it('of a provider is counted in tokens, by what they stand for', () => {
    expect(usageOf(realtime)).toEqual({
      inputTextTokens: 10,
      inputAudioTokens: 20,
      inputImageTokens: 7,
      inputCachedTokens: 5,
      outputTextTokens: 30,
      outputAudioTokens: 40,
      inputAudioMs: 0,
      outputAudioMs: 0,
    });
  });

  it('of the embedded engine is counted in time', () => {
    const speech = {
      ...common,
      type: 'tts_metrics',
      ttfbMs: 1,
      audioDurationMs: 1499.6,
      cancelled: false,
      charactersCount: 9,
      streamed: true,
    } as const;
    expect(usageOf(speech)).toMatchObject({ outputAudioMs: 1500, outputTextTokens: 0 });
    expect(usageOfListening(800.2)).toMatchObject({ inputAudioMs: 800 });
  });

  it('that is nothing is not told', () => {
    const nothing = { textTokens: 0, audioTokens: 0, imageTokens: 0, cachedTokens: 0 };
    const idle = { ...realtime, inputTokenDetails: nothing, outputTokenDetails: nothing };
    expect(usageOf(idle)).toBeUndefined();
    expect(usageOfListening(0)).toBeUndefined();
  });

  it('always fits its message, whatever a provider reports', () => {
    const odd = { ...realtime.inputTokenDetails, textTokens: NaN, audioTokens: -3 };
    const usage = usageOf({ ...realtime, inputTokenDetails: odd });
    const event = { type: 'usage', provider: 'gemini', model: 'm', usage, atMs: 0 };
    expect(agentEventMessage.schema.safeParse(event).success).toBe(true);
  });
});
