import type { llm } from '@livekit/agents';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { AgentEvent } from '#protocol/events.ts';
import { reportTools } from './reported-tools.ts';

/** Tools that come and go while a conversation lasts. */
export interface ChangingTools {
  /** The same objects until one changes. */
  tools(): readonly llm.ToolContextEntry[];
  /** For a person; undefined if it is none of these tools. */
  titleOf(name: string): string | undefined;
  /** Returns the release. */
  onChange(listener: () => void): () => void;
}

interface ToolboxOptions {
  readonly skills: readonly llm.ToolContextEntry[];
  readonly catalogue: Capabilities['tools'];
  readonly outside: ChangingTools;
  readonly send: (event: AgentEvent) => void;
}

/** Everything the assistant may use: its own skills and the tools of outside servers. Each use is told to the page. */
export class Toolbox {
  readonly #options: ToolboxOptions;
  /** A tool stays the same object for as long as it is the same tool, which is how sessions compare them. */
  readonly #reported = new WeakMap<object, llm.ToolContextEntry>();

  constructor(options: ToolboxOptions) {
    this.#options = options;
  }

  /** All but those that were switched off by name. */
  tools(off: readonly string[] = []): llm.ToolContextEntry[] {
    const { skills, outside } = this.#options;
    return [...skills, ...outside.tools()]
      .map((tool) => this.#report(tool))
      .filter((tool) => !('name' in tool) || !off.includes(tool.name));
  }

  /** For the page: what there is, whether or not it is switched off. */
  list(): Capabilities['tools'] {
    const { catalogue, outside } = this.#options;
    const others = outside.tools().flatMap((tool) => ('name' in tool ? [tool.name] : []));
    const known = new Set(catalogue.map(({ name }) => name));
    return [
      ...catalogue,
      ...others
        .filter((name) => !known.has(name))
        .map((name) => ({
          name: name.slice(0, 64),
          title: this.titleOf(name).slice(0, 80),
          example: '',
        })),
    ].slice(0, 200);
  }

  /** The title of a tool for a person; its name with spaces where it has none. */
  titleOf(name: string): string {
    const { catalogue, outside } = this.#options;
    const own = catalogue.find((entry) => entry.name === name)?.title;
    return own ?? outside.titleOf(name) ?? name.replaceAll('_', ' ');
  }

  #report(tool: llm.ToolContextEntry): llm.ToolContextEntry {
    const before = this.#reported.get(tool);
    if (before) return before;
    const [reported = tool] = reportTools([tool], (name) => this.titleOf(name), this.#options.send);
    this.#reported.set(tool, reported);
    return reported;
  }
}
