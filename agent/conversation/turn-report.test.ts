import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '#protocol/events.ts';
import { firstTokenAtMs, toldGate } from './turn-report.ts';

const common = { label: 'x', requestId: 'r', cancelled: false, totalTokens: 0, tokensPerSecond: 1 };

describe('the first token', () => {
  it('of a language model is counted back from the end of its answer', () => {
    const metrics = {
      ...common,
      type: 'llm_metrics',
      timestamp: 10_000,
      durationMs: 800,
      ttftMs: 150,
      completionTokens: 1,
      promptTokens: 1,
      promptCachedTokens: 0,
    } as const;
    expect(firstTokenAtMs(metrics)).toBe(9350);
    expect(firstTokenAtMs({ ...metrics, ttftMs: -1 })).toBeUndefined();
  });

  it('of a service that speaks by itself is counted from the beginning of its answer', () => {
    const none = { audioTokens: 0, textTokens: 0, imageTokens: 0, cachedTokens: 0 };
    const metrics = {
      ...common,
      type: 'realtime_model_metrics',
      timestamp: 10_000,
      durationMs: 800,
      ttftMs: 150,
      inputTokens: 0,
      outputTokens: 0,
      inputTokenDetails: none,
      outputTokenDetails: none,
    } as const;
    expect(firstTokenAtMs(metrics)).toBe(10_150);
  });
});

describe('the gate', () => {
  it('is told when it opens and when it closes, and not in between', () => {
    const sent: AgentEvent[] = [];
    const frame = (): AudioFrame => new AudioFrame(new Int16Array(160), 16_000, 1, 160);
    let lets: 'through' | 'silence' | 'nothing' = 'nothing';
    const ear = toldGate(
      {
        pass: (heard) =>
          lets === 'through' ? [frame(), heard] : lets === 'silence' ? [frame()] : [],
      },
      (event) => sent.push(event),
    );
    for (const next of ['nothing', 'through', 'through', 'silence', 'nothing'] as const) {
      lets = next;
      ear.pass(frame());
    }
    expect(sent).toMatchObject([
      { type: 'gate', open: false },
      { type: 'gate', open: true },
      { type: 'gate', open: false },
    ]);
  });
});
