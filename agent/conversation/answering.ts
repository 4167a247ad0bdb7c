import { setTimeout as delay } from 'node:timers/promises';
import type { voice } from '@livekit/agents';
import type { Configured, Settings } from '#protocol/settings.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { ProviderObserver } from '../providers/provider.ts';
import { changeBetween } from '../settings/change.ts';
import { checkSettings, type Choices, type Refusal } from '../settings/check.ts';
import type { Loss, RealtimeVoice } from '../voice/realtime-voice.ts';
import type { Voice } from '../voice/voice.ts';
import type { Voices } from '../voice/voices.ts';
import type { Assistant } from './assistant.ts';

/** How long a provider may take to accept a session, in ms. */
const patienceMs = 8000;

interface AnsweringOptions {
  readonly voices: Voices;
  /** What the person chose before, or what the environment names. */
  readonly wanted: Settings;
  readonly session: voice.AgentSession;
  readonly createAssistant: (voice: Voice, settings: Settings) => Assistant;
  /** What changes in a running assistant. */
  readonly instructionsUnder: (settings: Settings) => string;
  readonly toolsUnder: (settings: Settings) => Parameters<Assistant['updateTools']>[0];
  readonly observer: (provider: ProviderId) => ProviderObserver;
  readonly interrupt: () => Promise<unknown>;
  /** A voice has been seated, or goes on under other settings. */
  readonly onSeated: () => void;
  /** What answered before has given way: to a new session of the same provider, or to another one. */
  readonly onReplaced: (how: 'renewed' | 'switched') => void;
  /** The provider could not be had or kept; the embedded engine has taken its place. */
  readonly onFallback: (name: string, loss: Loss) => void;
}

/** Which voice answers, and under which settings; both may change while the conversation goes on. */
export class Answering {
  readonly #options: AnsweringOptions;
  #settings: Settings;
  #voice: Voice;
  #assistant: Assistant;
  /** One change at a time: each needs to know what the one before came to. */
  #changes: Promise<unknown> = Promise.resolve();
  #failedAtFirst: Loss | undefined;

  constructor(options: AnsweringOptions) {
    this.#options = options;
    const { settings } = checkSettings(options.wanted, this.#choicesUnder({}));
    const { voice, loss } = this.#tryToOpen(settings);
    this.#failedAtFirst = loss;
    this.#settings = voice ? settings : this.#embeddedSettings(settings);
    this.#voice = voice ?? this.#open(this.#settings);
    this.#assistant = options.createAssistant(this.#voice, this.#settings);
  }

  get settings(): Settings {
    return this.#settings;
  }

  get voice(): Voice {
    return this.#voice;
  }

  get assistant(): Assistant {
    return this.#assistant;
  }

  /** To be called when the session has started. Resolves when somebody surely answers. */
  confirm(): Promise<void> {
    return this.#inTurn(async () => {
      const wanted = this.#options.wanted.provider ?? 'embedded';
      if (this.#failedAtFirst) this.#options.onFallback(this.#nameOf(wanted), this.#failedAtFirst);
      if (this.#voice.kind === 'pipeline') return;
      const loss = await this.#voice.opened(patienceMs);
      if (loss) await this.#fallBack(loss);
      else this.#watch(this.#voice);
    });
  }

  /** Puts settings into effect as far as that can be done, and tells what could not. */
  configure(wanted: Settings): Promise<Configured> {
    return this.#inTurn(async () => {
      const { settings, refused } = checkSettings(wanted, this.#choicesUnder(this.#settings));
      const offer = this.#options.voices.offer(this.#voice.provider);
      const change = changeBetween(this.#settings, settings, offer);
      if (change.kind === 'none') return this.#told(refused, 'nothing');
      if (change.kind === 'adjust' && (!change.own || this.#voice.applyLive(settings))) {
        this.#settings = settings;
        if (change.instructions) {
          await this.#assistant.updateInstructions(this.#options.instructionsUnder(settings));
        }
        if (change.tools) await this.#assistant.updateTools(this.#options.toolsUnder(settings));
        this.#options.onSeated();
        return this.#told(refused, 'live');
      }
      const loss = await this.#change(settings);
      if (!loss) return this.#told(refused, 'renewed');
      const reason = `${this.#nameOf(settings.provider ?? 'embedded')}: ${loss.detail}`;
      return this.#told(
        [...refused, { setting: 'provider', reason: reason.slice(0, 300) }],
        'nothing',
      );
    });
  }

  /** Goes on with a new session of the same provider, which knows what was said and settled so far. */
  async renew(): Promise<void> {
    await this.#inTurn(async () => {
      const loss = await this.#change(this.#settings);
      if (loss) await this.#fallBack(loss);
    });
  }

  /** The tools of outside servers have changed. */
  async refreshTools(): Promise<void> {
    await this.#inTurn(() => this.#assistant.updateTools(this.#options.toolsUnder(this.#settings)));
  }

  /** The settings as they would be with this voice, or why they cannot be. */
  trial(provider: ProviderId, voice: string): ReturnType<typeof checkSettings> {
    return checkSettings({ provider, voice }, this.#choicesUnder(this.#settings));
  }

  async close(): Promise<void> {
    await this.#voice.close();
  }

  /** Seats a new voice; on failure the one before is seated again, and the reason is returned. */
  async #change(settings: Settings): Promise<Loss | undefined> {
    const before = { voice: this.#voice, settings: this.#settings };
    const { voice: next, loss: refusal } = this.#tryToOpen(settings);
    if (!next) return refusal;
    const loss = await this.#seat(next, settings);
    if (!loss) {
      await before.voice.close();
      this.#options.onReplaced(
        before.settings.provider === settings.provider ? 'renewed' : 'switched',
      );
      return undefined;
    }
    await this.#return(before.voice, before.settings);
    await next.close();
    return loss;
  }

  /** The parts of a pipeline can be used again; a provider's session cannot. */
  async #return(voice: Voice, settings: Settings): Promise<void> {
    if (voice.kind === 'pipeline') {
      await this.#seat(voice, settings);
      return;
    }
    await voice.close();
    const { voice: again, loss: refusal } = this.#tryToOpen(settings);
    const loss = again ? await this.#seat(again, settings) : refusal;
    if (loss) await this.#fallBack(loss);
  }

  async #seat(next: Voice, settings: Settings): Promise<Loss | undefined> {
    const { session, createAssistant, interrupt } = this.#options;
    await interrupt();
    const assistant = createAssistant(next, settings);
    session.updateAgent(assistant);
    const loss = next.kind === 'realtime' ? await next.opened(patienceMs) : undefined;
    if (loss) return loss;
    const patience = new AbortController();
    const tooLate = delay(patienceMs, 'late', { signal: patience.signal, ref: false });
    const came = await Promise.race([assistant.entered, tooLate]);
    patience.abort();
    await tooLate.catch(() => undefined);
    if (came === 'late')
      return { code: 'provider_failed', detail: 'It did not take over in time.' };
    this.#voice = next;
    this.#settings = settings;
    this.#assistant = assistant;
    if (next.kind === 'realtime') this.#watch(next);
    this.#options.onSeated();
    return undefined;
  }

  #watch(voice: RealtimeVoice): void {
    void voice.lost().then((loss) =>
      this.#inTurn(async () => {
        if (this.#voice === voice) await this.#fallBack(loss);
      }),
    );
  }

  async #fallBack(loss: Loss): Promise<void> {
    const gone = this.#voice;
    const settings = this.#embeddedSettings(this.#settings);
    await this.#seat(this.#open(settings), settings);
    await gone.close();
    this.#options.onReplaced('switched');
    this.#options.onFallback(this.#nameOf(gone.provider), loss);
  }

  #embeddedSettings({ instructions, toolsOff }: Settings): Settings {
    const wanted: Settings = {
      provider: 'embedded',
      ...(instructions !== undefined && { instructions }),
      ...(toolsOff && { toolsOff }),
    };
    return checkSettings(wanted, this.#choicesUnder({})).settings;
  }

  #choicesUnder(inEffect: Settings): Choices {
    const { voices } = this.#options;
    return {
      providers: voices.summaries(),
      offer: (id) => voices.offer(id),
      inEffect,
      ignoresInstructions: (id) => voices.ignoresInstructions(id),
    };
  }

  #nameOf(provider: ProviderId): string {
    const summary = this.#options.voices.summaries().find(({ id }) => id === provider);
    return summary?.name ?? provider;
  }

  #open(settings: Settings): Voice {
    const observer = this.#options.observer(settings.provider ?? 'embedded');
    return this.#options.voices.open(settings, observer);
  }

  #tryToOpen(
    settings: Settings,
  ): { voice: Voice; loss?: undefined } | { voice?: undefined; loss: Loss } {
    try {
      return { voice: this.#open(settings) };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { loss: { code: 'provider_unreachable', detail } };
    }
  }

  #told(refused: Refusal[], applied: Configured['applied']): Configured {
    return { settings: this.#settings, refused: refused.slice(0, 32), applied };
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined);
    return done;
  }
}
