import { initializeLogger, voice } from '@livekit/agents';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Loudspeaker, Microphone } from '../../agent/providers/test-line.ts';
import { sharedClockMs } from './clock.ts';
import type { CallOrder, CallResult, Turn } from './measuring.ts';
import { subjects } from './subjects.ts';

/** Not counted: connecting, and what is compiled at its first use. */
const warmUpTurns = 2;
/** A turn without an answer for so long has failed, and is said again. */
const patienceMs = 8000;
const mostFailed = 5;
/** After a reply, so that the service knows that it was heard. */
const pauseMs = 250;

/** A conversation in a process of its own, so that what it costs is what the framework and one plugin cost. */
process.once('disconnect', () => process.exit());
process.once('message', (order: CallOrder) => {
  void converse(order).then((result) => {
    process.send?.(result, () => process.exit());
  });
});

async function converse({ subject, clip, turns: wanted }: CallOrder): Promise<CallResult> {
  initializeLogger({ pretty: false, level: 'error' });
  const model = subjects[subject]?.(process.env);
  if (!model) throw new Error(`There is no subject "${subject}".`);
  const microphone = new Microphone();
  const loudspeaker = new Loudspeaker();
  const session = new voice.AgentSession({
    llm: model,
    vad: null,
    aecWarmupDuration: null,
    turnHandling: { turnDetection: null },
  });
  session.input.audio = microphone;
  session.output.audio = loudspeaker;
  await session.start({
    agent: new voice.Agent({ instructions: 'Answer briefly.' }),
    record: false,
  });

  const turns: Turn[] = [];
  let failed = 0;
  let count = 0;
  let beganMs = 0;
  let cpu = process.cpuUsage();
  while (turns.length < wanted) {
    if (count === warmUpTurns) {
      cpu = process.cpuUsage();
      beganMs = sharedClockMs();
    }
    // Services take sound in pieces: a turn may end anywhere within one.
    await delay(pauseMs + ((count * 37) % 100));
    const turn = await takeTurn(microphone, loudspeaker, Int16Array.from(clip));
    if (!turn && (failed += 1) > mostFailed) throw new Error(`${subject} does not answer.`);
    if (turn && count >= warmUpTurns) turns.push(turn);
    if (turn) count += 1;
  }
  const { user, system } = process.cpuUsage(cpu);
  const lastedMs = sharedClockMs() - beganMs;
  await session.close();
  await microphone.close();
  return { turns, failed, cpuMsPerSecond: user / lastedMs + system / lastedMs, lastedMs };
}

/** Says the clip and hears the reply to its end. */
async function takeTurn(
  microphone: Microphone,
  loudspeaker: Loudspeaker,
  clip: Int16Array,
): Promise<Turn | undefined> {
  const signal = AbortSignal.timeout(patienceMs);
  const { EVENT_PLAYBACK_STARTED, EVENT_PLAYBACK_FINISHED } = voice.AudioOutput;
  let soundedMs = NaN;
  const sounded = () => (soundedMs = sharedClockMs());
  loudspeaker.once(EVENT_PLAYBACK_STARTED, sounded);
  const finished = once(loudspeaker, EVENT_PLAYBACK_FINISHED, { signal }).then(
    () => true,
    () => false,
  );
  const beganMs = sharedClockMs();
  const givenMs = await new Promise<number>((resolve) =>
    microphone.play(clip, () => resolve(sharedClockMs())),
  );
  if (await finished) return { beganMs, givenMs, soundedMs };
  loudspeaker.off(EVENT_PLAYBACK_STARTED, sounded);
  return undefined;
}
