import { Hearing, type HearingOptions } from './hearing.ts';
import { tell, type ToolResult } from './results.ts';
import { leaseEngine, type EngineLease } from './shared-engine.ts';
import { speak, type SpeakingOptions, type SpokenPiece } from './speaking.ts';
import { think, type Situation, type Thought } from './thinking.ts';

export type { HearingEvent, Turns } from './hearing.ts';
export type { OfferedTool, Remembered, Thought, ToolCall } from './thinking.ts';
export type { SpokenPiece, SpokenWord } from './speaking.ts';
export type { Hearing } from './hearing.ts';

export interface MindOptions {
  /** Who it says it is: `Nova Sonic`. */
  readonly name: string;
}

/** What an emulated provider hears, thinks and speaks with. It knows nothing of any wire. */
export class Mind {
  readonly name: string;
  readonly #engine: EngineLease;

  private constructor(name: string, engine: EngineLease) {
    this.name = name;
    this.#engine = engine;
  }

  /** Loads the speech engine (two seconds) unless another mind of this process has it already. */
  static async start({ name }: MindOptions): Promise<Mind> {
    return new Mind(name, await leaseEngine());
  }

  /** Ears for one client's audio. */
  listen(options: HearingOptions): Hearing {
    return new Hearing(this.#engine.client, options);
  }

  /** What to do about what was said: tools among those offered, or words. */
  think(situation: Omit<Situation, 'name'>): Thought {
    return think({ ...situation, name: this.name });
  }

  /** The words for results of tools that `think` called. */
  tell(results: readonly ToolResult[]): string {
    return tell(results);
  }

  /** Speaks piece by piece, faster than real time; leaving the loop or the signal stops the work. */
  speak(text: string, options?: SpeakingOptions): AsyncGenerator<SpokenPiece, void, undefined> {
    return speak(this.#engine.client, text, options);
  }

  /** The engine ends with the last mind of this process. */
  async stop(): Promise<void> {
    await this.#engine.release();
  }
}
