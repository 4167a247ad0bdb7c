/** Tool calls that the service waits for. Each is answered exactly once, whatever becomes of the tool. */
export class PendingTools {
  readonly #calls = new Map<string, { readonly name: string; timer?: NodeJS.Timeout }>();

  get size(): number {
    return this.#calls.size;
  }

  called(toolUseId: string, name: string): void {
    this.#calls.set(toolUseId, { name });
  }

  /** The name of the tool if its result is waited for; it is not any more after this. */
  settle(toolUseId: string): string | undefined {
    const call = this.#calls.get(toolUseId);
    clearTimeout(call?.timer);
    this.#calls.delete(toolUseId);
    return call?.name;
  }

  /** After an interruption a result may never come: what is still open after `graceMs` is given to `answer`. */
  expire(graceMs: number, answer: (toolUseId: string) => void): void {
    for (const [toolUseId, call] of this.#calls) {
      call.timer ??= setTimeout(() => {
        if (this.settle(toolUseId) !== undefined) answer(toolUseId);
      }, graceMs);
    }
  }

  clear(): void {
    for (const { timer } of this.#calls.values()) clearTimeout(timer);
    this.#calls.clear();
  }

  /** Hands the calls to a list of their own: the connection that made them is gone. */
  moveTo(other: PendingTools): void {
    for (const [toolUseId, { name }] of this.#calls) other.called(toolUseId, name);
    this.clear();
  }
}
