/** Where the person is, for talk about times: where the agent runs, until the page has said otherwise. */
export class TimeZone {
  #name = Intl.DateTimeFormat().resolvedOptions().timeZone;

  get name(): string {
    return this.#name;
  }

  /** Takes the name of an IANA zone; what is none changes nothing. */
  learn(name: string | undefined): void {
    if (!name) return;
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      this.#name = name;
    } catch {
      // The page may run in a browser that knows zones which this machine does not.
    }
  }
}
