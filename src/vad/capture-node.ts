/** The node that cuts a microphone into frames; its worklet has to be loaded. */
export function captureNode(context: AudioContext): AudioWorkletNode {
  return new AudioWorkletNode(context, 'vad-capture', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  });
}
