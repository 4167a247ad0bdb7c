import * as z from 'zod/mini';

const tokens = z.object({ speechTokens: z.number(), textTokens: z.number() });
const stopReason = z.optional(z.string());
const contentId = z.string();

const schemas = {
  contentStart: z.object({
    contentId,
    type: z.string(),
    role: z.optional(z.string()),
    additionalModelFields: z.optional(z.string()),
  }),
  textOutput: z.object({ contentId, content: z.string(), role: z.optional(z.string()) }),
  audioOutput: z.object({ contentId, content: z.string() }),
  toolUse: z.object({
    contentId: z.optional(z.string()),
    toolUseId: z.string(),
    toolName: z.string(),
    content: z.string(),
  }),
  contentEnd: z.object({ contentId, type: z.optional(z.string()), stopReason }),
  completionEnd: z.object({ stopReason }),
  usageEvent: z.object({
    details: z.object({ total: z.object({ input: tokens, output: tokens }) }),
  }),
};

/** Tokens since the connection was opened. */
export interface UsageTotals {
  readonly input: { readonly speechTokens: number; readonly textTokens: number };
  readonly output: { readonly speechTokens: number; readonly textTokens: number };
}

/** What the service says. Events that this plugin has no use for are left out. */
export type OutputEvent =
  | {
      readonly type: 'contentStart';
      readonly contentId: string;
      readonly kind: string;
      readonly role: string;
      /** `SPECULATIVE`: what will be said; `FINAL`: what was said. */
      readonly stage: string | undefined;
    }
  | {
      readonly type: 'textOutput';
      readonly contentId: string;
      readonly role: string | undefined;
      readonly content: string;
    }
  | { readonly type: 'audioOutput'; readonly contentId: string; readonly content: string }
  | {
      readonly type: 'toolUse';
      readonly toolUseId: string;
      readonly toolName: string;
      readonly content: string;
    }
  | {
      readonly type: 'contentEnd';
      readonly contentId: string;
      readonly stopReason: string | undefined;
    }
  | { readonly type: 'completionEnd' }
  | { readonly type: 'usage'; readonly totals: UsageTotals };

/** `undefined`: nothing that matters here. */
export type Parsed =
  | { readonly ok: true; readonly event: OutputEvent | undefined }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads one chunk. What is not JSON or not of the documented shape is reported, never thrown.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-output-events.html
 */
export function parseOutput(bytes: Uint8Array): Parsed {
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return { ok: false, reason: 'A chunk is not JSON.' };
  }
  const named = z.object({ event: z.record(z.string(), z.unknown()) }).safeParse(message);
  if (!named.success) return { ok: false, reason: 'A chunk has no event.' };
  const [name = '', body] = Object.entries(named.data.event)[0] ?? [];
  try {
    return { ok: true, event: read(name, body) };
  } catch (error) {
    const why = error instanceof z.core.$ZodError ? error.issues[0]?.path.join('.') : undefined;
    return { ok: false, reason: `${name} is malformed${why ? ` at ${why}` : ''}.` };
  }
}

function read(name: string, body: unknown): OutputEvent | undefined {
  switch (name) {
    case 'contentStart': {
      const start = schemas.contentStart.parse(body);
      return {
        type: name,
        contentId: start.contentId,
        kind: start.type,
        role: start.role ?? '',
        stage: stageOf(start.additionalModelFields),
      };
    }
    case 'textOutput': {
      const { contentId, content, role } = schemas.textOutput.parse(body);
      return { type: name, contentId, content, role };
    }
    case 'audioOutput':
      return { type: name, ...schemas.audioOutput.parse(body) };
    case 'toolUse': {
      const { toolUseId, toolName, content } = schemas.toolUse.parse(body);
      return { type: name, toolUseId, toolName, content };
    }
    case 'contentEnd': {
      const end = schemas.contentEnd.parse(body);
      return { type: name, contentId: end.contentId, stopReason: end.stopReason };
    }
    case 'completionEnd':
      schemas.completionEnd.parse(body);
      return { type: name };
    case 'usageEvent':
      return { type: 'usage', totals: schemas.usageEvent.parse(body).details.total };
    default:
      return undefined;
  }
}

/** The stage stands in a JSON text within the event. */
function stageOf(additionalModelFields: string | undefined): string | undefined {
  return /"generationStage"\s*:\s*"(\w+)"/.exec(additionalModelFields ?? '')?.[1];
}

/** The service tells of a barge-in by a text that is a piece of JSON; its spacing varies. */
export function tellsOfInterruption(content: string): boolean {
  return /^\s*\{\s*"interrupted"\s*:\s*true\s*\}\s*$/.test(content);
}
