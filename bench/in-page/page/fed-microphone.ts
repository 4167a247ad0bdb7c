const speechHz = 48_000;
/** A microphone is never without noise; of its samples, [-1, 1]. */
const noise = 0.0005;
const noiseS = 2;
const breathS = 0.6;
/** So far ahead speech is scheduled: a busy page must not hold it up. */
const aheadS = 0.9;

export interface FedMicrophone {
  readonly context: AudioContext;
  readonly track: MediaStreamTrack;
  /** What the track is fed with. */
  readonly feed: AudioNode;
  /** Says 16-bit samples at 48 kHz (base64). Resolves when the last one has been said. */
  say(pcm: string): Promise<void>;
  /** Says one clip after the other, with a breath between, for good. */
  talk(clips: readonly string[]): void;
}

export function fedMicrophone(context: AudioContext): FedMicrophone {
  const destination = context.createMediaStreamDestination();
  const feed = new GainNode(context);
  feed.connect(destination);
  const hush = new AudioBufferSourceNode(context, { buffer: hushOf(context), loop: true });
  hush.connect(feed);
  hush.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('The browser gives no track.');
  return {
    context,
    track,
    feed,
    async say(pcm) {
      const samples = samplesOf(pcm);
      const buffer = context.createBuffer(1, samples.length, speechHz);
      buffer.copyToChannel(samples, 0);
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(feed);
      source.start(context.currentTime + aheadS);
      await new Promise((resolve) => {
        source.onended = resolve;
      });
    },
    talk(clips) {
      const breath = new Float32Array(breathS * speechHz);
      const samples = Float32Array.from(clips.flatMap((clip) => [...samplesOf(clip), ...breath]));
      const buffer = context.createBuffer(1, samples.length, speechHz);
      buffer.copyToChannel(samples, 0);
      const source = new AudioBufferSourceNode(context, { buffer, loop: true });
      source.connect(feed);
      source.start();
    },
  };
}

export function samplesOf(pcm: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(pcm), (character) => character.charCodeAt(0));
  return Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 0x8000);
}

function hushOf(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, noiseS * context.sampleRate, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1) samples[i] = (2 * Math.random() - 1) * noise;
  return buffer;
}
