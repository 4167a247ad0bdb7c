import { voice } from '@livekit/agents';
import type { AgentEvent } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ProviderId } from '#protocol/provider.ts';
import { usageOf, usageOfListening } from '../usage/usage.ts';
import type { Voice } from '../voice/voice.ts';
import type { EventLog } from './event-channel.ts';

/** A session of the framework that leaves everything about listening and speaking to its agents. */
export function createSession(thinksAhead: boolean): voice.AgentSession {
  return new voice.AgentSession({
    vad: null,
    turnHandling: {
      turnDetection: null,
      endpointing: { minDelay: 0, maxDelay: 0 },
      interruption: { falseInterruptionTimeout: 1500, resumeFalseInterruption: true },
      preemptiveGeneration: { enabled: thinksAhead },
    },
    // By default nobody can cut in during the first three seconds; browsers cancel echo from the start.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    maxToolSteps: 5,
  });
}

/** Tells the page when the person speaks. Other things of the session are told where they are understood. */
export function tellSpeech(
  session: voice.AgentSession,
  voiceNow: () => Voice,
  send: (event: AgentEvent) => void,
): void {
  let startedAtMs: number | undefined;
  session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ oldState, newState, createdAt }) => {
    const atMs = Math.round(createdAt);
    if (newState === 'speaking') {
      startedAtMs = atMs;
      send({ type: 'user_speech', phase: 'started', atMs });
    } else if (oldState === 'speaking') {
      send({ type: 'user_speech', phase: 'stopped', atMs });
      if (startedAtMs === undefined || voiceNow().kind !== 'pipeline') return;
      const usage = usageOfListening(atMs - startedAtMs);
      if (usage) send({ type: 'usage', ...modelOf(voiceNow()), usage, atMs });
    }
  });
}

/** Tells the page what each reply used. */
export function tellUsage(
  session: voice.AgentSession,
  voiceNow: () => Voice,
  send: (event: AgentEvent) => void,
): void {
  session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
    const usage = usageOf(metrics);
    if (usage) send({ type: 'usage', ...modelOf(voiceNow()), usage, atMs: Date.now() });
  });
}

/** Reports what the session complains of. Providers tell of their problems themselves, in better words. */
export function tellFailures(
  session: voice.AgentSession,
  log: EventLog,
  report: (code: ProblemCode, detail: string) => void,
): void {
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    log.warn({ error }, 'the session reported an error');
    if (error.type === 'realtime_model_error') return;
    const cause = 'error' in error ? error.error.message : String(error);
    report(error.type === 'llm_error' ? 'brain_unreachable' : 'engine_unavailable', cause);
  });
}

function modelOf(voice: Voice): { provider: ProviderId; model: string } {
  const { model } = voice.kind === 'pipeline' ? voice.llm : voice.model;
  return { provider: voice.provider, model: model.slice(0, 120) };
}
