import { InferenceRunner } from '@livekit/agents';

/** The name under which the framework registers its local end-of-turn model (agents 1.9.0, inference/eot/runner.ts). */
const turnDetectorMethod = 'lk_eot_audio';

/**
 * Keeps the framework from starting a process of its own for its end-of-turn model: about 140 MB that no conversation
 * here uses, since the engine decides where a turn ends. There is no option for it. A name that is taken is left
 * alone, and one that cannot be listed starts no process.
 */
export function declineLocalTurnDetector(): void {
  Object.defineProperty(InferenceRunner.registeredRunners, turnDetectorMethod, {
    value: 'declined',
    enumerable: false,
  });
}
