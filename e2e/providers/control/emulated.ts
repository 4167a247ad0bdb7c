import { ports, type EmulatedProvider } from './ports.ts';

/** One line of what a service holds for said and done in its newest session. */
interface Belief {
  readonly role?: string;
  readonly text?: string;
  readonly name?: string;
}

/** An emulated service that runs beside the tests, asked and broken through its control door. */
export class Emulated {
  constructor(private readonly provider: EmulatedProvider) {}

  async believes(): Promise<readonly Belief[]> {
    const response = await fetch(this.#door(''));
    return (await response.json()) as Belief[];
  }

  /** Names of the tools that the service has called. */
  async calls(): Promise<string[]> {
    return (await this.believes()).flatMap(({ name }) => name ?? []);
  }

  /** What it believes its latest reply to have been, as far as it was heard. */
  async lastReply(): Promise<string> {
    const replies = (await this.believes()).filter(({ role }) => role === 'assistant');
    return replies.at(-1)?.text ?? '';
  }

  /** How many sessions it has had, and the voice that was asked for last. */
  async session(): Promise<{ readonly count: number; readonly voice?: string }> {
    const response = await fetch(this.#door('/session'));
    return (await response.json()) as { count: number; voice?: string };
  }

  /** Whether somebody said this to the newest session. */
  async heard(words: RegExp): Promise<boolean> {
    return (await this.believes()).some(
      ({ role, text }) => role === 'user' && words.test(text ?? ''),
    );
  }

  /** Plans something to go wrong; see the faults of the service. */
  async fault(plan: object): Promise<void> {
    const response = await fetch(this.#door('/fault'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(plan),
    });
    if (!response.ok) throw new Error(`The fault was refused: ${await response.text()}`);
  }

  #door(path: string): string {
    return `http://127.0.0.1:${ports.control}/${this.provider}${path}`;
  }
}
