import * as z from 'zod/mini';
import { providerId } from '#protocol/provider.ts';
import type { KeptTurns } from './kept-turns.ts';
import { longestText, mostSpans } from './records.ts';

/** A day on any clock; what lies beyond is no date. */
const atMs = z.number().check(z.minimum(-8.64e15), z.maximum(8.64e15));
const name = z.string().check(z.maxLength(200));
const text = z.string().check(z.maxLength(longestText));
const count = z.int().check(z.minimum(0));
const place = z.int().check(z.minimum(0), z.maximum(1_000_000));
const provider = z.optional(providerId);

const span = z.strictObject({ fromMs: atMs, toMs: z.exactOptional(atMs) });
const spans = z.array(span).check(z.maxLength(2 * mostSpans));
const inTurn = z.array(span).check(z.maxLength(200));

const usage = z.catchall(
  z.object({
    inputTextTokens: count,
    inputAudioTokens: count,
    inputCachedTokens: count,
    outputTextTokens: count,
    outputAudioTokens: count,
    inputAudioMs: count,
    outputAudioMs: count,
  }),
  // A later version may count more.
  count,
);

const turn = z.strictObject({
  number: place,
  via: z.enum(['voice', 'text', 'assistant']),
  provider,
  clock: place,
  openedAtMs: atMs,
  speech: inTurn,
  segments: z.strictObject({}),
  words: z.array(z.strictObject({ atMs, text, final: z.boolean() })).check(z.maxLength(100)),
  turnEndedAtMs: z.exactOptional(atMs),
  firstTokenAtMs: z.exactOptional(atMs),
  sound: inTurn,
  replyAtMs: z.exactOptional(atMs),
  heardAtMs: z.exactOptional(atMs),
  latencyMs: z.exactOptional(atMs),
  replySegments: z.array(z.never()),
  reply: text,
  cut: z.exactOptional(
    z.strictObject({
      atMs,
      by: z.enum(['button', 'escape', 'message', 'speech', 'timer']),
      heard: z.exactOptional(text),
      unheard: text,
    }),
  ),
  tools: z
    .array(
      z.strictObject({
        id: name,
        name,
        title: name,
        startedAtMs: atMs,
        finishedAtMs: z.exactOptional(atMs),
        outcome: z.exactOptional(z.enum(['done', 'failed', 'cancelled'])),
      }),
    )
    .check(z.maxLength(200)),
  used: z
    .array(z.strictObject({ provider: providerId, model: name, usage }))
    .check(z.maxLength(200)),
});

const acts = ['duck', 'restore', 'confirm', 'button', 'escape', 'message', 'speech'] as const;

const format = z
  .strictObject({
    records: z.strictObject({
      turns: z.array(turn).check(z.maxLength(1000)),
      pending: z.array(z.never()),
      clocks: z.array(atMs).check(z.maxLength(10_000)),
      provider,
      speech: spans,
      sound: spans,
      acts: z
        .array(
          z.strictObject({
            turn: place,
            atMs,
            act: z.enum(acts),
            sinceOnsetMs: z.optional(atMs),
          }),
        )
        .check(z.maxLength(2 * mostSpans)),
      gate: spans,
    }),
    curve: z.strictObject({
      atMs: z.array(atMs).check(z.maxLength(100_000)),
      percent: z.array(z.number().check(z.minimum(0), z.maximum(100))),
    }),
  })
  .check(
    z.refine(
      ({ curve }) => curve.atMs.length === curve.percent.length,
      'The curve has as many times as values',
    ),
  );

/** Turns as they may be kept. What is known of no provider has no key in JSON, and none is added. */
export const turnsFormat = z.custom<KeptTurns>((value) => format.safeParse(value).success);
