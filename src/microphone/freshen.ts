import { untreated } from './untreated.ts';

/** The browser needs so long to open the device anew, in ms; what is asked for sooner is taken together. */
const reopeningMs = 300;

/**
 * Clears what sound has piled up in front of the page. Firefox on Linux reads microphone and loudspeaker by one stream, in
 * which up to 200 ms of the microphone pile up whenever the loudspeaker's side hesitates, and stay:
 * https://github.com/mozilla/cubeb-pulse-rs (`BufferManager`). The device is opened anew, with an empty queue, when
 * a track goes from processed to unprocessed sound, or back; so it is sent there and back. Elsewhere nothing is done.
 */
export async function freshen(track: MediaStreamTrack): Promise<void> {
  if (!/Linux.*Firefox/.test(navigator.userAgent) || track.readyState === 'ended') return;
  const wanted = track.getConstraints();
  await track.applyConstraints({ ...wanted, ...untreated });
  await new Promise((resolve) => setTimeout(resolve, reopeningMs));
  await track.applyConstraints(wanted);
}
