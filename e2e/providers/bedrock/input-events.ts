import { z } from 'zod';
import { invalid } from './refusal.ts';

/**
 * What a client of Nova 2 Sonic may send, with every field and no other.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-input-events.html
 */
const id = z.string().min(1).max(256);
const content = { promptName: id, contentName: id };
const plainText = z.strictObject({ mediaType: z.literal('text/plain') });
const sampleRateHertz = z.union([z.literal(8000), z.literal(16_000), z.literal(24_000)]);
const pcm = {
  mediaType: z.literal('audio/lpcm'),
  sampleRateHertz,
  sampleSizeBits: z.literal(16),
  channelCount: z.literal(1),
  encoding: z.literal('base64'),
  audioType: z.literal('SPEECH'),
};
/** https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-language-support.html */
const voiceId = z.enum(
  `tiffany matthew amy olivia kiara arjun ambre florian beatrice lorenzo tina lennart lupe carlos carolina leo`.split(
    ' ',
  ),
);

const sessionStart = z.strictObject({
  inferenceConfiguration: z.strictObject({
    maxTokens: z.int().min(1).max(65_536),
    topP: z.number().min(0).max(1),
    temperature: z.number().min(0).max(1),
    stopSequences: z.array(z.string()).optional(),
  }),
  turnDetectionConfiguration: z
    .strictObject({ endpointingSensitivity: z.enum(['HIGH', 'MEDIUM', 'LOW']) })
    .optional(),
});

const toolSpec = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/u),
  description: z.string().min(1),
  inputSchema: z.strictObject({ json: z.string() }),
});

const promptStart = z.strictObject({
  promptName: id,
  textOutputConfiguration: plainText,
  audioOutputConfiguration: z.strictObject({ ...pcm, voiceId }),
  toolUseOutputConfiguration: z
    .strictObject({ mediaType: z.literal('application/json') })
    .optional(),
  toolConfiguration: z
    .strictObject({
      tools: z.array(z.strictObject({ toolSpec })),
      toolChoice: z
        .union([
          z.strictObject({ auto: z.strictObject({}) }),
          z.strictObject({ any: z.strictObject({}) }),
          z.strictObject({ tool: z.strictObject({ name: z.string() }) }),
        ])
        .optional(),
    })
    .optional(),
});

const contentStart = z.discriminatedUnion('type', [
  z.strictObject({
    ...content,
    type: z.literal('TEXT'),
    interactive: z.boolean(),
    role: z.enum(['SYSTEM', 'USER', 'ASSISTANT']),
    textInputConfiguration: plainText,
  }),
  z.strictObject({
    ...content,
    type: z.literal('AUDIO'),
    interactive: z.literal(true),
    role: z.literal('USER'),
    audioInputConfiguration: z.strictObject(pcm),
  }),
  z.strictObject({
    ...content,
    type: z.literal('TOOL'),
    interactive: z.literal(false),
    role: z.literal('TOOL'),
    toolResultInputConfiguration: z.strictObject({
      toolUseId: id,
      type: z.literal('TEXT'),
      textInputConfiguration: plainText,
    }),
  }),
]);
export type ContentStart = z.infer<typeof contentStart>;

const schemas = {
  sessionStart,
  promptStart,
  contentStart,
  textInput: z.strictObject({ ...content, content: z.string().min(1) }),
  audioInput: z.strictObject({ ...content, content: z.base64().min(1) }),
  toolResult: z.strictObject({ ...content, content: z.string() }),
  contentEnd: z.strictObject(content),
  promptEnd: z.strictObject({ promptName: id }),
  sessionEnd: z.strictObject({}),
};

type Name = keyof typeof schemas;
export type InputEvent = {
  [N in Name]: { readonly name: N; readonly body: z.infer<(typeof schemas)[N]> };
}[Name];

const envelope = z.strictObject({ event: z.record(z.string(), z.unknown()) });

/** Reads one chunk. Throws a `Refusal` where the service would take it for none of its events. */
export function readInputEvent(json: string): InputEvent {
  const parsed = envelope.safeParse(parse(json));
  if (!parsed.success) throw invalid('The chunk is not {"event": {…}}.');
  const [entry, ...others] = Object.entries(parsed.data.event);
  if (!entry || others.length > 0) throw invalid('A chunk holds exactly one event.');
  const [name, body] = entry;
  if (!isName(name)) throw invalid(`There is no event ${name}.`);
  const read = schemas[name].safeParse(body);
  if (!read.success) throw invalid(`${name}: ${z.prettifyError(read.error)}`);
  // The schema was looked up by this very name.
  return { name, body: read.data } as InputEvent;
}

function isName(name: string): name is Name {
  return Object.hasOwn(schemas, name);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalid('The chunk holds no JSON.');
  }
}
