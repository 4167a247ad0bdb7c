import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';
import { providerId, providerOffer, providerSummary } from './provider.ts';
import { storedSettings } from './settings.ts';

/** RPC `parley.capabilities`, browser → agent: the page says where its person is, the agent what it can do. */
const request = z.strictObject({
  /** IANA zone, for talk about times and dates. */
  timeZone: z.optional(z.string().check(z.maxLength(64))),
  /** Whose offer to describe; without it, that of the provider which answers. */
  provider: z.optional(providerId),
});
export type CapabilitiesRequest = z.infer<typeof request>;
export const capabilitiesRequest: MessageKind<CapabilitiesRequest> = {
  schema: request,
  maxBytes: 1024,
};

const capabilities = z.object({
  engine: z.object({
    id: z.string().check(z.maxLength(64)),
    /** For a person, e.g. "Embedded engine" . */
    name: z.string().check(z.maxLength(120)),
    /** One plain sentence on what answers and where it runs, e.g. "Rules on this machine; nothing leaves it." */
    description: z.string().check(z.maxLength(400)),
    /** Whether speech or text leaves the machine that runs the agent. */
    runsLocally: z.boolean(),
    /** Whether it can be shown a screen or a camera; if left out, it cannot. */
    sees: z.optional(z.boolean()),
    parts: z.object({
      listening: z.string().check(z.maxLength(120)),
      thinking: z.string().check(z.maxLength(120)),
      speaking: z.string().check(z.maxLength(120)),
    }),
  }),
  languages: z.array(z.string().check(z.maxLength(35))).check(z.maxLength(200)),
  tools: z
    .array(
      z.object({
        name: z.string().check(z.maxLength(64)),
        title: z.string().check(z.maxLength(80)),
        example: z.string().check(z.maxLength(200)),
      }),
    )
    .check(z.maxLength(200)),
  /** Every provider there is, the ones that lack credentials included. */
  providers: z.array(providerSummary).check(z.maxLength(12)),
  /** Of the provider that was asked for. */
  offer: providerOffer,
  /** In effect now. */
  settings: storedSettings.schema,
  /** True when this agent has taken up a conversation that was left less than five minutes ago. */
  resumed: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilities>;
export const capabilitiesResponse: MessageKind<Capabilities> = {
  schema: capabilities,
  maxBytes: 15 * 1024,
};
