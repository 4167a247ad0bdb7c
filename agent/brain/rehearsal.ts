import { llm } from '@livekit/agents';
import { fileURLToPath } from 'node:url';
import { createKnowledge } from '../knowledge/folder.ts';
import type { KnowledgeSearch } from '../knowledge/knowledge.ts';
import { Notes } from '../skills/notes.ts';
import type { SkillResult } from '../skills/skill.ts';
import { createSkills } from '../skills/skills.ts';
import { Timers } from '../skills/timers.ts';
import type { Intent, Past, PastCall } from './intent.ts';
import { noPast, understand } from './understand.ts';

/** Wednesday morning in London. */
const rehearsalTime = new Date('2026-03-11T09:41:00Z');

/** The documents that come with Parley. */
const sampleDocuments = fileURLToPath(new URL('../../knowledge', import.meta.url));

const silent = { info: () => undefined, warn: () => undefined };

/**
 * A conversation without a room, for tests: real understanding and real skills under a fixed clock, zone and chance.
 */
export class Rehearsal {
  readonly knowledge: KnowledgeSearch = createKnowledge(sampleDocuments, silent);
  readonly timers: Timers;
  readonly notes = new Notes();
  readonly tools: llm.ToolContext;
  #now = rehearsalTime;
  #past: Past = noPast;
  #lastReply: string | undefined;

  constructor(random: () => number = () => 0.4) {
    const now = () => this.#now;
    this.timers = new Timers({ now, schedule: () => () => undefined, onRing: () => undefined });
    this.tools = new llm.ToolContext(
      createSkills({
        now,
        timeZone: 'Europe/London',
        random,
        timers: this.timers,
        notes: this.notes,
        lastReply: () => this.#lastReply,
        knowledge: this.knowledge,
      }),
    );
  }

  /** Lets time go by, without rings. */
  pass(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }

  /** What is answered; '' where nothing was understood. */
  async say(phrase: string): Promise<string> {
    const calls: PastCall[] = [];
    const words: string[] = [];
    for (const intent of understand(phrase, this.#past)) {
      if ('say' in intent) {
        words.push(intent.say);
      } else {
        const result = await this.#run(intent);
        calls.push({ tool: intent.tool, args: intent.args, result });
        words.push(result.say);
      }
    }
    const notes = calls
      .filter(({ tool }) => tool === 'remember')
      .map(({ args }) => String(args['note']));
    this.#past = {
      lastCalls: calls.length > 0 ? calls : this.#past.lastCalls,
      remembered: [...this.#past.remembered, ...notes],
      replies: this.#past.replies + 1,
    };
    this.#lastReply = words.join(' ');
    return this.#lastReply;
  }

  async #run({ tool, args }: Extract<Intent, { tool: string }>): Promise<SkillResult> {
    const found = this.tools.getFunctionTool(tool);
    if (!found) throw new Error(`There is no tool ${tool}.`);
    return (await found.execute(args, {} as llm.ToolOptions)) as SkillResult;
  }
}
