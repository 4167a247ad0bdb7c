import type { llm } from '@livekit/agents';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { KnowledgeSearch } from '../knowledge/knowledge.ts';
import { LanguageModelLLM, type LanguageModel } from './language-model.ts';
import { RulesLLM } from './rules.ts';

/** What answers, in the words of the page. */
export interface BrainDescription {
  readonly engine: Pick<Capabilities['engine'], 'id' | 'name' | 'description' | 'runsLocally'>;
  /** The part of the engine that thinks. */
  readonly thinking: string;
}

type ProblemListener = (code: ProblemCode, detail: string) => void;

export interface Brain extends BrainDescription {
  readonly llm: llm.LLM;
  /** Whether a reply takes so long that it is worth beginning before the turn has surely ended. */
  readonly thinksAhead: boolean;
  /** Returns the release. */
  onProblem(listener: ProblemListener): () => void;
}

/** The brain of one conversation: the language model that the environment names, else the rules. */
export function createBrain(
  { languageModel }: { readonly languageModel: LanguageModel | undefined },
  knowledge: KnowledgeSearch,
): Brain {
  const listeners = new Set<ProblemListener>();
  const onProblem = (listener: ProblemListener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const rules = new RulesLLM({ knowledge });
  const description = describeBrain(languageModel);
  if (!languageModel) return { ...description, llm: rules, thinksAhead: false, onProblem };
  const model = new LanguageModelLLM({
    server: languageModel,
    rules,
    onUnreachable: (detail) => {
      for (const listener of listeners) listener('brain_unreachable', detail);
    },
  });
  return { ...description, llm: model, thinksAhead: true, onProblem };
}

export function describeBrain(languageModel: LanguageModel | undefined): BrainDescription {
  if (!languageModel) {
    return {
      engine: {
        id: 'embedded',
        name: 'Embedded engine',
        description: 'Speech and rules on the machine that runs the agent; nothing leaves it.',
        runsLocally: true,
      },
      thinking: 'Rules and skills, on this machine',
    };
  }
  const { host, hostname } = new URL(languageModel.baseUrl);
  const runsLocally = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const where = runsLocally ? 'on this machine' : `at ${host}`;
  const model = languageModel.model.slice(0, 60);
  return {
    engine: {
      id: 'embedded+language-model',
      name: `Embedded engine with ${model}`,
      description: runsLocally
        ? `The language model ${model} thinks; it and the speech run on the machine of the agent, and nothing leaves it.`
        : `Speech is made on the machine of the agent; what you say goes as text to the language model ${model} at ${host.slice(0, 120)}.`,
      runsLocally,
    },
    thinking: `${model}, ${where}`.slice(0, 120),
  };
}
