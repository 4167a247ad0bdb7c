import { mostHeldMs, type TurnRequest } from '#protocol/turn.ts';

/** Whether the person holds the turn, or why the last try did not get it. */
export type Hold =
  { kind: 'free' } | { kind: 'held' } | { kind: 'denied'; because: 'muted' | 'short' | 'refused' };

export interface HoldPort {
  /** Asks the assistant; resolves to whether it does so. */
  turn(request: TurnRequest): Promise<boolean>;
  /** Whether there is a microphone that is not muted. */
  canSpeak(): boolean;
  /** Lets the microphone be heard, or keeps it silent. */
  gate(open: boolean): void;
  /** Silences the reply that is being heard: who takes the turn does not want the rest. */
  cut(): void;
  changed(hold: Hold): void;
}

/** A shorter hold, in ms, is a slip of the finger and holds no word. */
const shortestMs = 250;

/** The last sound of a word is still on its way out of the microphone when the key goes up, for this long in ms. */
const tailMs = 200;

/**
 * The turn that a person holds: it begins with the press and is the assistant's with the release. Requests go out one
 * after another, so that a quick release can never overtake its press.
 */
export class HeldTurn {
  readonly #port: HoldPort;
  #on = false;
  #hold: Hold = { kind: 'free' };
  #sinceMs = 0;
  #tail: ReturnType<typeof setTimeout> | undefined;
  #requests: Promise<boolean> = Promise.resolve(true);

  constructor(port: HoldPort) {
    this.#port = port;
  }

  /** Whether turns are held at all. The microphone is heard only while one is. */
  use(on: boolean): void {
    if (on === this.#on) return;
    if (!on) this.cancel();
    this.#on = on;
    this.#gate(!on);
    this.#show({ kind: 'free' });
  }

  get held(): boolean {
    return this.#hold.kind === 'held';
  }

  press(): void {
    if (!this.#on || this.held) return;
    if (!this.#port.canSpeak()) {
      this.#show({ kind: 'denied', because: 'muted' });
      return;
    }
    this.#sinceMs = performance.now();
    this.#port.cut();
    this.#gate(true);
    this.#show({ kind: 'held' });
    void this.#ask('start').then((accepted) => {
      if (accepted || !this.held) return;
      this.#gate(false);
      this.#show({ kind: 'denied', because: 'refused' });
    });
  }

  /** What was said is the assistant's to answer. */
  release(): void {
    if (!this.held) return;
    if (performance.now() - this.#sinceMs < shortestMs) {
      this.#drop({ kind: 'denied', because: 'short' });
      return;
    }
    this.#show({ kind: 'free' });
    this.#tail = setTimeout(() => {
      this.#gate(false);
      void this.#ask('commit');
    }, tailMs);
  }

  /** What was said is forgotten. */
  cancel(): void {
    if (this.held) this.#drop({ kind: 'free' });
  }

  /** The assistant or the call is gone, and with it the turn. */
  forget(): void {
    clearTimeout(this.#tail);
    this.#requests = Promise.resolve(true);
    if (this.#on) this.#gate(false);
    this.#show({ kind: 'free' });
  }

  #drop(hold: Hold): void {
    this.#gate(false);
    this.#show(hold);
    void this.#ask('cancel');
  }

  #gate(open: boolean): void {
    // A new turn begins before the tail of the last one is over: that one is committed at once.
    if (this.#tail !== undefined) {
      clearTimeout(this.#tail);
      this.#tail = undefined;
      if (open) void this.#ask('commit');
    }
    this.#port.gate(open);
  }

  /** An end without a beginning that the assistant took would end nothing, and is not sent. */
  #ask(action: TurnRequest['action']): Promise<boolean> {
    const askedAtMs = performance.now();
    this.#requests = this.#requests.then(async (begun) => {
      if (action !== 'start' && !begun) return true;
      const waitedMs = Math.round(performance.now() - askedAtMs);
      // The first words are on their way already, and the assistant hears none before it is told to.
      const late = action === 'start' && waitedMs > 0;
      const request = late ? { action, heldMs: Math.min(waitedMs, mostHeldMs) } : { action };
      return this.#port.turn(request).catch(() => false);
    });
    return this.#requests;
  }

  #show(hold: Hold): void {
    this.#hold = hold;
    this.#port.changed(hold);
  }
}
