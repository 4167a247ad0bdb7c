import sherpa, { type OfflineTts } from 'sherpa-onnx-node';
import { Lane } from '../lane.ts';
import type { ModelFiles } from '../models/model-files.ts';
import { speakingRateHz } from '../wire/messages.ts';
import { toInt16 } from '../wire/pcm.ts';
import { AudioCache } from './audio-cache.ts';
import { withPauses } from './pauses.ts';
import { speakable } from './speakable.ts';

/** Greetings, fillers and stock answers are no longer; they are worth keeping. In characters. */
const longestKeptText = 60;
/** About 90 s of speech. */
const keptBytes = 4 * 1024 * 1024;

/** Turns text into audio, one piece at a time, on a thread of its own. */
export class Voice {
  readonly #model: OfflineTts;
  readonly #lane = new Lane();
  readonly #kept = new AudioCache(keptBytes);

  private constructor(model: OfflineTts) {
    this.#model = model;
  }

  static async load(files: ModelFiles['voice']): Promise<Voice> {
    const model = await sherpa.OfflineTts.createAsync({
      model: {
        vits: {
          model: files.model,
          tokens: files.tokens,
          dataDir: files.pronunciation,
          noiseScale: 0.667,
          noiseScaleW: 0.8,
          lengthScale: 1,
        },
        numThreads: 1,
        provider: 'cpu',
      },
      maxNumSentences: 1,
    });
    if (model.sampleRate !== speakingRateHz) {
      throw new Error(`The voice speaks at ${model.sampleRate} Hz, not at ${speakingRateHz} Hz.`);
    }
    return new Voice(model);
  }

  get waiting(): number {
    return this.#lane.waiting;
  }

  /**
   * A piece of text as mono PCM at 22,050 Hz; empty when there is nothing to say in it, or the signal was aborted before
   * its turn came. Speed 1 is the voice's own pace.
   */
  async speak(piece: string, speed: number, signal: AbortSignal): Promise<Int16Array> {
    const text = speakable(piece);
    if (!/[\p{L}\p{N}]/u.test(text)) return new Int16Array();
    const key = `${speed} ${text}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    return this.#lane.run(async () => {
      if (signal.aborted) return new Int16Array();
      const { samples } = await this.#model.generateAsync({
        text,
        sid: 0,
        speed,
        enableExternalBuffer: false,
      });
      const audio = toInt16(withPauses(samples, text));
      if (text.length <= longestKeptText) this.#kept.set(key, audio);
      return audio;
    });
  }
}
