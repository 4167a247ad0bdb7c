import { llm } from '@livekit/agents';
import { defaultLimits, defaultSettings } from './options.ts';
import type { NovaSonicLimits, NovaSonicOptions, NovaSonicSettings } from './options.ts';
import { NovaSonicSession } from './session.ts';

const defaultModel = 'amazon.nova-2-sonic-v1:0';

/** Amazon Nova 2 Sonic as a realtime model of LiveKit Agents. One model may serve several sessions. */
export class NovaSonicRealtimeModel extends llm.RealtimeModel {
  readonly options: NovaSonicOptions;
  readonly limits: NovaSonicLimits;
  #settings: NovaSonicSettings;
  readonly #sessions = new Set<NovaSonicSession>();

  constructor(options: NovaSonicOptions = {}) {
    super({
      // There is no event for it on the wire: the next connection is told what was heard.
      messageTruncation: true,
      turnDetection: true,
      userTranscription: true,
      autoToolReplyGeneration: true,
      audioOutput: true,
      manualFunctionCalls: false,
      midSessionChatCtxUpdate: true,
      midSessionInstructionsUpdate: true,
      midSessionToolsUpdate: true,
      perResponseToolChoice: false,
    });
    this.options = options;
    this.limits = { ...defaultLimits, ...options.limits };
    const { voice, endpointingSensitivity, maxTokens, topP, temperature, language } = options;
    this.#settings = {
      voice: voice ?? defaultSettings.voice,
      endpointingSensitivity: endpointingSensitivity ?? defaultSettings.endpointingSensitivity,
      maxTokens: maxTokens ?? defaultSettings.maxTokens,
      topP: topP ?? defaultSettings.topP,
      temperature: temperature ?? defaultSettings.temperature,
      language: language ?? defaultSettings.language,
    };
  }

  override get model(): string {
    return this.options.model ?? defaultModel;
  }

  override get provider(): string {
    return 'aws';
  }

  override label(): string {
    return 'nova_sonic.RealtimeModel';
  }

  get settings(): NovaSonicSettings {
    return this.#settings;
  }

  /** Running sessions take it up at the next quiet moment, unheard. */
  updateSettings(settings: NovaSonicSettings): void {
    this.#settings = settings;
    for (const session of this.#sessions) session.settingsChanged();
  }

  override session(): NovaSonicSession {
    const session = new NovaSonicSession(this, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    return session;
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }
}
