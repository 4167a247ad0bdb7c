import probeUrl from './probe.worklet.ts?worker&url';
import type { FedMicrophone } from './fed-microphone.ts';
import type { ListenerName } from './listeners.ts';

/** On one audio clock, in ms after the first audible sample was fed to the track. */
export interface Times {
  /** When that sample came out of the track. */
  readonly arrivedMs: number | undefined;
  /** When each tone fell silent; undefined if it did not. */
  readonly silentMs: Partial<Record<ListenerName, number>>;
}

/** From the audio thread, in s. */
export interface ProbeNews {
  readonly fedS: number | undefined;
  readonly arrivedS: number | undefined;
  /** By the order of the tones. */
  readonly silentS: readonly (number | undefined)[];
  /** Whether all tones have been sounding for a while. */
  readonly calm: boolean;
}

/** Inputs: what is fed, what arrives, and the tones. */
const inputs = 4;
const calmLimitMs = 12_000;

/** Notes in the audio thread, which no busy page holds up, when speech begins and when tones end. */
export class Probe {
  readonly #node: AudioWorkletNode;
  readonly #tones: ListenerName[] = [];

  private constructor(node: AudioWorkletNode) {
    this.#node = node;
  }

  static async start(context: AudioContext, { feed, track }: FedMicrophone): Promise<Probe> {
    await context.audioWorklet.addModule(probeUrl);
    const node = new AudioWorkletNode(context, 'probe', { numberOfInputs: inputs });
    feed.connect(node, 0, 0);
    context.createMediaStreamSource(new MediaStream([track])).connect(node, 0, 1);
    // Silent, but what leads nowhere need not be worked out.
    node.connect(context.destination);
    return new Probe(node);
  }

  hear(name: ListenerName, tone: AudioNode): void {
    tone.connect(this.#node, 0, 2 + this.#tones.length);
    // As loud as a voice would be, for a tone that nobody hears.
    tone.connect(this.#node.context.destination);
    this.#tones.push(name);
  }

  /** Waits for speech from now on; the function that it returns gives the times once the tones are back. */
  watch(): () => Promise<Times> {
    let news: ProbeNews | undefined;
    let onCalm: (() => void) | undefined;
    this.#node.port.onmessage = ({ data }: MessageEvent<ProbeNews>) => {
      news = data;
      if (data.calm) onCalm?.();
    };
    this.#node.port.postMessage(this.#tones.length);
    return async () => {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, calmLimitMs);
        onCalm = resolve;
      });
      return this.#times(news);
    };
  }

  #times(news: ProbeNews | undefined): Times {
    if (news?.fedS === undefined) throw new Error('The speech was not heard.');
    const { fedS, arrivedS, silentS } = news;
    const since = (momentS: number | undefined): number | undefined =>
      momentS === undefined ? undefined : (momentS - fedS) * 1000;
    return {
      arrivedMs: since(arrivedS),
      silentMs: Object.fromEntries(this.#tones.map((name, i) => [name, since(silentS[i])])),
    };
  }
}
