import { MediaDeviceFailure } from 'livekit-client';
import type { Problem } from '../conversation/state.ts';

/** Why a microphone could not be opened, in the page's words. */
export function problemOfMicrophone(error: unknown): Problem {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  switch (MediaDeviceFailure.getFailure(error)) {
    case MediaDeviceFailure.PermissionDenied:
      return { code: 'microphone_denied', detail };
    case MediaDeviceFailure.NotFound:
      return { code: 'microphone_missing', detail };
    default:
      // A device that is there but cannot be started: NotReadableError, AbortError, or a constraint it cannot meet.
      return { code: 'microphone_busy', detail };
  }
}

/** Browsers leave `mediaDevices` out where a page may not use a microphone at all. */
export function microphoneIsOutOfReach(): boolean {
  return !isSecureContext || !('mediaDevices' in navigator);
}
