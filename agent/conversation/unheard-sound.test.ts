import { ReadableStream } from 'node:stream/web';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { initializeLogger, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { expect, it, onTestFinished, vi } from 'vitest';
import { dropUnheardSound } from './unheard-sound.ts';

const rateHz = 24_000;
const samplesPerFrame = rateHz / 100;
const manyFrames = 2000;
/** What may be on its way between two parts of the framework. */
const fewFrames = 200;

/** A microphone that delivers as fast as it is read. */
class Microphone extends voice.AudioInput {
  readonly frames: WeakRef<AudioFrame>[] = [];

  constructor() {
    super();
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({
        pull: async (controller) => {
          if (this.frames.length === manyFrames) return;
          const samples = new Int16Array(samplesPerFrame);
          const frame = new AudioFrame(samples, rateHz, 1, samplesPerFrame);
          this.frames.push(new WeakRef(frame));
          controller.enqueue(frame);
          await new Promise(setImmediate);
        },
      }),
    );
  }
}

class Listener extends voice.Agent {
  override onEnter(): Promise<void> {
    dropUnheardSound(this, { recognises: false });
    return Promise.resolve();
  }
}

it('is not kept by the framework for a detector and a recogniser that there are not', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const microphone = new Microphone();
  const session = new voice.AgentSession({ vad: null, turnHandling: { turnDetection: null } });
  onTestFinished(() => session.close());
  session.input.audio = microphone;
  await session.start({ agent: new Listener({ instructions: '' }), record: false });
  await vi.waitFor(() => expect(microphone.frames).toHaveLength(manyFrames), 20_000);
  await vi.waitFor(() => {
    collect();
    const kept = microphone.frames.filter((frame) => frame.deref() !== undefined);
    expect(kept.length).toBeLessThan(fewFrames);
  }, 5000);
}, 30_000);
