import { voice } from '@livekit/agents';
import type { AgentEvent } from '#protocol/events.ts';
import type { ProviderId } from '#protocol/provider.ts';
import { usageOf, usageOfListening } from '../usage/usage.ts';
import type { Voice } from '../voice/voice.ts';

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

function modelOf(voice: Voice): { provider: ProviderId; model: string } {
  const { model } = voice.kind === 'pipeline' ? voice.llm : voice.model;
  return { provider: voice.provider, model: model.slice(0, 120) };
}
