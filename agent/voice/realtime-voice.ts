import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ProviderId, ProviderOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type {
  CloudProvider,
  ConnectionState,
  Environment,
  ProviderConnection,
  ProviderObserver,
} from '../providers/provider.ts';
import { GuardedModel, type Ear } from './guarded-model.ts';
import { within } from './patience.ts';
import type { Briefing, VoiceBasics } from './voice.ts';

/** Why a provider is gone for good. */
export interface Loss {
  readonly code: ProblemCode;
  readonly detail: string;
}

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'reconnecting'; readonly patience: NodeJS.Timeout }
  | { readonly kind: 'lost'; readonly loss: Loss };

/** How long a service may be away, in ms: nobody waits longer for an answer. */
const longestAwayMs = 20_000;

/** A cloud service that hears and speaks by itself, for as long as it lasts. */
export class RealtimeVoice implements VoiceBasics {
  readonly kind = 'realtime';
  readonly provider: ProviderId;
  readonly engine: Capabilities['engine'];
  readonly languages: string[];
  readonly model: GuardedModel;
  readonly pushToTalk: ProviderOffer['pushToTalk'];
  readonly #connection: ProviderConnection;
  readonly #observer: ProviderObserver;
  readonly #changed = new Set<() => void>();
  #state: State = { kind: 'opening' };
  /** What was told while the session was being opened: the likely reason if it never is. */
  #trouble: Loss | undefined;

  /** Throws if the service cannot even be tried. */
  constructor(
    provider: CloudProvider,
    env: Environment,
    settings: Settings,
    observer: ProviderObserver,
  ) {
    const offer = provider.offer(env);
    this.provider = provider.id;
    this.pushToTalk = offer.pushToTalk;
    this.languages = offer.languages;
    this.#observer = observer;
    this.#connection = provider.connect(env, settings, {
      connection: (state, detail) => this.#follow(state, detail),
      problem: (code, detail) => this.#note({ code, detail }),
      viseme: (id, offsetMs) => observer.viseme(id, offsetMs),
      approve: (request) => observer.approve(request),
      toolStarted: (call) => observer.toolStarted(call),
      toolFinished: (call) => observer.toolFinished(call),
    });
    this.engine = {
      id: provider.id,
      name: provider.name,
      description: provider.description,
      runsLocally: provider.runsLocally,
      sees: this.#connection.eyes !== undefined,
      parts: { listening: offer.model, thinking: offer.model, speaking: offer.model },
    };
    this.model = new GuardedModel(this.#connection.model, (error) => this.#lose(error.message));
  }

  /** Undefined where it cannot see. */
  get eyes(): ProviderConnection['eyes'] {
    return this.#connection.eyes;
  }

  get avatar(): ProviderConnection['avatar'] {
    return this.#connection.avatar;
  }

  /** Begins to connect before anything depends on it. Resolves as `opened` does. */
  async prepare(briefing: Briefing, patienceMs: number): Promise<Loss | undefined> {
    const told = this.model.prepare(briefing);
    const loss = await this.opened(patienceMs);
    if (!loss) await within(patienceMs, told);
    return loss;
  }

  /** Resolves when the service has accepted the session, to undefined, or when it surely will not, to the reason. */
  async opened(patienceMs: number): Promise<Loss | undefined> {
    const change = new Promise<void>((resolve) => {
      this.#changed.add(resolve);
    });
    if (this.#state.kind === 'opening') await within(patienceMs, change);
    if (this.#state.kind === 'opening') this.#lose('It did not answer in time.');
    return this.#loss;
  }

  /** Resolves when the service is gone for good. */
  async lost(): Promise<Loss> {
    for (;;) {
      if (this.#state.kind === 'lost') return this.#state.loss;
      await new Promise<void>((resolve) => {
        this.#changed.add(resolve);
      });
    }
  }

  /** From now on the service hears only what passes here. */
  hearThrough(gate: Ear): void {
    this.model.hearThrough(gate);
  }

  applyLive(settings: Settings): boolean {
    return this.#connection.applyLive(settings);
  }

  async close(): Promise<void> {
    this.#lose('It was closed.');
    await this.model.close();
  }

  get #loss(): Loss | undefined {
    return this.#state.kind === 'lost' ? this.#state.loss : undefined;
  }

  #follow(state: ConnectionState, detail: string): void {
    if (this.#state.kind === 'lost') return;
    if (state !== 'reconnecting') {
      this.#trouble = undefined;
      this.#move({ kind: 'open' });
    } else if (this.#state.kind === 'open') {
      const patience = setTimeout(() => this.#lose('It did not come back.'), longestAwayMs);
      this.#move({ kind: 'reconnecting', patience });
    }
    this.#observer.connection(state, detail);
  }

  #note(trouble: Loss): void {
    const known = this.#trouble?.code === trouble.code;
    if (this.#state.kind !== 'open') this.#trouble = trouble;
    // Credentials do not become right by waiting; a service that stays away says the same again and again.
    if (this.#state.kind === 'opening') {
      if (trouble.code === 'provider_refused') this.#lose(trouble.detail);
    } else if (!known) this.#observer.problem(trouble.code, trouble.detail);
  }

  #lose(detail: string): void {
    if (this.#state.kind === 'lost') return;
    const code = this.#state.kind === 'open' ? 'provider_failed' : 'provider_unreachable';
    this.#move({ kind: 'lost', loss: this.#trouble ?? { code, detail } });
  }

  #move(state: State): void {
    if (this.#state.kind === 'reconnecting') clearTimeout(this.#state.patience);
    this.#state = state;
    for (const tell of this.#changed) tell();
    this.#changed.clear();
  }
}
