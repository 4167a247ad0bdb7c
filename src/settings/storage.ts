import * as z from 'zod/mini';
import { decode, type MessageKind } from '#protocol/codec.ts';
import { providerId, providerOffer, providerSummary, type ProviderId } from '#protocol/provider.ts';
import { storedSettings, type Settings } from '#protocol/settings.ts';
import { hostPage } from '../connect/host-page.ts';
import type { KnownOffers } from './state.ts';

const settingsKey = 'parley.settings';
const offersKey = 'parley.offers';

const knownOffers: MessageKind<KnownOffers> = {
  schema: z.object({
    answering: providerId,
    providers: z.array(providerSummary),
    tools: z.array(z.object({ name: z.string(), title: z.string() })),
    offers: z.partialRecord(providerId, providerOffer),
  }),
  maxBytes: 256 * 1024,
};

/** The part of the browser's storage that is used; a browser that keeps no site data has none. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Keeps the settings in this browser. What is broken, or of a version that no longer fits, is as if never kept. */
export class SettingsStorage {
  readonly #shelf: Shelf | undefined;

  constructor(shelf: Shelf | undefined) {
    this.#shelf = shelf;
  }

  current(): Settings {
    return this.#read(settingsKey, storedSettings) ?? {};
  }

  /** What was last set while this provider was chosen. */
  of(provider: ProviderId): Settings {
    return this.#read(`${settingsKey}.${provider}`, storedSettings) ?? {};
  }

  keep(settings: Settings): void {
    this.#write(settingsKey, settings);
    if (settings.provider) this.#write(`${settingsKey}.${settings.provider}`, settings);
  }

  offers(): KnownOffers | undefined {
    return this.#read(offersKey, knownOffers);
  }

  keepOffers(offers: KnownOffers): void {
    this.#write(offersKey, offers);
  }

  #read<T>(key: string, kind: MessageKind<T>): T | undefined {
    try {
      const kept = this.#shelf?.getItem(key);
      if (kept === undefined || kept === null) return undefined;
      const read = decode(kind, kept);
      if (read.ok) return read.value;
      this.#shelf?.removeItem(key);
    } catch {
      // Storage may be switched off; the settings then last as long as the page.
    }
    return undefined;
  }

  #write(key: string, value: unknown): void {
    try {
      this.#shelf?.setItem(key, JSON.stringify(value));
    } catch {
      // Storage may be full or switched off; the settings then last as long as the page.
    }
  }
}

/** Undefined where nothing may or can be kept. */
export function browserShelf(): Shelf | undefined {
  if (hostPage.isGuest) return undefined;
  try {
    return localStorage;
  } catch {
    // A browser that keeps no site data throws at the mere question.
    return undefined;
  }
}
