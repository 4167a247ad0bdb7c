import { llm } from '@livekit/agents';
import { clip } from '#protocol/clip.ts';
import type { AgentEvent } from '#protocol/events.ts';

/** The name of a tool for people, by the name that the model sees. */
export type ToolTitle = (name: string) => string;

/** The same tools, each telling the page when it begins and how it ends. A tool's own answer and errors pass through. */
export function reportTools(
  tools: llm.ToolContextLike,
  titleOf: ToolTitle,
  send: (event: AgentEvent) => void,
  now: () => number = Date.now,
): llm.ToolContextEntry[] {
  return Object.values(llm.toToolContext(tools).functionTools).map((tool) =>
    llm.tool({
      name: tool.name,
      description: tool.description,
      parameters: tool.parameters,
      execute: async (input: Parameters<typeof tool.execute>[0], options: llm.ToolOptions) => {
        const callId = options.toolCallId;
        send({
          type: 'tool_started',
          callId,
          name: tool.name,
          title: titleOf(tool.name),
          input: clip(JSON.stringify(input), 2000),
          atMs: now(),
        });
        const finish = (outcome: 'done' | 'failed' | 'cancelled', output: string): void =>
          send({ type: 'tool_finished', callId, outcome, output: clip(output, 4000), atMs: now() });
        try {
          const output: unknown = await tool.execute(input, options);
          finish('done', readable(output));
          return output;
        } catch (error) {
          const cancelled = options.abortSignal.aborted;
          finish(
            cancelled ? 'cancelled' : 'failed',
            error instanceof Error ? error.message : String(error),
          );
          throw error;
        }
      },
    }),
  );
}

/** What a person reads in the card: the sentence, if the tool made one, else its whole answer. */
function readable(output: unknown): string {
  if (typeof output === 'string') return output;
  if (
    typeof output === 'object' &&
    output !== null &&
    'say' in output &&
    typeof output.say === 'string'
  ) {
    return output.say;
  }
  return output === undefined ? '' : JSON.stringify(output);
}
