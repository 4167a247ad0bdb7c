import * as z from 'zod/mini';
import { card } from '#protocol/page-tools.ts';
import { turnsFormat } from '../inspector/kept-format.ts';
import { longestTitle, type KeptConversation } from './summary.ts';

const format = 'parley.conversations';
/** The first knew no turns. */
const versions = [1, 2] as const;
const version = 2;

const id = z.string().check(z.minLength(1), z.maxLength(200));
const text = z.string().check(z.maxLength(100_000));
/** ms since the epoch; what lies beyond is no date. */
const atMs = z.number().check(z.minimum(0), z.maximum(8.64e15));

/** A row as it may be kept. */
export const keptRow = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('utterance'),
    id,
    speaker: z.enum(['user', 'assistant']),
    via: z.enum(['voice', 'text']),
    text,
    status: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('interim') }),
      z.strictObject({ kind: z.literal('final') }),
      z.strictObject({
        kind: z.literal('cut'),
        unheard: text,
        by: z.enum(['button', 'escape', 'message', 'speech', 'timer']),
      }),
    ]),
    startedAtMs: atMs,
    latencyMs: z.exactOptional(z.number()),
  }),
  z.strictObject({
    kind: z.literal('tool'),
    id,
    name: id,
    title: text,
    input: text,
    status: z.enum(['running', 'done', 'failed', 'cancelled']),
    output: z.exactOptional(text),
    card: z.exactOptional(card),
    startedAtMs: atMs,
  }),
  z.strictObject({ kind: z.literal('notice'), id, text, startedAtMs: atMs }),
]);

const conversation = z
  .strictObject({
    id,
    startedAtMs: atMs,
    endedAtMs: atMs,
    title: z.exactOptional(z.string().check(z.maxLength(longestTitle))),
    opening: text,
    engine: z.exactOptional(z.string().check(z.maxLength(200))),
    talkedMs: z.number().check(z.minimum(0)),
    said: z.int().check(z.minimum(0)),
    rows: z.array(keptRow).check(z.minLength(1)),
    turns: z.exactOptional(turnsFormat),
  })
  .check(
    z.refine(
      ({ rows }) => new Set(rows.map((one) => one.id)).size === rows.length,
      'Two rows have the same id',
    ),
  );

const file = z.strictObject({
  format: z.literal(format),
  version: z.literal(versions),
  conversations: z
    .array(conversation)
    .check(
      z.refine(
        (all) => new Set(all.map((one) => one.id)).size === all.length,
        'Two conversations have the same id',
      ),
    ),
});

/** What is read from a file: its conversations, or what is wrong with it. */
export type FileContent =
  | { kind: 'conversations'; conversations: readonly KeptConversation[] }
  /** Something else altogether; `broken` is ours, but not as it was written. */
  | { kind: 'foreign' }
  | { kind: 'newer' }
  | { kind: 'broken'; where: string };

/** Conversations as one JSON text that `readFile` reads again. */
export function writeFile(conversations: readonly KeptConversation[]): string {
  return `${JSON.stringify({ format, version, conversations }, null, 2)}\n`;
}

export function readFile(json: string): FileContent {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json.includes(format) ? { kind: 'broken', where: '' } : { kind: 'foreign' };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'foreign' };
  if (!('format' in value) || value.format !== format) return { kind: 'foreign' };
  if ('version' in value && typeof value.version === 'number' && value.version > version) {
    return { kind: 'newer' };
  }
  const parsed = file.safeParse(value);
  if (parsed.success) return { kind: 'conversations', conversations: parsed.data.conversations };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { kind: 'broken', where: [path, issue?.message ?? ''].filter(Boolean).join(': ') };
}
