/** The node that holds the assistant's voice back; its worklet has to be loaded. One voice is enough to keep, so it is mono. */
export function duckNode(context: AudioContext): AudioWorkletNode {
  return new AudioWorkletNode(context, 'barge-in-duck', {
    channelCount: 1,
    channelCountMode: 'explicit',
    outputChannelCount: [1],
  });
}
