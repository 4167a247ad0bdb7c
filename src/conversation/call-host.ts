import type { AgentEvent } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { AssistantRequests } from '../assistant/requests.ts';
import type { Observation } from '../inspector/observation.ts';
import type { TranscriptAction } from '../transcript/reducer.ts';
import type { ConversationState, Problem } from './state.ts';

/** What a call tells the conversation that it belongs to. Nothing is told after `end`. */
export interface CallHost {
  update(state: Partial<ConversationState>): void;
  report(problem: Problem): void;
  clear(...codes: ProblemCode[]): void;
  record(action: TranscriptAction): void;
  /** For whoever measures. */
  observe(observation: Observation): void;
  assistantCame(requests: AssistantRequests): void;
  assistantLeft(): void;
  /** What the assistant tells that is neither talk nor trouble. `atMs` is on the page's clock. */
  told(event: Extract<AgentEvent, { type: 'provider' | 'usage' | 'metered' }>, atMs: number): void;
  /** The names of the tools that the person has switched off. */
  toolsOff(): readonly string[];
  /** The call has ended without the person's doing. */
  over(problem: Problem | undefined): void;
}

/** The same host, deaf to whatever comes after the signal. */
export function whileNotAborted(signal: AbortSignal, host: CallHost): CallHost {
  const guard =
    <A extends unknown[]>(tell: (...args: A) => void) =>
    (...args: A): void => {
      if (!signal.aborted) tell(...args);
    };
  return {
    update: guard((state) => host.update(state)),
    report: guard((problem) => host.report(problem)),
    clear: guard((...codes) => host.clear(...codes)),
    record: guard((action) => host.record(action)),
    observe: guard((observation) => host.observe(observation)),
    assistantCame: guard((requests) => host.assistantCame(requests)),
    assistantLeft: guard(() => host.assistantLeft()),
    told: guard((event, atMs) => host.told(event, atMs)),
    toolsOff: () => (signal.aborted ? [] : host.toolsOff()),
    over: guard((problem) => host.over(problem)),
  };
}
