import { Future, voice, type llm } from '@livekit/agents';
import {
  startVoiceLive,
  type VoiceLiveEmulator,
  type VoiceLiveOptions as EmulatorOptions,
} from '../../../e2e/providers/voice-live/voice-live.ts';
import {
  VoiceLiveRealtimeModel,
  type VoiceLiveOptions,
  type VoiceLiveRealtimeSession,
} from './index.ts';

interface Wishes extends Partial<Omit<VoiceLiveOptions, 'endpoint'>> {
  readonly emulator?: EmulatorOptions;
}

/** A session of the plugin by itself, as a framework would hold it, with an emulated service of its own. */
export class TestSession {
  private constructor(
    readonly service: VoiceLiveEmulator,
    readonly model: VoiceLiveRealtimeModel,
    readonly session: VoiceLiveRealtimeSession,
  ) {}

  /** Resolves when the service has accepted the session. */
  static async begin({ emulator, ...options }: Wishes = {}): Promise<TestSession> {
    const service = await startVoiceLive(emulator);
    const connected = new Future();
    const model = new VoiceLiveRealtimeModel({
      endpoint: service.url,
      credential: { apiKey: service.apiKey },
      model: 'gpt-5-mini',
      voice: { type: 'azure-standard', name: 'en-GB-SoniaNeural' },
      ...options,
      hooks: { ...options.hooks, onConnection: () => connected.resolve() },
    });
    const session = model.session();
    await connected.await;
    return new TestSession(service, model, session);
  }

  async end(): Promise<void> {
    await this.session.close();
    await this.service.stop();
  }

  /** What the service has agreed to. */
  get agreed(): unknown {
    return this.service.events.findLast(({ type }) => type === 'session.updated')?.event['session'];
  }

  /** The next reply that begins by itself. */
  reply(): Promise<llm.GenerationCreatedEvent> {
    return new Promise((resolve) => this.session.once('generation_created', resolve));
  }
}

interface Received {
  readonly text: string;
  readonly soundMs: number;
  /** The words that came with their times. */
  readonly timed: readonly voice.TimedString[];
}

/** All that a reply brings. */
export async function received({ messageStream }: llm.GenerationCreatedEvent): Promise<Received> {
  const pieces: (string | voice.TimedString)[] = [];
  let soundMs = 0;
  for await (const message of messageStream) {
    await Promise.all([
      (async () => {
        for await (const piece of message.textStream) pieces.push(piece);
      })(),
      (async () => {
        for await (const frame of message.audioStream)
          soundMs += (frame.samplesPerChannel / frame.sampleRate) * 1000;
      })(),
    ]);
  }
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
  return { text, soundMs, timed: pieces.filter((piece) => voice.isTimedString(piece)) };
}
