import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';
import { providerId } from './provider.ts';

const name = z.string().check(z.minLength(1), z.maxLength(64));
const scalar = z.union([z.number(), z.boolean(), z.string().check(z.maxLength(2000))]);
const values = z
  .record(name, scalar)
  .check(z.refine((fields) => Object.keys(fields).length <= 32, 'At most 32 values.'));
export type SettingValues = z.infer<typeof values>;

/** What a person has chosen. What is absent is left to the provider's default. */
const settings = z.strictObject({
  provider: z.optional(providerId),
  voice: z.optional(z.string().check(z.minLength(1), z.maxLength(120))),
  /** BCP 47. */
  language: z.optional(z.string().check(z.maxLength(35))),
  instructions: z.optional(z.string().check(z.maxLength(6000))),
  turnDetection: z.optional(z.strictObject({ kind: name, values })),
  /** How turns are made: found by the provider, held by the person, or none at all (captions). */
  mode: z.optional(z.enum(['conversation', 'push-to-talk', 'captions'])),
  noiseReduction: z.optional(name),
  /** Values of the provider's own fields, by name. */
  options: z.optional(values),
  /** Names of the tools that the assistant must not use. */
  toolsOff: z.optional(z.array(name).check(z.maxLength(200))),
});
export type Settings = z.infer<typeof settings>;
/** As they are kept in the browser. */
export const storedSettings: MessageKind<Settings> = { schema: settings, maxBytes: 14 * 1024 };

/** RPC `parley.configure`, browser → agent: the whole of the settings, not a difference. */
export const configureRequest: MessageKind<Settings> = { schema: settings, maxBytes: 14 * 1024 };

const configured = z.object({
  /** What is in effect now, defaults included. */
  settings,
  /** What could not be done, by the name of the setting, with the reason for a person. */
  refused: z
    .array(
      z.object({
        setting: z.string().check(z.maxLength(64)),
        reason: z.string().check(z.maxLength(300)),
      }),
    )
    .check(z.maxLength(32)),
  /** `live`: changed in the running session; `renewed`: by a new session that knows the conversation. */
  applied: z.enum(['live', 'renewed', 'nothing']),
});
export type Configured = z.infer<typeof configured>;
export const configureResponse: MessageKind<Configured> = {
  schema: configured,
  maxBytes: 15 * 1024,
};

/** RPC `parley.sample`, browser → agent: lets this voice be heard, without changing the settings. */
const sample = z.strictObject({
  provider: providerId,
  voice: z.string().check(z.minLength(1), z.maxLength(120)),
});
export type SampleRequest = z.infer<typeof sample>;
export const sampleRequest: MessageKind<SampleRequest> = { schema: sample, maxBytes: 1024 };
