import { frameRateHz } from '../../../vad/silero/frame.ts';
import { captureNode } from '../../vad/capture-node.ts';
import captureUrl from '../../vad/capture.worklet.ts?worker&url';
import type { CapturedFrame } from '../../vad/messages.ts';
import { WavWriter } from '../export/wav.ts';

export interface Recorder {
  /** Ends the recording and gives the microphone back. */
  stop: () => Blob;
}

/**
 * Records the microphone as the detector will hear it: 16 kHz, mono. Rejects with the browser's own error if there is no
 * microphone or it may not be used.
 */
export async function startRecorder(): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const releaseTracks = (): void => stream.getTracks().forEach((track) => track.stop());
  try {
    const context = new AudioContext();
    await context.audioWorklet.addModule(captureUrl);
    await context.resume();
    const writer = new WavWriter(frameRateHz, 1);
    const capture = captureNode(context);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<CapturedFrame>) =>
      writer.write([data.samples], 0, data.samples.length);
    capture.port.postMessage(port2, [port2]);
    context.createMediaStreamSource(stream).connect(capture);
    return {
      stop: () => {
        capture.port.postMessage('close');
        port1.close();
        releaseTracks();
        void context.close();
        return writer.finish();
      },
    };
  } catch (error) {
    releaseTracks();
    throw error;
  }
}

/** Why the microphone could not be opened, as the words name it. */
export function microphoneProblem(error: unknown): 'denied' | 'missing' | 'busy' {
  const name = error instanceof DOMException ? error.name : '';
  // Browsers leave `mediaDevices` out where a page may not use a microphone at all.
  if (name === 'NotAllowedError' || !('mediaDevices' in navigator)) return 'denied';
  return name === 'NotFoundError' ? 'missing' : 'busy';
}
