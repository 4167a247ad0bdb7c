import { recorded } from '../../fixtures/spoken/recordings.ts';
import { Mind } from '../mind/mind.ts';
import { atRate } from '../mind/rate.ts';

/** Real words for tests, and ears for what comes back. */
export class TestSpeech {
  readonly #mind: Mind;

  private constructor(mind: Mind) {
    this.#mind = mind;
  }

  static async start(): Promise<TestSpeech> {
    return new TestSpeech(await Mind.start({ name: 'Test' }));
  }

  /** Spoken words with silence after them. */
  say(text: string, rateHz: number, silenceAfterMs = 1200): Int16Array {
    return Int16Array.from([...recorded(text, rateHz), ...silence(silenceAfterMs, rateHz)]);
  }

  /** The words in mono PCM. */
  async hear(pcm: Int16Array, rateHz: number): Promise<string> {
    const heard = rateHz === 16_000 ? pcm : atRate(pcm, { fromHz: rateHz, toHz: 16_000 });
    return new Promise((resolve) => {
      const hearing = this.#mind.listen({
        turns: { kind: 'manual' },
        onEvent: (event) => {
          if (event.type !== 'final') return;
          hearing.close();
          resolve(event.text);
        },
      });
      hearing.hear(heard);
      hearing.commit();
    });
  }

  async stop(): Promise<void> {
    await this.#mind.stop();
  }
}

export function silence(durationMs: number, rateHz: number): Int16Array {
  return new Int16Array((durationMs * rateHz) / 1000);
}

export function pcmBytes(pcm: Int16Array): Uint8Array {
  return new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
}

export function pcmSamples(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
}
