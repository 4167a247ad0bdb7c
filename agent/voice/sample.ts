import { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Settings } from '#protocol/settings.ts';
import type { CloudProvider, Environment, ProviderObserver } from '../providers/provider.ts';
import { languageName } from '../settings/language-name.ts';
import { RealtimeVoice } from './realtime-voice.ts';

/** How long a service may take to say a sentence, in ms. */
const patienceMs = 10_000;

/** What a sample's own session tells is nobody's concern: the sound comes, or it does not. */
const unheeded: ProviderObserver = {
  connection: () => undefined,
  problem: () => undefined,
  viseme: () => undefined,
  approve: () => Promise.resolve(false),
  toolStarted: () => undefined,
  toolFinished: () => undefined,
};

/**
 * A sentence in a voice of a cloud service, by a session of its own that ends with the sound. Resolves with the first
 * sound under way; rejects with a sentence for a person.
 */
export async function sampleOf(
  provider: CloudProvider,
  env: Environment,
  settings: Settings,
  sentence: string,
): Promise<ReadableStream<AudioFrame>> {
  const voice = new RealtimeVoice(provider, env, settings, unheeded);
  const session = voice.model.session();
  const close = async (): Promise<void> => {
    await session.close();
    await voice.close();
  };
  try {
    await session.updateInstructions('You read out exactly what you are told to, and say no more.');
    await session.updateChatCtx(llm.ChatContext.empty());
    await session.updateTools(llm.ToolContext.empty());
    const loss = await voice.opened(patienceMs);
    if (loss) throw new Error(`${provider.name}: ${loss.detail}`);
    const signal = AbortSignal.timeout(patienceMs);
    const { messageStream } = await session.generateReply(readingOut(sentence), { signal });
    return ReadableStream.from(soundOf(messageStream, close));
  } catch (error) {
    await close();
    throw error;
  }
}

/** What makes a model that thinks for itself say these English words, in this language if there is one. */
export function readingOut(words: string, language?: string): string {
  const name = language && languageName(language);
  return name === undefined || name === 'English'
    ? `Say exactly this, and nothing before or after it: ${words}`
    : `Say this in ${name}, and nothing before or after it: ${words}`;
}

async function* soundOf(
  messages: ReadableStream<llm.MessageGeneration>,
  close: () => Promise<void>,
): AsyncGenerator<AudioFrame> {
  try {
    for await (const { audioStream } of messages) {
      yield* audioStream;
      // One message is the sentence; whatever else it thinks of was not asked for.
      return;
    }
  } finally {
    await close();
  }
}
