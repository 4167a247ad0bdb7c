import { WritableStream, type ReadableStream } from 'node:stream/web';
import type { voice } from '@livekit/agents';

/** What agents 1.9.0 keeps inside of an agent that is in charge. */
interface Inside {
  readonly _agentActivity?: {
    readonly audioRecognition?: {
      readonly vadInputStream?: ReadableStream<unknown>;
      readonly sttInputStream?: ReadableStream<unknown>;
    };
  };
}

/**
 * Lets go of the sound that nobody listens to. Agents 1.9.0 (AudioRecognition) divides the microphone between a detector of
 * speech and a recogniser whether there are such or not, and what is not read is kept for good: with neither detector nor end a
 * process grew by 10 MB a minute. Call it once the agent is in charge.
 */
export function dropUnheardSound(
  agent: voice.Agent,
  { recognises }: { recognises: boolean },
): void {
  const recognition = (agent as unknown as Inside)._agentActivity?.audioRecognition;
  const unheard = [
    recognition?.vadInputStream,
    recognises ? undefined : recognition?.sttInputStream,
  ];
  for (const stream of unheard) {
    if (stream && !stream.locked) void stream.pipeTo(new WritableStream()).catch(() => undefined);
  }
}
