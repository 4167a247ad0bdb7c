import { z } from 'zod';
import { Refusal } from './refusal.ts';

const clientContent = z.strictObject({
  turns: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'model']).optional(),
        parts: z.array(z.strictObject({ text: z.string() })),
      }),
    )
    .optional(),
  turnComplete: z.boolean().optional(),
});

const realtimeInput = z.strictObject({
  audio: z.strictObject({ data: z.base64(), mimeType: z.string() }).optional(),
  video: z.strictObject({ data: z.base64(), mimeType: z.string() }).optional(),
  text: z.string().optional(),
  activityStart: z.strictObject({}).optional(),
  activityEnd: z.strictObject({}).optional(),
  audioStreamEnd: z.boolean().optional(),
});

const toolResponse = z.strictObject({
  functionResponses: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        response: z.record(z.string(), z.unknown()),
        willContinue: z.boolean().optional(),
        scheduling: z.enum(['SILENT', 'WHEN_IDLE', 'INTERRUPT']).optional(),
      }),
    )
    .min(1),
});

/** What a client says, https://ai.google.dev/api/live: exactly one of these in each message. */
export type ClientMessage =
  | { readonly kind: 'setup'; readonly setup: unknown }
  | { readonly kind: 'clientContent'; readonly content: z.infer<typeof clientContent> }
  | { readonly kind: 'realtimeInput'; readonly input: z.infer<typeof realtimeInput> }
  | { readonly kind: 'toolResponse'; readonly response: z.infer<typeof toolResponse> };

/** Throws the `Refusal` with which the connection is closed. */
export function readClientMessage(text: string): ClientMessage {
  const fields = readObject(text);
  const [kind, ...others] = Object.keys(fields);
  if (others.length > 0)
    throw new Refusal(1007, "Invalid value: oneof field 'message' is already set.");
  switch (kind) {
    case 'setup':
      return { kind, setup: fields[kind] };
    case 'clientContent':
      return { kind, content: checked(clientContent, kind, fields[kind]) };
    case 'realtimeInput':
      return { kind, input: checked(realtimeInput, kind, fields[kind]) };
    case 'toolResponse':
      return { kind, response: checked(toolResponse, kind, fields[kind]) };
    default:
      throw new Refusal(
        1007,
        `Invalid JSON payload received. Unknown name "${kind ?? ''}": Cannot find field.`,
      );
  }
}

/** 16-bit samples at 16 kHz. Throws a `Refusal` for any other sound. */
export function readSound({ data, mimeType }: { data: string; mimeType: string }): Int16Array {
  if (!/^audio\/pcm(;\s*rate=16000)?$/.test(mimeType)) {
    throw new Refusal(1007, `Unsupported audio format: ${mimeType}.`);
  }
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length % 2 !== 0) throw new Refusal(1007, 'The audio has half a sample.');
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
}

/** A frame of video, which comes as a picture. Throws a `Refusal` for any other kind. */
export function readPicture({ data, mimeType }: { data: string; mimeType: string }): Buffer {
  if (mimeType !== 'image/jpeg') throw new Refusal(1007, `Unsupported image format: ${mimeType}.`);
  return Buffer.from(data, 'base64');
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Refused like everything else that is no object.
  }
  throw new Refusal(1007, 'Invalid JSON payload received.');
}

function checked<T>(schema: z.ZodType<T>, kind: string, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw Refusal.invalidPayload(kind, parsed.error);
}
