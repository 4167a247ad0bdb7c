import type { voice } from '@livekit/agents';
import type { AvatarRequest, AvatarResponse } from '#protocol/avatar.ts';
import type { Configured, Settings } from '#protocol/settings.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { ProviderObserver } from '../providers/provider.ts';
import { changeBetween } from '../settings/change.ts';
import { checkSettings, type Choices, type Refusal } from '../settings/check.ts';
import { within } from '../voice/patience.ts';
import type { Loss, RealtimeVoice } from '../voice/realtime-voice.ts';
import type { Briefing, Voice } from '../voice/voice.ts';
import type { Voices } from '../voice/voices.ts';
import type { Assistant } from './assistant.ts';
import type { EventLog } from './event-channel.ts';
import { Impossible, impossible } from './remote-control.ts';

/** How long a provider may take to accept a session, in ms. */
const patienceMs = 8000;
const tookTooLong: Loss = { code: 'provider_failed', detail: 'It did not take over in time.' };

interface AnsweringOptions {
  readonly voices: Voices;
  /** What the person chose before, or what the environment names. */
  readonly wanted: Settings;
  readonly session: voice.AgentSession;
  readonly createAssistant: (voice: Voice, settings: Settings) => Assistant;
  /** What an assistant with this voice has to know. */
  readonly briefing: (voice: Voice, settings: Settings) => Briefing;
  readonly observer: (provider: ProviderId) => ProviderObserver;
  readonly interrupt: () => Promise<unknown>;
  /** A voice has been seated, or goes on under other settings. */
  readonly onSeated: () => void;
  /** What answered before has given way: to a new session of the same provider, or to another one. */
  readonly onReplaced: (how: 'renewed' | 'switched') => void;
  readonly log: EventLog;
  /** Something that was chosen before, or that the environment names, cannot be had. */
  readonly onRefused: (reason: string) => void;
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
  readonly #refusedAtFirst: Refusal[];
  readonly #failedAtFirst: Loss | undefined;
  #over = false;

  constructor(options: AnsweringOptions) {
    this.#options = options;
    const { settings, refused } = checkSettings(options.wanted, this.#choicesUnder({}));
    this.#refusedAtFirst = refused;
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
    return this.#unattended(async () => {
      const wanted = this.#options.wanted.provider ?? 'embedded';
      for (const { reason } of this.#refusedAtFirst) this.#options.onRefused(reason);
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
          await this.#assistant.updateInstructions(this.#briefing.instructions);
        }
        if (change.tools) await this.#assistant.updateTools(this.#briefing.tools);
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

  /** Goes on with a new session of the same provider, if it can be had, which knows what was settled so far. */
  async renew(): Promise<void> {
    await this.#unattended(async () => {
      await this.#change(this.#settings);
    });
  }

  /** The tools of outside servers have changed. */
  async refreshTools(): Promise<void> {
    await this.#unattended(() => this.#assistant.updateTools(this.#briefing.tools));
  }

  /** The settings as they would be with this voice, or why they cannot be. */
  trial(provider: ProviderId, voice: string): ReturnType<typeof checkSettings> {
    return checkSettings({ provider, voice }, this.#choicesUnder(this.#settings));
  }

  /** What the page needs for the video of whoever answers. Throws `Impossible` where there is none. */
  async showFace(request: AvatarRequest): Promise<AvatarResponse> {
    const avatar = this.#voice.kind === 'realtime' ? this.#voice.avatar : undefined;
    if (!avatar) throw new Impossible('What answers now has no face to show.');
    if (request.want === 'servers') return { iceServers: [...avatar.iceServers()] };
    return { serverSdp: await avatar.connect(request.clientSdp).catch(impossible) };
  }

  async close(): Promise<void> {
    this.#over = true;
    await this.#voice.close();
  }

  /** Another voice takes over once it surely can; until then, and if it cannot, the one before goes on. */
  async #change(settings: Settings): Promise<Loss | undefined> {
    const before = { voice: this.#voice, settings: this.#settings };
    const { voice: next, loss: refusal } = this.#tryToOpen(settings);
    if (!next) return refusal;
    const loss = await this.#prepare(next, settings);
    if (loss) {
      await next.close();
      return loss;
    }
    const seated = await this.#seat(next, settings);
    await before.voice.close();
    this.#options.onReplaced(
      before.settings.provider === settings.provider ? 'renewed' : 'switched',
    );
    if (!seated && next.kind === 'realtime') await this.#fallBack(tookTooLong);
    return undefined;
  }

  async #prepare(next: Voice, settings: Settings): Promise<Loss | undefined> {
    if (next.kind === 'pipeline') return undefined;
    return next.prepare(this.#options.briefing(next, settings), patienceMs);
  }

  /** Resolves to whether the voice has taken over in time. */
  async #seat(next: Voice, settings: Settings): Promise<boolean> {
    const { session, createAssistant, interrupt, onSeated } = this.#options;
    await interrupt();
    this.#assistant = createAssistant(next, settings);
    this.#voice = next;
    this.#settings = settings;
    session.updateAgent(this.#assistant);
    const entered = await within(patienceMs, this.#assistant.entered);
    if (next.kind === 'realtime') this.#watch(next);
    onSeated();
    return entered !== 'late';
  }

  #watch(voice: RealtimeVoice): void {
    void voice.lost().then((loss) =>
      this.#unattended(async () => {
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

  get #briefing(): Briefing {
    return this.#options.briefing(this.#voice, this.#settings);
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

  /** A change that nobody waits for. There is none any more once the conversation is over. */
  async #unattended(change: () => Promise<void>): Promise<void> {
    try {
      await this.#inTurn(() => (this.#over ? Promise.resolve() : change()));
    } catch (error) {
      this.#options.log.warn({ error }, 'what answers could not be changed');
    }
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined);
    return done;
  }
}
