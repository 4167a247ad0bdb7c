import type { ApprovalRequest } from '#protocol/approval.ts';
import { clip } from '#protocol/clip.ts';
import type { AgentEvent } from '#protocol/events.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { ConnectionState, ProviderObserver } from '../providers/provider.ts';

interface PageObserverOptions {
  readonly provider: ProviderId;
  readonly send: (event: AgentEvent) => void;
  readonly approve: (request: ApprovalRequest) => Promise<boolean>;
  readonly onConnection: (state: ConnectionState) => void;
  readonly titleOf: (tool: string) => string;
}

/** Passes on to the page what a provider tells of itself. */
export function pageObserver({
  provider,
  send,
  approve,
  onConnection,
  titleOf,
}: PageObserverOptions): ProviderObserver {
  const now = Date.now;
  return {
    connection: (state, detail) => {
      send({ type: 'provider', provider, state, detail: clip(detail, 300), atMs: now() });
      onConnection(state);
    },
    problem: (code, detail) =>
      send({ type: 'error', code, detail: clip(detail, 500), atMs: now() }),
    viseme: (visemeId, offsetMs) =>
      send({
        type: 'viseme',
        visemeId,
        offsetMs: Math.max(0, Math.round(offsetMs)),
        atMs: now(),
      }),
    approve,
    toolStarted: ({ callId, name, input }) =>
      send({
        type: 'tool_started',
        callId: callId.slice(0, 128),
        name: clip(name, 64),
        title: clip(titleOf(name), 80),
        input: clip(input, 2000),
        atMs: now(),
      }),
    toolFinished: ({ callId, outcome, output }) =>
      send({
        type: 'tool_finished',
        callId: callId.slice(0, 128),
        outcome,
        output: clip(output, 4000),
        atMs: now(),
      }),
  };
}
