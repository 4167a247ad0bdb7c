/** Something that goes wrong, once unless it says otherwise. */
export type GeminiFault =
  /** The next upgrades are answered with this status instead. */
  | {
      readonly type: 'refuse';
      readonly status: 401 | 403 | 429 | 500 | 503;
      readonly times?: number;
    }
  /** The next upgrade is never answered. */
  | { readonly type: 'time-out' }
  /** The setup of the next session is acknowledged so much later. */
  | { readonly type: 'slow-start'; readonly delayMs: number }
  /** At the next turn the quota is used up. */
  | { readonly type: 'throttled' }
  /** The next turn is never answered. */
  | { readonly type: 'silence' }
  /** Every open socket is cut, at once. */
  | { readonly type: 'drop' }
  /** Every open session is closed like this, at once. */
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  /** Sessions that begin from now on end after so long, announced so long before. */
  | { readonly type: 'session-limit'; readonly afterMs: number; readonly noticeMs: number }
  /** Every open session is told that it ends after so long, and does. */
  | { readonly type: 'go-away'; readonly leftMs: number }
  /** After the next reply that is cut, so many pieces of its sound still come. */
  | { readonly type: 'late-audio'; readonly pieces: number }
  /** Every open session is sent something that is no message, at once. */
  | { readonly type: 'malformed'; readonly text: string };

type Kind = GeminiFault['type'];

/** Faults that wait for their moment. */
export class Faults {
  readonly #waiting: GeminiFault[] = [];

  add(fault: GeminiFault): void {
    const times = fault.type === 'refuse' ? (fault.times ?? 1) : 1;
    for (let count = 0; count < times; count += 1) this.#waiting.push(fault);
  }

  /** The next of this kind, which is used up with it. */
  take<K extends Kind>(kind: K): Extract<GeminiFault, { type: K }> | undefined {
    const fault = this.#find(kind);
    if (fault) this.#waiting.splice(this.#waiting.indexOf(fault), 1);
    return fault;
  }

  /** A new limit takes the place of the old one. */
  limit(): Extract<GeminiFault, { type: 'session-limit' }> | undefined {
    return this.#waiting.findLast((fault) => fault.type === 'session-limit');
  }

  #find<K extends Kind>(kind: K): Extract<GeminiFault, { type: K }> | undefined {
    return this.#waiting.find(
      (fault): fault is Extract<GeminiFault, { type: K }> => fault.type === kind,
    );
  }
}
