import sherpa, { type OfflineRecognizer } from 'sherpa-onnx-node';
import { Lane } from '../lane.ts';
import type { ModelFiles } from '../models/model-files.ts';
import { listeningRateHz } from '../wire/messages.ts';
import { readable } from './transcript.ts';

/** The model gives an error and no text on less. In samples: 0.3 s. */
const shortestSamples = 0.3 * listeningRateHz;

/** Turns audio into text, one piece at a time, on a thread of its own. */
export class Recogniser {
  readonly #model: OfflineRecognizer;
  readonly #lane = new Lane();

  private constructor(model: OfflineRecognizer) {
    this.#model = model;
  }

  static async load(files: ModelFiles['recogniser']): Promise<Recogniser> {
    const model = await sherpa.OfflineRecognizer.createAsync({
      featConfig: { sampleRate: listeningRateHz, featureDim: 80 },
      modelConfig: {
        moonshine: { encoder: files.encoder, mergedDecoder: files.decoder },
        tokens: files.tokens,
        // A second thread made it slower on a busy machine and little faster on an idle one.
        numThreads: 1,
        provider: 'cpu',
      },
    });
    return new Recogniser(model);
  }

  get waiting(): number {
    return this.#lane.waiting;
  }

  /** True when a piece given now would be worked on at once. */
  get idle(): boolean {
    return this.#lane.idle;
  }

  /**
   * The text of a piece of at most about 12 s, mono in [-1, 1] at 16 kHz; empty when there are no words in it. What
   * decides a turn is wanted `soon`, what only shows progress `whenever` there is time. If it is no longer wanted when its
   * turn comes, the work is left out and the text is empty.
   */
  async recognise(
    samples: Float32Array,
    urgency: 'soon' | 'whenever',
    stillWanted: () => boolean = () => true,
  ): Promise<string> {
    if (samples.length < shortestSamples) return '';
    return this.#lane.run(async () => {
      if (!stillWanted()) return '';
      const stream = this.#model.createStream();
      stream.acceptWaveform({ samples, sampleRate: listeningRateHz });
      const { text } = await this.#model.decodeAsync(stream);
      return readable(text, (samples.length / listeningRateHz) * 1000);
    }, urgency);
  }
}
