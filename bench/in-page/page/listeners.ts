/** What silences a tone on speech. Each resolves to the node that the tone passes through, once it listens. */
export const listeners = { parley, 'vad-web': vadWeb };
export type ListenerName = keyof typeof listeners;

async function parley(context: AudioContext, track: MediaStreamTrack): Promise<AudioNode> {
  const { Detector } = await import('../../../src/vad/detector.ts');
  return new Promise((resolve, reject) => {
    const starting = Detector.start({
      context,
      sensitivity: 'normal',
      onEvent: (event) => {
        if (event.kind === 'failed') reject(new Error(event.message));
        if (event.kind === 'ready') void starting.then(({ duck }) => resolve(duck));
        // The person has finished: the next reply sounds, and they cut in on it as on the first. A detector that went on
        // from here would take the end of what was said for a false alarm, and ask for more the next time.
        if (event.kind === 'speech' && event.phase === 'stopped') {
          void starting.then((detector) => detector.setSensitivity('normal'));
        }
      },
    });
    starting.then((detector) => detector.listenTo(track), reject);
  });
}

/** MicVAD as its guide has it, with its newest model; the track takes the place of the one it would ask for. */
async function vadWeb(context: AudioContext, track: MediaStreamTrack): Promise<AudioNode> {
  const { MicVAD } = await import('@ricky0123/vad-web/dist/real-time-vad.js');
  const gain = new GainNode(context);
  const stream = () => Promise.resolve(new MediaStream([track]));
  const restore = (): void => {
    gain.gain.value = 1;
  };
  const vad = await MicVAD.new({
    model: 'v6',
    audioContext: context,
    getStream: stream,
    resumeStream: stream,
    pauseStream: () => Promise.resolve(),
    baseAssetPath: '/vad-web/',
    onnxWASMBasePath: '/vad-web/',
    onSpeechStart: () => {
      gain.gain.value = 0;
    },
    onSpeechEnd: restore,
    onVADMisfire: restore,
  });
  await vad.start();
  return gain;
}
