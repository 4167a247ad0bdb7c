/**
 * Runs in the page before its own scripts. Measures what the page really sends to the speaker: everything that is
 * connected to the destination of an `AudioContext`, and every media element that plays a stream aloud (an element with
 * a file as its source is not seen). A suspended context or a paused element delivers nothing, and so counts as silence.
 *
 * No worklet: a strict policy wants its module from the page's own origin, and Chromium fetches it past `page.route`.
 */

export interface SpeakerProbe {
  /** For how long, in ms, sound has been measured since the given `performance.now()`. */
  soundedForMs(sinceMs: number): number;
  /** For how long, in ms, nothing has been heard up to now. */
  quietForMs(): number;
  record(): void;
  /** What was heard since `record()`: mono, 16 kHz, 16-bit little-endian PCM in base64. */
  stopRecording(): Promise<string>;
  /** Each channel of a sound file as the browser decodes it, in the same form. */
  channelsOf(file: Blob): Promise<string[]>;
}

declare global {
  interface Window {
    speaker: SpeakerProbe;
  }
}

/** About −48 dBFS: over the noise of Opus, well under the quietest speech. */
const soundThreshold = 0.004;
const tickMs = 20;
/** A busy page ticks late; what lies between two such ticks was not measured and counts for neither side. */
const longestTickMs = 50;
const recordingHz = 16_000;

type Connect = (
  this: AudioNode,
  target: AudioNode | AudioParam,
  ...ports: (number | undefined)[]
) => AudioNode;
type Disconnect = (this: AudioNode, ...where: unknown[]) => void;
type Play = (this: HTMLMediaElement) => Promise<void>;

const native = {
  connect: methodOf(AudioNode.prototype, 'connect') as Connect,
  disconnect: methodOf(AudioNode.prototype, 'disconnect') as Disconnect,
  play: methodOf(HTMLMediaElement.prototype, 'play') as Play,
};

function methodOf(prototype: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.value;
}

/** The ears on one context. */
class Tap {
  readonly input: GainNode;
  private readonly analyser: AnalyserNode;
  private readonly window: Float32Array<ArrayBuffer>;
  private recorder: MediaRecorder | undefined;
  private readonly recorded: Blob[] = [];

  constructor(
    readonly context: AudioContext,
    private readonly isAudible: () => boolean = () => true,
  ) {
    this.input = context.createGain();
    this.analyser = new AnalyserNode(context, { fftSize: 1024 });
    this.window = new Float32Array(this.analyser.fftSize);
    native.connect.call(this.input, this.analyser);
    // Kept running whatever is connected, or the analyser would go on showing the last sound that it had.
    const silence = new ConstantSourceNode(context, { offset: 0 });
    native.connect.call(silence, this.input);
    silence.start();
    const unheard = new GainNode(context, { gain: 0 });
    native.connect.call(this.analyser, unheard);
    native.connect.call(unheard, context.destination);
  }

  isLoud(): boolean {
    if (this.context.state !== 'running' || !this.isAudible()) return false;
    this.analyser.getFloatTimeDomainData(this.window);
    return Math.sqrt(energy(this.window) / this.window.length) > soundThreshold;
  }

  record(): void {
    const destination = this.context.createMediaStreamDestination();
    native.connect.call(this.input, destination);
    this.recorder = new MediaRecorder(destination.stream, { audioBitsPerSecond: 128_000 });
    this.recorded.length = 0;
    this.recorder.ondataavailable = ({ data }) => this.recorded.push(data);
    this.recorder.start();
  }

  /** Mono samples at 16 kHz; none if nothing could be recorded. */
  async stopRecording(): Promise<Float32Array> {
    const recorder = this.recorder;
    if (!recorder) return new Float32Array();
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.stop();
    await stopped;
    // A context that never ran leaves a file without a sample, which no browser decodes.
    const buffer = await decode(new Blob(this.recorded)).catch(() => undefined);
    return buffer?.getChannelData(0) ?? new Float32Array();
  }
}

class PageSpeaker implements SpeakerProbe {
  private readonly taps = new Map<AudioContext | MediaStream, Tap>();
  private readonly loudTicks: { readonly atMs: number; readonly lengthMs: number }[] = [];
  private quietMs = 0;
  private lastTickMs = performance.now();
  private isRecording = false;

  readonly tick = () => {
    const atMs = performance.now();
    const lengthMs = Math.min(longestTickMs, atMs - this.lastTickMs);
    this.lastTickMs = atMs;
    if ([...this.taps.values()].some((tap) => tap.isLoud())) {
      this.loudTicks.push({ atMs, lengthMs });
      this.quietMs = 0;
    } else {
      this.quietMs += lengthMs;
    }
  };

  inputFor(context: AudioContext): AudioNode {
    return this.remember(context, () => new Tap(context)).input;
  }

  watch(element: HTMLMediaElement): void {
    const stream = element.srcObject;
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return;
    const { context } = this.remember(stream, () => {
      const ears = new AudioContext();
      const plays = () => !element.paused && !element.muted && element.volume > 0;
      const tap = new Tap(ears, () => plays() && element.srcObject === stream);
      native.connect.call(ears.createMediaStreamSource(stream), tap.input);
      return tap;
    });
    // Before a gesture it may not run, and then neither does the element.
    void context.resume();
  }

  soundedForMs(sinceMs: number): number {
    const ticks = this.loudTicks.filter(({ atMs }) => atMs >= sinceMs);
    return ticks.reduce((total, { lengthMs }) => total + lengthMs, 0);
  }

  quietForMs(): number {
    return this.quietMs;
  }

  record(): void {
    this.isRecording = true;
    for (const tap of this.taps.values()) tap.record();
  }

  async stopRecording(): Promise<string> {
    this.isRecording = false;
    const takes = await Promise.all([...this.taps.values()].map((tap) => tap.stopRecording()));
    // One context speaks; the others of a page hold at most a meter or a chime.
    const [loudest] = takes.sort((a, b) => energy(b) - energy(a));
    return loudest ? encodePcm(loudest) : '';
  }

  async channelsOf(file: Blob): Promise<string[]> {
    const buffer = await decode(file);
    return Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
      encodePcm(buffer.getChannelData(channel)),
    );
  }

  private remember(key: AudioContext | MediaStream, make: () => Tap): Tap {
    const existing = this.taps.get(key);
    if (existing) return existing;
    const tap = make();
    if (this.isRecording) tap.record();
    this.taps.set(key, tap);
    return tap;
  }
}

function energy(samples: Float32Array): number {
  return samples.reduce((total, sample) => total + sample * sample, 0);
}

async function decode(file: Blob): Promise<AudioBuffer> {
  return new OfflineAudioContext(1, 1, recordingHz).decodeAudioData(await file.arrayBuffer());
}

function encodePcm(samples: Float32Array): string {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  const bytes = new Uint8Array(pcm.buffer);
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x2000));
  }
  return btoa(text);
}

const speaker = new PageSpeaker();
window.speaker = speaker;
window.setInterval(speaker.tick, tickMs);

/** The tap beside this target, if it is a loudspeaker. */
function inputBeside(target: unknown): AudioNode | undefined {
  if (!(target instanceof AudioDestinationNode)) return undefined;
  return target.context instanceof AudioContext ? speaker.inputFor(target.context) : undefined;
}

const connect: Connect = function (target, ...ports) {
  const beside = inputBeside(target);
  if (beside) native.connect.call(this, beside, ...ports.slice(0, 1));
  return native.connect.call(this, target, ...ports);
};

const disconnect: Disconnect = function (target, ...ports) {
  const beside = inputBeside(target);
  if (beside) native.disconnect.call(this, beside, ...ports.slice(0, 1));
  native.disconnect.call(this, ...(target === undefined ? [] : [target, ...ports]));
};

// A stream may get its track after it was set, so the start of playing is asked as well.
const play: Play = function () {
  speaker.watch(this);
  return native.play.call(this);
};

Object.assign(AudioNode.prototype, { connect, disconnect });
Object.assign(HTMLMediaElement.prototype, { play });
const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
  ...source,
  set(this: HTMLMediaElement, value: MediaProvider | null) {
    source?.set?.call(this, value);
    speaker.watch(this);
  },
});
