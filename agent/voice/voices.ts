import type { AudioFrame } from '@livekit/rtc-node';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProviderId, ProviderOffer, ProviderSummary } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import { frames } from '../embedded/spoken-frames.ts';
import type { EngineClient } from '../engine/client.ts';
import { speakingRateHz } from '../engine/wire/messages.ts';
import type { CloudProvider, Environment, ProviderObserver } from '../providers/provider.ts';
import { chime } from './chime.ts';
import { embeddedOffer } from './embedded-offer.ts';
import { createEmbeddedVoice, type EmbeddedParts } from './embedded-voice.ts';
import { RealtimeVoice } from './realtime-voice.ts';
import { sampleOf } from './sample.ts';
import type { Voice } from './voice.ts';

interface VoicesOptions {
  readonly embedded: EmbeddedParts;
  readonly cloud: readonly CloudProvider[];
  readonly env: Environment;
}

/** Rate of the sound of cloud services, in Hz. */
const cloudRateHz = 24_000;

/** Everything that can answer in a conversation: the embedded engine, and the cloud services that are configured. */
export class Voices {
  readonly #embedded: EmbeddedParts;
  readonly #cloud: readonly CloudProvider[];
  readonly #env: Environment;

  constructor({ embedded, cloud, env }: VoicesOptions) {
    this.#embedded = embedded;
    this.#cloud = cloud;
    this.#env = env;
  }

  /** Whether a reply takes so long to think of that it is begun before the turn has surely ended. */
  get thinksAhead(): boolean {
    return this.#embedded.brain.thinksAhead;
  }

  /** The engine of this worker, which listens whatever answers. */
  get engine(): EngineClient {
    return this.#embedded.client;
  }

  /** The rate at which to publish, in Hz: that of the embedded engine, unless something finer can come. */
  get outputRateHz(): number {
    const fromCloud = this.#cloud.some((provider) => provider.missing(this.#env).length === 0);
    return fromCloud ? cloudRateHz : speakingRateHz;
  }

  summaries(): ProviderSummary[] {
    const { name, description, runsLocally } = this.#embedded.brain.engine;
    return [
      { id: 'embedded', name, description, runsLocally, missing: [] },
      ...this.#cloud.map((provider) => ({
        id: provider.id,
        name: provider.name,
        description: provider.description,
        runsLocally: provider.runsLocally,
        missing: provider.missing(this.#env),
        sees: provider.sees(this.#env),
      })),
    ];
  }

  offer(id: ProviderId): ProviderOffer {
    return this.#find(id)?.offer(this.#env) ?? embeddedOffer(this.#embedded.brain.thinking);
  }

  /** For the page: what answers, what else could, and what can be set for this provider; else for the one that answers. */
  describe(
    { engine, languages, provider: current }: Voice,
    provider: ProviderId = current,
  ): Pick<Capabilities, 'engine' | 'languages' | 'providers' | 'offer'> {
    return { engine, languages, providers: this.summaries(), offer: this.offer(provider) };
  }

  /** Why this provider heeds no instructions; undefined where it does. */
  ignoresInstructions(id: ProviderId): string | undefined {
    if (id !== 'embedded' || this.#embedded.brain.thinksAhead) return undefined;
    return 'The built-in rules take no instructions; a language model or a cloud provider does.';
  }

  /** `settings` have been checked. Throws if the provider cannot even be tried. */
  open(settings: Settings, observer: ProviderObserver): Voice {
    const provider = settings.provider && this.#find(settings.provider);
    return provider
      ? new RealtimeVoice(provider, this.#env, settings, observer)
      : createEmbeddedVoice(this.#embedded, settings);
  }

  /** The sound of a timer that rings, followed by these words. */
  ring(words: string): ReadableStream<AudioFrame> {
    return ReadableStream.from(this.#ringing(words));
  }

  /** A sentence in another voice, in whichever session it takes. Rejects if it cannot be had. */
  async sample(settings: Settings, sentence: string): Promise<ReadableStream<AudioFrame>> {
    const provider = settings.provider && this.#find(settings.provider);
    if (provider) return sampleOf(provider, this.#env, settings, sentence);
    return ReadableStream.from(this.#speaking(sentence));
  }

  #find(id: ProviderId): CloudProvider | undefined {
    return this.#cloud.find((provider) => provider.id === id);
  }

  async *#ringing(words: string): AsyncGenerator<AudioFrame> {
    yield* frames(chime(speakingRateHz));
    yield* this.#speaking(words);
  }

  async *#speaking(words: string): AsyncGenerator<AudioFrame> {
    for await (const pcm of this.#embedded.client.synthesize(words)) yield* frames(pcm);
  }
}
