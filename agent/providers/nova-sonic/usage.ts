import type { metrics } from '@livekit/agents';
import type { Generation } from './generation.ts';
import type { UsageTotals } from './wire/output-events.ts';

interface Tokens {
  inputSpeech: number;
  inputText: number;
  outputSpeech: number;
  outputText: number;
}

const none: Tokens = { inputSpeech: 0, inputText: 0, outputSpeech: 0, outputText: 0 };

/** Makes what each reply used out of totals that grow with a connection and begin anew with the next one. */
export class UsageMeter {
  readonly #seen = new Map<number, Tokens>();
  #pending: Tokens = { ...none };
  #heardAtMs = 0;

  /** `connection`: any number that stands for the connection. */
  collect(totals: UsageTotals, connection: number): void {
    const before = this.#seen.get(connection) ?? none;
    const now: Tokens = {
      inputSpeech: totals.input.speechTokens,
      inputText: totals.input.textTokens,
      outputSpeech: totals.output.speechTokens,
      outputText: totals.output.textTokens,
    };
    this.#seen.set(connection, now);
    for (const key of Object.keys(none) as (keyof Tokens)[]) {
      this.#pending[key] += Math.max(0, now[key] - before[key]);
    }
    this.#heardAtMs = performance.now();
  }

  /** Nothing was counted for so long, in ms; undefined with nothing to tell. */
  get settledMs(): number | undefined {
    const counted = Object.values(this.#pending).some((count: number) => count > 0);
    return counted ? performance.now() - this.#heardAtMs : undefined;
  }

  /** What was counted since the last call, as that reply's. */
  take(
    generation: Generation | undefined,
    label: string,
    model: string,
  ): metrics.RealtimeModelMetrics {
    const { inputSpeech, inputText, outputSpeech, outputText } = this.#pending;
    this.#pending = { ...none };
    const durationMs = generation?.durationMs ?? 0;
    const outputTokens = outputSpeech + outputText;
    return {
      type: 'realtime_model_metrics',
      timestamp: generation?.createdAtMs ?? Date.now(),
      requestId: generation?.id ?? '',
      ttftMs: generation?.firstAudioMs ?? -1,
      durationMs,
      cancelled: generation?.cancelled ?? false,
      label,
      inputTokens: inputSpeech + inputText,
      outputTokens,
      totalTokens: inputSpeech + inputText + outputTokens,
      tokensPerSecond: durationMs > 0 ? outputTokens / (durationMs / 1000) : 0,
      inputTokenDetails: {
        audioTokens: inputSpeech,
        textTokens: inputText,
        imageTokens: 0,
        cachedTokens: 0,
      },
      outputTokenDetails: { audioTokens: outputSpeech, textTokens: outputText, imageTokens: 0 },
      metadata: { modelProvider: 'aws', modelName: model },
    };
  }
}
