import type { AgentEvent, Usage } from '#protocol/events.ts';
import type { ProviderId } from '#protocol/provider.ts';

/** What one turn has used. A turn with tools takes several replies of the provider. */
export interface UsedTurn {
  readonly provider: ProviderId;
  readonly model: string;
  readonly usage: Usage;
  /** On this page's clock, in ms since the epoch. */
  readonly atMs: number;
  /** Which turn of the person's it belongs to. */
  readonly turn: number;
}

type UsageEvent = Extract<AgentEvent, { type: 'usage' }>;

const counts = [
  'inputTextTokens',
  'inputAudioTokens',
  'inputImageTokens',
  'inputCachedTokens',
  'outputTextTokens',
  'outputAudioTokens',
  'inputAudioMs',
  'outputAudioMs',
] as const satisfies (keyof Usage)[];

export const noUsage: Usage = {
  inputTextTokens: 0,
  inputAudioTokens: 0,
  inputImageTokens: 0,
  inputCachedTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
  inputAudioMs: 0,
  outputAudioMs: 0,
};

/** The turns with what the provider has counted now. Replies of the same turn and model are taken together. */
export function withUsage(
  turns: readonly UsedTurn[],
  { provider, model, usage }: UsageEvent,
  turn: number,
  atMs: number,
): readonly UsedTurn[] {
  const last = turns.at(-1);
  if (last?.turn === turn && last.provider === provider && last.model === model) {
    return turns.with(-1, { ...last, usage: sum([last.usage, usage]) });
  }
  return [...turns, { provider, model, usage, turn, atMs }];
}

export function totalUsage(turns: readonly UsedTurn[]): Usage {
  return sum(turns.map(({ usage }) => usage));
}

/** All tokens, however they were counted; cached ones are among the input already. */
export function tokensOf(usage: Usage): number {
  const taken = usage.inputTextTokens + usage.inputAudioTokens + (usage.inputImageTokens ?? 0);
  return taken + usage.outputTextTokens + usage.outputAudioTokens;
}

function sum(all: readonly Usage[]): Usage {
  return all.reduce((total, usage) => {
    const entries = counts.map((name) => [name, (total[name] ?? 0) + (usage[name] ?? 0)]);
    return Object.fromEntries(entries) as Usage;
  }, noUsage);
}
