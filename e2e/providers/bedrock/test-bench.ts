import { afterAll, afterEach, beforeAll } from 'vitest';
import { engineTestTimeoutMs } from '../../../agent/engine/test-engine.ts';
import { Mind } from '../mind/mind.ts';
import { startBedrock, type BedrockEmulator, type BedrockOptions } from './bedrock.ts';
import { RawClient, type Received } from './test-client.ts';

/** Emulators of one test file, stopped after each test, and a voice and ears for it. Called at the top of the file. */
export class TestBench {
  #mind: Mind | undefined;
  readonly #running: BedrockEmulator[] = [];

  constructor() {
    beforeAll(async () => {
      this.#mind = await Mind.start({ name: 'the test' });
    }, engineTestTimeoutMs);
    afterEach(async () => {
      for (const emulator of this.#running.splice(0)) await emulator.stop();
    });
    afterAll(() => this.#mind?.stop());
  }

  async emulate(options: BedrockOptions = {}): Promise<BedrockEmulator> {
    const emulator = await startBedrock(options);
    this.#running.push(emulator);
    return emulator;
  }

  /** The words in mono PCM at 16 kHz. */
  transcript(pcm: Int16Array): Promise<string> {
    return new Promise((resolve) => {
      const hearing = this.mind.listen({
        turns: { kind: 'manual' },
        onEvent: (event) => {
          if (event.type === 'final') resolve(event.text);
        },
      });
      hearing.hear(pcm);
      hearing.commit();
    });
  }

  private get mind(): Mind {
    if (!this.#mind) throw new Error('The engine has not been started.');
    return this.#mind;
  }
}

/** At 16 kHz. */
export function silence(durationMs: number): Int16Array {
  return new Int16Array(durationMs * 16);
}

/** A client whose microphone is open. */
export function talkingTo(
  { url }: BedrockEmulator,
  options: Parameters<RawClient['start']>[0] = {},
): RawClient {
  const client = new RawClient(url);
  client.start(options);
  client.openMicrophone();
  return client;
}

export function isToolUse({ name }: Received): boolean {
  return name === 'toolUse';
}

/** The last of the texts that say what was heard. */
export function isEndOfReply({ type, stopReason }: Received): boolean {
  return type === 'TEXT' && stopReason === 'END_TURN';
}
