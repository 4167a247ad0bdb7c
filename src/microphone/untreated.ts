/** No echo canceller, no noise suppression, no gain control. */
export const untreated = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
} as const satisfies MediaTrackConstraints;

/**
 * The same microphone once more, as it is before the browser treats it; undefined where the browser does not give it.
 * Firefox treats every clone of a track by itself. Chromium treats clones alike, but opens the device a second time without
 * asking again. On phones that could take the device from the first track, or switch off its echo canceller, so it is
 * left alone there. Whoever asked stops the track.
 */
export async function openUntreated(
  track: MediaStreamTrack,
): Promise<MediaStreamTrack | undefined> {
  if (/Android|iPhone|iPad|Mobile/.test(navigator.userAgent)) return undefined;
  const clone = track.clone();
  try {
    await clone.applyConstraints(untreated);
    if (isUntreated(clone)) return clone;
  } catch {
    // Another browser may refuse what it cannot do to a clone.
  }
  clone.stop();
  return (await mayOpenSilently()) ? openAgain(track) : undefined;
}

async function openAgain(track: MediaStreamTrack): Promise<MediaStreamTrack | undefined> {
  const { deviceId } = track.getSettings();
  if (deviceId === undefined || track.readyState === 'ended') return undefined;
  try {
    const audio = { ...untreated, deviceId: { exact: deviceId } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    const [again] = stream.getAudioTracks();
    if (!again || isUntreated(again)) return again;
    again.stop();
  } catch {
    // The detector has the treated one.
  }
  return undefined;
}

function isUntreated(track: MediaStreamTrack): boolean {
  return track.getSettings().echoCancellation === false;
}

/** A second question for the microphone in mid-talk would only startle. */
async function mayOpenSilently(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'granted';
  } catch {
    return false;
  }
}
