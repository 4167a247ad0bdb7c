/**
 * The least that a page can do: a worklet that hears the microphone and plays a tone, and plays none once it hears
 * something. What it takes is the way through the devices and the browser alone.
 */
document.querySelector('button')?.addEventListener('click', () => {
  void listen();
});

async function listen(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const context = new AudioContext({ latencyHint: 'interactive' });
  await context.resume();
  await context.audioWorklet.addModule('/floor.worklet.js');
  context
    .createMediaStreamSource(stream)
    .connect(new AudioWorkletNode(context, 'floor'))
    .connect(context.destination);
  document.title = 'joined';
}
