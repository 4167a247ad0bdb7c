import type { SoundEdge, SoundGateOptions } from './sound-gate.ts';
import workletUrl from './sound-gate.worklet.ts?worker&url';

const loaded = new WeakMap<BaseAudioContext, Promise<void>>();

/**
 * Reports when sound begins and ends at a node, from the audio thread, so that a hidden tab or a busy page changes
 * nothing. Resolves to the release; rejects if the browser refuses the worklet.
 */
export async function listenForSound(
  source: AudioNode,
  options: SoundGateOptions,
  onEdge: (edge: SoundEdge) => void,
): Promise<() => void> {
  const { context } = source;
  const loading = loaded.get(context) ?? context.audioWorklet.addModule(workletUrl);
  loaded.set(context, loading);
  await loading;
  const gate = new AudioWorkletNode(context, 'sound-gate', {
    numberOfInputs: 1,
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
    processorOptions: options,
  });
  gate.port.onmessage = ({ data }: MessageEvent<SoundEdge>) => onEdge(data);
  source.connect(gate);
  return () => {
    gate.port.onmessage = null;
    gate.port.postMessage('close');
    source.disconnect(gate);
  };
}
