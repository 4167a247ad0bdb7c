import { llm } from '@livekit/agents';
import type { Eyes } from '../eyes.ts';
import { sessionUrl, defaultApiVersion } from './connection/endpoint.ts';
import { VoiceLiveError } from './connection/failure.ts';
import type { IceServer, VoiceLiveOptions } from './options.ts';
import { VoiceLiveRealtimeSession } from './session.ts';
import { transcriptionOf, turnDetectionOf } from './wire/session.ts';

/** As for OpenAI Realtime, whose models these are. */
const speakingMs = 2000;

/** Azure AI Voice Live as a realtime model of LiveKit Agents. */
export class VoiceLiveRealtimeModel extends llm.RealtimeModel {
  readonly #sessions = new Set<VoiceLiveRealtimeSession>();
  #options: VoiceLiveOptions;

  readonly eyes: Eyes = {
    speakingMs,
    restingMs: undefined,
    see: (picture) => this.#newest?.see(picture),
    forget: () => this.#newest?.forget(),
  };

  /** Throws a `VoiceLiveError` where the endpoint is no address. Connects with the first session, not before. */
  constructor(options: VoiceLiveOptions) {
    const detection = turnDetectionOf(options);
    const speaks = (options.answer ?? 'speech') === 'speech';
    super({
      messageTruncation: speaks,
      turnDetection: detection !== null,
      supportsOverlappingSpeech: detection?.interruptResponse === false,
      userTranscription: transcriptionOf(options) !== null,
      autoToolReplyGeneration: false,
      audioOutput: speaks,
      manualFunctionCalls: true,
      midSessionChatCtxUpdate: true,
      midSessionInstructionsUpdate: true,
      midSessionToolsUpdate: true,
      perResponseToolChoice: true,
    });
    sessionUrl(options.endpoint, options.apiVersion ?? defaultApiVersion, options.model);
    this.#options = options;
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return 'azure.voicelive';
  }

  override label(): string {
    return 'azure.voicelive.RealtimeModel';
  }

  /** The service's own ICE servers for the avatar. */
  get avatarIceServers(): readonly IceServer[] {
    return this.#newest?.avatarIceServers ?? [];
  }

  override session(): VoiceLiveRealtimeSession {
    const session = new VoiceLiveRealtimeSession(this, this.#options, () => {
      this.#sessions.delete(session);
    });
    this.#sessions.add(session);
    return session;
  }

  /** Puts other options into effect in the running sessions. False, and nothing done, where it takes a new model. */
  update(options: VoiceLiveOptions): boolean {
    const sessions = [...this.#sessions];
    if (!sessions.every((session) => session.takes(options))) return false;
    for (const session of sessions) session.update(options);
    this.#options = options;
    return true;
  }

  /** Has this text spoken as it stands; it is told as a generation that the service began. */
  say(text: string): void {
    this.#running.say(text);
  }

  /** Opens the video of the avatar. Both descriptions are base64. */
  connectAvatar(clientSdp: string): Promise<string> {
    return this.#running.connectAvatar(clientSdp);
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }

  get #newest(): VoiceLiveRealtimeSession | undefined {
    return [...this.#sessions].at(-1);
  }

  get #running(): VoiceLiveRealtimeSession {
    const session = this.#newest;
    if (!session) throw new VoiceLiveError('settings', 'There is no session yet.');
    return session;
  }
}
