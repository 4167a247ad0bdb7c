// Audio thread. Takes: the microphone. Gives: a tone, or silence for a while after anything was heard.

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Over all noise, under all speech that is said here; of the mean square. */
const loudFrom = 0.003 ** 2;
const silentS = 2.5;
const toneHz = 300;

class FloorProcessor extends AudioWorkletProcessor {
  #silentFor = 0;
  #phase = 0;

  process(
    [input]: readonly (readonly Float32Array[])[],
    [output]: readonly (readonly Float32Array[])[],
  ): boolean {
    const heard = input?.[0] ?? new Float32Array();
    const squares = heard.reduce((sum, sample) => sum + sample * sample, 0);
    if (squares / Math.max(1, heard.length) > loudFrom) this.#silentFor = silentS * sampleRate;
    const played = output?.[0] ?? new Float32Array();
    for (let i = 0; i < played.length; i += 1) {
      this.#phase += (2 * Math.PI * toneHz) / sampleRate;
      played[i] = this.#silentFor > 0 ? 0 : 0.2 * Math.sin(this.#phase);
    }
    this.#silentFor -= played.length;
    return true;
  }
}

registerProcessor('floor', FloorProcessor);
