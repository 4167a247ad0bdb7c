/**
 * A page that is fed speech in the place of a microphone and has an assistant that never stops, here a tone for each
 * detector. Parley's detector is the product's own, unchanged.
 */
import { beginBusyness } from './busy.ts';
import { fedMicrophone, type FedMicrophone } from './fed-microphone.ts';
import { listeners, type ListenerName } from './listeners.ts';
import { timeFrames, type FrameTimes } from './frame-times.ts';
import { Probe, type Times } from './probe.ts';

declare global {
  interface Window {
    inPage: InPage;
  }
}

const toneHz = 300;
const toneGain = 0.2;

class InPage {
  #microphone: FedMicrophone | undefined;
  #probe: Probe | undefined;

  /** Opens microphone and playback. Call it in a click. */
  async open(): Promise<void> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.resume();
    this.#microphone = fedMicrophone(context);
    this.#probe = await Probe.start(context, this.#microphone);
  }

  /** Starts one detector with a tone that it silences. Resolves with how long that took, in ms. */
  async listen(name: ListenerName): Promise<number> {
    const { context, track } = this.#opened().microphone;
    const tone = new OscillatorNode(context, { frequency: toneHz });
    const quieter = new GainNode(context, { gain: toneGain });
    const beganMs = performance.now();
    const listener = await listeners[name](context, track);
    const tookMs = performance.now() - beganMs;
    tone.connect(quieter).connect(listener);
    this.#opened().probe.hear(name, listener);
    tone.start();
    return tookMs;
  }

  /** Says 16-bit samples at 48 kHz (base64). Resolves with the times, once all is as before. */
  async say(pcm: string): Promise<Times> {
    const { microphone, probe } = this.#opened();
    const times = probe.watch();
    await microphone.say(pcm);
    return times();
  }

  /** Says clips like that of `say` over and over; nothing of it is timed. */
  beginTalk(clips: readonly string[]): void {
    this.#opened().microphone.talk(clips);
  }

  /** Keeps the page busy for so many ms, again and again with as long a rest between. */
  block(busyMs: number): void {
    beginBusyness(busyMs);
  }

  timeFrames(pcm: string): Promise<FrameTimes> {
    return timeFrames(pcm);
  }

  #opened(): { microphone: FedMicrophone; probe: Probe } {
    if (!this.#microphone || !this.#probe) throw new Error('Nothing is open yet.');
    return { microphone: this.#microphone, probe: this.#probe };
  }
}

window.inPage = new InPage();
document.querySelector('button')?.addEventListener('click', () => {
  window.inPage.open().then(
    () => {
      document.title = 'open';
    },
    (error: unknown) => {
      document.title = String(error);
    },
  );
});
