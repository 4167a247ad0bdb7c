/**
 * Calls back when something changed that may make a failed microphone work: the person allowed it, or plugged one in.
 * Returns the release.
 */
export function watchForMicrophone(mayWork: (change: 'allowed' | 'plugged') => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  // Missing where the page's address may not use a microphone.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', () => mayWork('plugged'), { signal });
  void watchPermission(() => mayWork('allowed'), signal);
  return () => watching.abort();
}

async function watchPermission(allowed: () => void, signal: AbortSignal): Promise<void> {
  try {
    const permission = await navigator.permissions.query({ name: 'microphone' });
    permission.addEventListener(
      'change',
      () => {
        if (permission.state === 'granted') allowed();
      },
      { signal },
    );
  } catch {
    // Not every browser knows this permission by name; there the person presses "Try again".
  }
}
