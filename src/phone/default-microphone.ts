type Device = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>;

/**
 * Whether the system uses another microphone by default than before, though the one before is still plugged in: a headset
 * came, or the person chose in the system. One that was unplugged is another matter: its track ends, and is seen to there.
 * Chromium alone lists the default as a device of its own; elsewhere livekit-client follows it.
 */
export function defaultWentOver(before: readonly Device[], now: readonly Device[]): boolean {
  const former = defaultOf(before);
  const present = defaultOf(now);
  if (!former || !present || isSame(former, present)) return false;
  return now.some(
    ({ kind, deviceId, groupId }) =>
      kind === 'audioinput' && deviceId !== 'default' && groupId === former.groupId,
  );
}

function defaultOf(devices: readonly Device[]): Device | undefined {
  // Without permission no device has a name, and none can be told from another.
  return devices.find(
    ({ kind, deviceId, label }) => kind === 'audioinput' && deviceId === 'default' && label !== '',
  );
}

function isSame(one: Device, other: Device): boolean {
  return one.groupId === other.groupId && one.label === other.label;
}

/** Calls back when the system's default microphone went over to another. Returns the release. */
export function watchDefaultMicrophone(wentOver: () => void): () => void {
  const watching = new AbortController();
  const { mediaDevices } = navigator;
  let known: readonly Device[] = [];
  const look = async (): Promise<void> => {
    const devices = await mediaDevices.enumerateDevices();
    const before = known;
    known = devices;
    if (!watching.signal.aborted && defaultWentOver(before, devices)) wentOver();
  };
  mediaDevices.addEventListener('devicechange', () => void look(), { signal: watching.signal });
  void look();
  return () => watching.abort();
}
