import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProviderId, ProviderOffer, ProviderSummary } from '#protocol/provider.ts';
import type { Configured, Settings } from '#protocol/settings.ts';

/** What became of the last change. Without an assistant there is nothing to be said of it. */
export type Sending =
  | { kind: 'none' }
  /** Changed, and on its way to the assistant. */
  | { kind: 'pending' }
  | { kind: 'applied'; how: Configured['applied'] }
  | { kind: 'failed'; reason: string };

/** What is known of what can be set: from the assistant that is here, or from the last one. */
export interface KnownOffers {
  /** The provider that answers if none is chosen. */
  readonly answering: ProviderId;
  readonly providers: readonly ProviderSummary[];
  readonly tools: readonly Pick<Capabilities['tools'][number], 'name' | 'title'>[];
  readonly offers: Readonly<Partial<Record<ProviderId, ProviderOffer>>>;
}

export type Refused = readonly Configured['refused'][number][];

export interface SettingsState {
  /** What the person has chosen, kept in this browser. */
  readonly chosen: Settings;
  /** What the assistant says is in effect, with its provider's defaults; undefined until it has said so. */
  readonly inEffect: Settings | undefined;
  /** What of `chosen` the assistant could not do, with the reasons. */
  readonly refused: Refused;
  readonly sending: Sending;
  /** Undefined where no assistant has ever been met. */
  readonly known: KnownOffers | undefined;
  /** Why an offer that was asked for did not come. */
  readonly offerMissing: string | undefined;
}

/** How turns are made now: as the person chose, unless the assistant could not do that. */
export function modeOf({
  chosen,
  inEffect,
  refused,
}: SettingsState): NonNullable<Settings['mode']> {
  const mode = refused.some(({ setting }) => setting === 'mode') ? inEffect?.mode : chosen.mode;
  return mode ?? 'conversation';
}

/** The provider that the settings are about: the chosen one, or the one that answers anyway. */
export function providerOf({ chosen, known }: SettingsState): ProviderId | undefined {
  return chosen.provider ?? known?.answering;
}

export function offerOf(state: SettingsState): ProviderOffer | undefined {
  const provider = providerOf(state);
  return provider && state.known?.offers[provider];
}
