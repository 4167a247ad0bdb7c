import type { AgentEvent } from '#protocol/events.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { Picodollars } from './cost.ts';
import { priceOf, type Price } from './prices.ts';

type MeteredEvent = Extract<AgentEvent, { type: 'metered' }>;

/** How much of the microphone's sound went to one model of a metered provider, in ms. */
export type MeteredModel = Omit<MeteredEvent, 'type' | 'atMs'>;

/** The sums, with what has been counted now. */
export function withMetered(
  sums: readonly MeteredModel[],
  { provider, model, capturedMs, sentMs, silentMs }: MeteredEvent,
): readonly MeteredModel[] {
  const others = sums.filter((sum) => sum.provider !== provider || sum.model !== model);
  const before = sums.find((sum) => !others.includes(sum));
  return [
    ...others,
    {
      provider,
      model,
      capturedMs: (before?.capturedMs ?? 0) + capturedMs,
      sentMs: (before?.sentMs ?? 0) + sentMs,
      silentMs: (before?.silentMs ?? 0) + silentMs,
    },
  ];
}

/**
 * Tokens that a second of a person's sound counts for; absent where no vendor says.
 * https://developers.openai.com/api/docs/guides/realtime-costs, https://ai.google.dev/gemini-api/docs/tokens,
 * https://learn.microsoft.com/azure/ai-services/speech-service/voice-live#pricing
 */
const tokensPerSecond: Readonly<Partial<Record<ProviderId, number>>> = {
  openai: 10,
  'azure-openai': 10,
  'voice-live': 10,
  gemini: 25,
};

/** These leave out of their count, as they say, what their own detector takes for silence. */
const countsSpeechOnly: readonly ProviderId[] = ['openai', 'azure-openai'];

export interface Savings {
  readonly capturedMs: number;
  readonly sentMs: number;
  /** Of what was captured, 0 to 100, whole. */
  readonly percentSaved: number;
  /** What the sound that was not sent would have cost; undefined where that cannot be said. */
  readonly saved: Picodollars | undefined;
  /** Whether some of it would have been left out of the count anyway. */
  readonly partlyFree: boolean;
}

/** What gating has saved; undefined where nothing was metered. */
export function savingsOf(
  sums: readonly MeteredModel[],
  prices: readonly Price[],
): Savings | undefined {
  const add = (name: 'capturedMs' | 'sentMs'): number =>
    sums.reduce((total, sum) => total + sum[name], 0);
  const capturedMs = add('capturedMs');
  if (capturedMs === 0) return undefined;
  const sentMs = add('sentMs');
  const worth = sums.map((sum) => worthOf(sum, prices));
  return {
    capturedMs,
    sentMs,
    percentSaved: Math.max(0, Math.round((1 - sentMs / capturedMs) * 100)),
    saved: worth.reduce<Picodollars | undefined>(
      (total, part) => (total === undefined || part === undefined ? undefined : total + part),
      0n,
    ),
    partlyFree: sums.some(({ provider }) => countsSpeechOnly.includes(provider)),
  };
}

function worthOf(
  { provider, model, capturedMs, sentMs }: MeteredModel,
  prices: readonly Price[],
): Picodollars | undefined {
  const unsentMs = Math.max(0, capturedMs - sentMs);
  if (unsentMs === 0) return 0n;
  const tokens = tokensPerSecond[provider];
  const price = priceOf(prices, provider, model);
  if (tokens === undefined || !price) return undefined;
  const count = BigInt(Math.round((unsentMs / 1000) * tokens));
  return count * BigInt(Math.round(price.audioIn * 1e6));
}
