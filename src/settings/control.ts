import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { Configured, SampleRequest, Settings } from '#protocol/settings.ts';
import { withProvider } from './changes.ts';
import { providerOf, type KnownOffers, type SettingsState } from './state.ts';
import type { SettingsStorage } from './storage.ts';

/** What the settings need of an assistant. Each rejects if it refuses or does not answer. */
export interface ConfigurableAssistant {
  configure(settings: Settings): Promise<Configured>;
  capabilities(provider?: ProviderId): Promise<Capabilities>;
  sample(request: SampleRequest): Promise<void>;
}

export interface SettingsListener {
  changed(state: SettingsState): void;
  /** What answers has told of itself, the first time or anew. */
  introduced(capabilities: Capabilities): void;
}

/** A value that is still being drawn or typed waits this long, in ms, before the assistant hears of it. */
export const settleMs = 600;

/**
 * What the person has set, kept in this browser and told to whatever assistant comes. Only the whole of it is sent,
 * one at a time, so that the last answer is always that to the last wish.
 */
export class SettingsControl {
  readonly #storage: SettingsStorage;
  readonly #listener: SettingsListener;
  #state: SettingsState;
  #assistant: ConfigurableAssistant | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The settings that are on their way. */
  #underWay: Settings | undefined;

  constructor(storage: SettingsStorage, listener: SettingsListener) {
    this.#storage = storage;
    this.#listener = listener;
    this.#state = {
      chosen: storage.current(),
      inEffect: undefined,
      refused: [],
      sending: { kind: 'none' },
      known: storage.offers(),
      offerMissing: undefined,
    };
  }

  get state(): SettingsState {
    return this.#state;
  }

  /** Changes what is set. With `pace: 'settle'` further changes are awaited before the assistant is told. */
  change(change: (settings: Settings) => Settings, pace: 'now' | 'settle' = 'now'): void {
    const chosen = change(this.#state.chosen);
    if (chosen === this.#state.chosen) return;
    this.#storage.keep(chosen);
    this.#set({ chosen, sending: this.#assistant ? { kind: 'pending' } : { kind: 'none' } });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), pace === 'settle' ? settleMs : 0);
  }

  /** Another one answers from now on. Arrow keys walk through the list, so the assistant hears only of the last. */
  chooseProvider(provider: ProviderId): void {
    if (provider === providerOf(this.#state)) return;
    this.change((now) => withProvider(now, provider, this.#storage.of(provider)), 'settle');
    void this.askForOffer();
  }

  /** Asks what can be set for the chosen provider, if that is not known. */
  async askForOffer(): Promise<void> {
    const assistant = this.#assistant;
    const provider = providerOf(this.#state);
    if (!assistant || !provider || this.#state.known?.offers[provider]) return;
    try {
      const capabilities = await assistant.capabilities(provider);
      if (assistant !== this.#assistant) return;
      this.#learn(capabilities, this.#state.known?.answering ?? provider);
    } catch (error) {
      if (assistant === this.#assistant) this.#set({ offerMissing: messageOf(error) });
    }
  }

  /** Lets the assistant speak in a voice without choosing it. Resolves with what went wrong, if anything did. */
  async hear(voice: string): Promise<string | undefined> {
    const provider = providerOf(this.#state);
    if (!this.#assistant || !provider) return undefined;
    try {
      await this.#assistant.sample({ provider, voice });
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Tells an assistant that has just come what is set, then hears what it can do. */
  async assistantCame(assistant: ConfigurableAssistant): Promise<void> {
    this.#assistant = assistant;
    if (Object.keys(this.#state.chosen).length > 0) await this.#send();
    else await this.introduce();
  }

  assistantLeft(): void {
    this.#assistant = undefined;
    this.#underWay = undefined;
    clearTimeout(this.#timer);
    this.#set({ inEffect: undefined, refused: [], sending: { kind: 'none' } });
  }

  /** Asks the assistant what answers now. */
  async introduce(): Promise<void> {
    const assistant = this.#assistant;
    try {
      const capabilities = await assistant?.capabilities();
      if (!capabilities || assistant !== this.#assistant) return;
      this.#learn(capabilities, capabilities.offer.provider);
      this.#set({ inEffect: capabilities.settings });
      this.#listener.introduced(capabilities);
    } catch {
      // An assistant that does not say what it is can be talked with all the same.
    }
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    const assistant = this.#assistant;
    // What is changed on the way of an earlier wish is sent when that has been answered.
    if (!assistant || this.#underWay) return;
    const settings = this.#state.chosen;
    this.#underWay = settings;
    this.#set({ sending: { kind: 'pending' } });
    const sending = await assistant.configure(settings).then(
      ({ settings: inEffect, refused, applied }): Partial<SettingsState> => ({
        inEffect,
        refused,
        sending: { kind: 'applied', how: applied },
      }),
      (error: unknown): Partial<SettingsState> => ({
        sending: { kind: 'failed', reason: messageOf(error) },
      }),
    );
    if (assistant !== this.#assistant) return;
    this.#underWay = undefined;
    if (settings !== this.#state.chosen) {
      await this.#send();
      return;
    }
    this.#set(sending);
    await this.introduce();
  }

  #learn({ providers, tools, offer }: Capabilities, answering: ProviderId): void {
    const before = this.#state.known?.offers;
    const known: KnownOffers = {
      answering,
      providers,
      tools: tools.map(({ name, title }) => ({ name, title })),
      offers: { ...before, [offer.provider]: offer },
    };
    this.#storage.keepOffers(known);
    this.#set({ known, offerMissing: undefined });
  }

  #set(part: Partial<SettingsState>): void {
    this.#state = { ...this.#state, ...part };
    this.#listener.changed(this.#state);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
