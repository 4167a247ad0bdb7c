import { realtime } from '@livekit/agents-plugin-openai';
import type { Eyes } from '../eyes.ts';
import type { ProviderObserver } from '../provider.ts';
import type { Address } from './dial.ts';
import { GuardedSession } from './session.ts';

type PluginOptions = NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>;
/** What is set for a conversation, whoever runs the service. */
export type RealtimeSettings = Omit<
  PluginOptions,
  'model' | 'apiKey' | 'baseURL' | 'azureDeployment' | 'entraToken' | 'apiVersion' | 'temperature'
>;

export type RealtimeService =
  | {
      readonly kind: 'openai';
      readonly baseUrl: string;
      readonly apiKey: string;
      readonly model: string;
    }
  /** With the API that has no version: `/openai/v1/realtime`. */
  | {
      readonly kind: 'azure';
      readonly endpoint: string;
      readonly apiKey: string;
      readonly deployment: string;
    };

/** OpenAI Realtime, of OpenAI or on Azure, by the published plugin, with its traps guarded (see `GuardedSession`). */
export class OpenaiModel extends realtime.RealtimeModel {
  readonly #service: RealtimeService;
  readonly #observer: ProviderObserver;
  readonly #sessions = new Set<GuardedSession>();

  readonly eyes: Eyes = {
    speakingMs,
    // It answers only what is said, and a picture is replaced by the next one.
    restingMs: undefined,
    see: (picture) => {
      for (const session of this.#sessions) session.see(picture);
    },
    forget: () => {
      for (const session of this.#sessions) session.forget();
    },
  };

  constructor(
    service: RealtimeService,
    { maxResponseOutputTokens, ...settings }: RealtimeSettings & LiveSettings,
    observer: ProviderObserver,
  ) {
    super({ ...settings, ...identity(service), maxSessionDuration });
    this._options.maxResponseOutputTokens = maxResponseOutputTokens;
    this.#service = service;
    this.#observer = observer;
  }

  override session(): GuardedSession {
    const session = new GuardedSession(this, {
      address: addressOf(this.#service),
      observer: this.#observer,
      name: this.model,
    });
    this.#sessions.add(session);
    return session;
  }

  /** Puts these into effect from the next turn on, also after a new connection. */
  update(settings: LiveSettings): void {
    Object.assign(this._options, settings);
    for (const session of this.#sessions) session.update(settings);
  }

  override get provider(): string {
    return new URL(addressOf(this.#service).url).host;
  }
}

/** A picture is some hundreds of tokens, and unlike a frame of video made to be looked at for long. */
const speakingMs = 2000;

/** What the service lets one change in a running session. */
export interface LiveSettings extends Pick<
  RealtimeSettings,
  'turnDetection' | 'inputAudioNoiseReduction' | 'inputAudioTranscription' | 'speed'
> {
  readonly maxResponseOutputTokens: number | 'inf';
}

/** Azure ends a session after 30 minutes, OpenAI after 60; before that the plugin renews it, with the history. */
const maxSessionDuration = 25 * 60_000;

/**
 * The plugin's `withAzure` takes only some of the options, sends the name `gpt-realtime` in place of the deployment's and changes to
 * the retired protocol where OPENAI_API_VERSION is set; its plain constructor takes everything, and reads the environment only for
 * what is missing here.
 */
function identity(service: RealtimeService): PluginOptions {
  if (service.kind === 'openai') {
    return { model: service.model, apiKey: service.apiKey, baseURL: service.baseUrl };
  }
  return {
    model: service.deployment,
    azureDeployment: service.deployment,
    apiKey: service.apiKey,
    baseURL: `${service.endpoint}/openai`,
  };
}

function addressOf(service: RealtimeService): Address {
  const [base, model, headers] =
    service.kind === 'openai'
      ? [service.baseUrl, service.model, { Authorization: `Bearer ${service.apiKey}` }]
      : [`${service.endpoint}/openai/v1`, service.deployment, { 'api-key': service.apiKey }];
  const url = new URL(`${base.replace(/\/+$/, '')}/realtime`);
  url.protocol = url.protocol.replace('http', 'ws');
  url.searchParams.set('model', model);
  return { url: url.href, headers };
}
