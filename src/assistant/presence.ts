import type { Assistant } from '../conversation/state.ts';
import { withJitter } from '../room/growing-pauses.ts';

export interface PresenceListener {
  changed(assistant: Assistant): void;
  /** Nobody came for five seconds, or somebody has come after all. */
  absent(absent: boolean): void;
  /** It is time to ask the server for an assistant (again). */
  sendFor(): void;
}

/** The page says so when nobody has come for this long, in ms. */
export const patienceMs = 5000;

/** Whoever replaces an assistant that was lost gets this long, in ms, to come unasked. */
const successionMs = 500;

/** Pauses between one request for an assistant and the next, in ms. */
const firstPauseMs = 2000;
const longestPauseMs = 8000;

/** An interruption is shown for at least and at most this long, in ms. */
const shortestInterruptedMs = 700;
const longestInterruptedMs = 3000;

/** Who has not come yet, who is there and in what state: what the agent says about itself, and what it does not. */
export class AssistantPresence {
  readonly #listener: PresenceListener;
  readonly #random: () => number;
  #shown: Assistant = { kind: 'none' };
  #agentState: Assistant = { kind: 'initializing' };
  #interruption: 'none' | 'speaking still' | 'silent' = 'none';
  #interruptedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `random` gives numbers from 0 to 1, for the jitter of the pauses. */
  constructor(listener: PresenceListener, random: () => number = Math.random) {
    this.#listener = listener;
    this.#random = random;
  }

  /** The room is joined and nobody is there: LiveKit itself sends for somebody, and gets some time for it. */
  await(): void {
    this.hold();
    this.#in(patienceMs, () => this.#isAbsent());
  }

  /** The assistant was there and has left, so nobody else is on the way. */
  lost(): void {
    this.hold();
    const successionJitteredMs = withJitter(successionMs, this.#random);
    this.#in(successionJitteredMs, () => {
      this.#listener.sendFor();
      this.#in(patienceMs - successionJitteredMs, () => this.#isAbsent());
    });
  }

  /** The connection is away: who is in the room cannot be known, and nobody can be sent for. */
  hold(): void {
    clearTimeout(this.#timer);
    if (this.#shown.kind === 'absent') this.#listener.absent(false);
    this.#interruption = 'none';
    this.#show({ kind: 'awaited' });
  }

  /** The assistant is in the room; `state` is what `lk.agent.state` says, if it says anything yet. */
  came(state: string | undefined): void {
    clearTimeout(this.#timer);
    if (this.#shown.kind === 'absent') this.#listener.absent(false);
    this.#interruption = 'none';
    this.#agentState = assistantOf(state);
    this.#show(this.#agentState);
  }

  stateChanged(state: string | undefined): void {
    this.#agentState = assistantOf(state);
    if (this.#interruption === 'none') {
      this.#show(this.#agentState);
    } else if (this.#agentState.kind !== 'speaking') {
      this.#interruption = 'silent';
      this.#endInterruptionIn(this.#interruptedAtMs + shortestInterruptedMs - Date.now());
    } else if (this.#interruption === 'silent') {
      // A new reply: it is over, however short it was.
      this.#endInterruption();
    }
  }

  /** The reply that was being spoken has been cut. */
  interrupted(): void {
    if (this.#shown.kind === 'interrupted' || !isHere(this.#shown)) return;
    this.#interruption = this.#agentState.kind === 'speaking' ? 'speaking still' : 'silent';
    this.#interruptedAtMs = Date.now();
    this.#show({ kind: 'interrupted' });
    this.#endInterruptionIn(
      this.#interruption === 'silent' ? shortestInterruptedMs : longestInterruptedMs,
    );
  }

  /** Sound of the assistant began to be heard: after an interruption that is a new reply. */
  soundBegan(): void {
    if (this.#interruption !== 'none' && this.#agentState.kind === 'speaking') {
      this.#endInterruption();
    }
  }

  /** The call is over. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#shown.kind === 'absent') this.#listener.absent(false);
    this.#interruption = 'none';
    this.#show({ kind: 'none' });
  }

  #isAbsent(): void {
    this.#show({ kind: 'absent' });
    this.#listener.absent(true);
    this.#sendFor(firstPauseMs);
  }

  #sendFor(pauseMs: number): void {
    this.#listener.sendFor();
    this.#in(withJitter(pauseMs, this.#random), () =>
      this.#sendFor(Math.min(pauseMs * 2, longestPauseMs)),
    );
  }

  #endInterruptionIn(ms: number): void {
    this.#in(Math.max(0, ms), () => this.#endInterruption());
  }

  #endInterruption(): void {
    clearTimeout(this.#timer);
    this.#interruption = 'none';
    this.#show(this.#agentState);
  }

  /** One thing is waited for at a time: an assistant to come, or an interruption to pass. */
  #in(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  #show(assistant: Assistant): void {
    if (assistant.kind === this.#shown.kind) return;
    this.#shown = assistant;
    this.#listener.changed(assistant);
  }
}

/** Whether there is an assistant in the room, whatever it does. */
export function isHere({ kind }: Assistant): boolean {
  return kind !== 'none' && kind !== 'awaited' && kind !== 'absent';
}

function assistantOf(state: string | undefined): Assistant {
  switch (state) {
    case 'thinking':
    case 'speaking':
    case 'listening':
      return { kind: state };
    case 'idle':
      return { kind: 'listening' };
    default:
      return { kind: 'initializing' };
  }
}
