import * as z from 'zod/mini';

/** What can answer. The embedded engine needs no key; the others are cloud services. */
export const providerId = z.enum([
  'embedded',
  'nova-sonic',
  'voice-live',
  'openai',
  'azure-openai',
  'gemini',
]);
export type ProviderId = z.infer<typeof providerId>;

const name = z.string().check(z.minLength(1), z.maxLength(64));
const label = z.string().check(z.maxLength(120));
const note = z.string().check(z.maxLength(300));
const choice = z.object({ value: name, label });

/** A setting as the agent describes it, so that the page can show it without knowing the provider. */
const field = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    name,
    label,
    note: z.optional(note),
    min: z.number(),
    max: z.number(),
    step: z.number().check(z.positive()),
    /** `ms`, `Hz`, `%`, `×`… ; absent where the number stands alone. */
    unit: z.optional(z.string().check(z.maxLength(8))),
    default: z.number(),
  }),
  z.object({
    kind: z.literal('choice'),
    name,
    label,
    note: z.optional(note),
    choices: z.array(choice).check(z.minLength(1), z.maxLength(80)),
    default: name,
  }),
  z.object({
    kind: z.literal('switch'),
    name,
    label,
    note: z.optional(note),
    default: z.boolean(),
  }),
  z.object({
    kind: z.literal('text'),
    name,
    label,
    note: z.optional(note),
    maxLength: z.int().check(z.positive(), z.maximum(2000)),
    default: z.string().check(z.maxLength(2000)),
  }),
]);
export type Field = z.infer<typeof field>;

/** One way to find the end of a turn, with the values that can be set for it. */
const turnDetectionKind = z.object({
  kind: name,
  label,
  note: z.optional(note),
  fields: z.array(field).check(z.maxLength(16)),
});
export type TurnDetectionKind = z.infer<typeof turnDetectionKind>;

/** A provider as it stands in the list: also those that cannot be chosen, with what they lack. */
export const providerSummary = z.object({
  id: providerId,
  name: label,
  /** One plain sentence on what answers and where it runs. */
  description: note,
  /** Whether speech or text leaves the machine that runs the agent. */
  runsLocally: z.boolean(),
  /** Environment variables (or other credentials) that are missing, in words; empty where it can be chosen. */
  missing: z.array(note).check(z.maxLength(6)),
  /** Whether it can be shown a screen or a camera; if left out, it cannot. */
  sees: z.optional(z.boolean()),
});
export type ProviderSummary = z.infer<typeof providerSummary>;

/** What can be set while this provider answers. */
export const providerOffer = z.object({
  provider: providerId,
  model: label,
  voices: z
    .array(z.object({ id: name, label, language: z.optional(z.string().check(z.maxLength(35))) }))
    .check(z.maxLength(80)),
  /** Whether a voice that is not in the list may be named (custom and personal voices). */
  takesOtherVoices: z.boolean(),
  /** BCP 47 tags. Empty where the provider finds the language out by itself and cannot be told. */
  languages: z.array(z.string().check(z.maxLength(35))).check(z.maxLength(60)),
  turnDetection: z.array(turnDetectionKind).check(z.maxLength(12)),
  noiseReduction: z.array(choice).check(z.maxLength(8)),
  /** Everything else this provider lets one set. */
  options: z.array(field).check(z.maxLength(24)),
  /** `manual`: the turn is the person's; `gated`: the microphone is, the provider still finds the end by itself. */
  pushToTalk: z.enum(['manual', 'gated']),
  /** Whether it can only listen and write down. */
  captions: z.boolean(),
});
export type ProviderOffer = z.infer<typeof providerOffer>;
