import { z } from 'zod';
import type { MessageKind } from './codec.ts';

/** RPC `parley.capabilities`, browser → agent: the page says where its person is, the agent what it can do. */
const request = z.strictObject({
  /** IANA zone, for talk about times and dates. */
  timeZone: z.string().max(64).optional(),
});
export type CapabilitiesRequest = z.infer<typeof request>;
export const capabilitiesRequest: MessageKind<CapabilitiesRequest> = {
  schema: request,
  maxBytes: 1024,
};

const capabilities = z.object({
  engine: z.object({
    id: z.string().max(64),
    /** For a person, e.g. "Embedded engine" . */
    name: z.string().max(120),
    /** One plain sentence on what answers and where it runs, e.g. "Rules on this machine; nothing leaves it." */
    description: z.string().max(400),
    /** Whether speech or text leaves the machine that runs the agent. */
    runsLocally: z.boolean(),
    parts: z.object({
      listening: z.string().max(120),
      thinking: z.string().max(120),
      speaking: z.string().max(120),
    }),
  }),
  languages: z.array(z.string().max(35)).max(200),
  tools: z
    .array(
      z.object({
        name: z.string().max(64),
        title: z.string().max(80),
        example: z.string().max(200),
      }),
    )
    .max(200),
  /** True when this agent has taken up a conversation that was left less than five minutes ago. */
  resumed: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilities>;
export const capabilitiesResponse: MessageKind<Capabilities> = {
  schema: capabilities,
  maxBytes: 15 * 1024,
};
