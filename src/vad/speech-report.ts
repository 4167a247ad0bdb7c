import { SpeechEdges, watchful } from '../../vad/segmenting/speech-edges.ts';
import { frameMs } from '../../vad/silero/frame.ts';
import type { DetectorEvent } from './messages.ts';

type SpeechEvent = Extract<DetectorEvent, { kind: 'speech' }>;

/** How often the state is said again where nothing changes, in ms of sound. */
const repeatMs = 1000;

/** Says where the person's speech begins and ends, and from time to time that there is still somebody who listens. */
export class SpeechReport {
  readonly #edges = new SpeechEdges(watchful);
  #sinceMs = repeatMs;

  /** Takes the next frame, whose last sample was taken in at `atMs`. */
  hear(probability: number, atMs: number): SpeechEvent | undefined {
    const edge = this.#edges.feed(probability);
    this.#sinceMs += frameMs;
    if (edge === 'stopped') {
      return this.#say({
        kind: 'speech',
        phase: edge,
        atMs: atMs - watchful.hangOverMs,
        probability,
      });
    }
    if (edge) return this.#say({ kind: 'speech', phase: edge, atMs, probability });
    if (this.#sinceMs < repeatMs) return undefined;
    const phase = this.#edges.speaking ? 'speaking' : 'quiet';
    return this.#say({ kind: 'speech', phase, atMs, probability });
  }

  #say(event: SpeechEvent): SpeechEvent {
    this.#sinceMs = 0;
    return event;
  }
}
