import { voice, type metrics } from '@livekit/agents';
import type { AgentEvent } from '#protocol/events.ts';
import type { Ear } from '../voice/guarded-model.ts';
import type { Voice } from '../voice/voice.ts';

type Send = (event: AgentEvent) => void;
type Step = Extract<AgentEvent, { type: 'answering' }>['step'];

/** Tells the page of the steps between the end of a turn and the sound of its answer. */
export function tellAnswering(
  session: voice.AgentSession,
  voiceNow: () => Voice,
  send: Send,
): void {
  const { AgentStateChanged, MetricsCollected, SpeechCreated } = voice.AgentSessionEventTypes;
  const tell = (step: Step, atMs: number): void =>
    send({ type: 'answering', step, atMs: Math.round(atMs) });
  session.on(MetricsCollected, ({ metrics }) => {
    if (metrics.type === 'eou_metrics') tell('turn_ended', metrics.timestamp);
    const tokenAtMs = firstTokenAtMs(metrics);
    if (tokenAtMs !== undefined) tell('first_token', tokenAtMs);
  });
  session.on(SpeechCreated, ({ source, createdAt }) => {
    // A service that hears and speaks by itself tells of no decision: that its reply begins is the first sign of it.
    if (source === 'generate_reply' && voiceNow().kind === 'realtime')
      tell('turn_ended', createdAt);
  });
  session.on(AgentStateChanged, ({ oldState, newState, createdAt }) => {
    if (newState === 'speaking') tell('sound_began', createdAt);
    else if (oldState === 'speaking') tell('sound_ended', createdAt);
  });
}

/** When the first token of a reply was there, in ms since the epoch; undefined where the metrics tell of none. */
export function firstTokenAtMs(metrics: metrics.AgentMetrics): number | undefined {
  if (metrics.type === 'realtime_model_metrics') {
    // Counted from the beginning of the reply, of which the timestamp is.
    return metrics.ttftMs < 0 ? undefined : metrics.timestamp + metrics.ttftMs;
  }
  if (metrics.type !== 'llm_metrics' || metrics.ttftMs < 0) return undefined;
  // Here the timestamp is of the end of the reply.
  return metrics.timestamp - metrics.durationMs + metrics.ttftMs;
}

/** The same ear, which tells the page when it begins and ceases to let the microphone itself through. */
export function toldGate(ear: Ear, send: Send): Ear {
  let wasOpen: boolean | undefined;
  return {
    pass: (frame) => {
      const passed = ear.pass(frame);
      const open = passed.includes(frame);
      if (open !== wasOpen) send({ type: 'gate', open, atMs: Date.now() });
      wasOpen = open;
      return passed;
    },
  };
}
