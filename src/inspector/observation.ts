import type { AgentEvent } from '#protocol/events.ts';
import type { InterruptReason } from '#protocol/interrupt.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { Verdict } from '../barge-in/barge-in.ts';
import type { TranscriptAction } from '../transcript/reducer.ts';

/** Something that the page has noticed of a conversation. `atMs` is when, in ms since the epoch on the page's clock. */
export type Observation = { readonly atMs: number } & (
  | { readonly kind: 'assistant_came' }
  | { readonly kind: 'provider'; readonly provider: ProviderId }
  /** `atMs` is when it arrived; the event itself says when it was so, on the agent's clock. */
  | { readonly kind: 'agent'; readonly event: AgentEvent }
  | { readonly kind: 'transcript'; readonly action: TranscriptAction }
  /** The page's own detector hears speech begin or end in the microphone. */
  | { readonly kind: 'speech'; readonly phase: 'started' | 'stopped' }
  /** What the page decided of an attempt to cut in; `sinceOnsetMs` after its first sound. */
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      readonly sinceOnsetMs?: number | undefined;
    }
  /** The page silenced the reply. */
  | { readonly kind: 'cut'; readonly by: InterruptReason }
  /** The assistant's sound, as it leaves the page. */
  | { readonly kind: 'sound'; readonly phase: 'began' | 'ended' }
);
