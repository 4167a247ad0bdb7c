/** Something that goes wrong, once unless `times` says otherwise. */
export type Fault =
  /** The next upgrades are answered with this status instead. */
  | {
      readonly type: 'refuse';
      readonly status: 401 | 403 | 404 | 429 | 500 | 503;
      readonly times?: number;
    }
  /** The next upgrade is never answered. */
  | { readonly type: 'time-out' }
  /** The next session is open, but says nothing for so long. */
  | { readonly type: 'slow-start'; readonly delayMs: number }
  /** The next reply fails because of the rate. */
  | { readonly type: 'throttled' }
  /** The next reply begins and never goes on. */
  | { readonly type: 'silence' }
  /** The next reply takes so much longer to begin. */
  | { readonly type: 'slow-answer'; readonly delayMs: number }
  /** Every open socket is cut, at once or after so many pieces of sound of the next reply. */
  | { readonly type: 'drop'; readonly afterAudioDeltas?: number }
  /** Sessions that begin from now on end after so long. */
  | { readonly type: 'session-limit'; readonly afterMs: number }
  /** After the next reply that is cut, so many pieces of its sound still come. */
  | { readonly type: 'late-audio'; readonly deltas: number }
  /** Every open session is sent something that is no event, at once. */
  | { readonly type: 'malformed'; readonly text?: string }
  /** The next face cannot be shown. */
  | { readonly type: 'no-avatar' }
  /** What the person says next cannot be written down. */
  | { readonly type: 'transcription-failed' };

type Kind = Fault['type'];
type Of<K extends Kind> = Extract<Fault, { type: K }>;

/** Faults that wait for their moment. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    const times = fault.type === 'refuse' ? (fault.times ?? 1) : 1;
    for (let count = 0; count < times; count += 1) this.#waiting.push(fault);
  }

  /** The next of this kind, which is used up with it. */
  take<K extends Kind>(kind: K): Of<K> | undefined {
    const fault = this.peek(kind);
    if (fault) this.#waiting = removeOne(this.#waiting, fault);
    return fault;
  }

  /** The next of this kind, which stays. */
  peek<K extends Kind>(kind: K): Of<K> | undefined {
    return this.#waiting.find((fault): fault is Of<K> => fault.type === kind);
  }
}

function removeOne(faults: readonly Fault[], gone: Fault): Fault[] {
  const at = faults.indexOf(gone);
  return faults.filter((_, index) => index !== at);
}
