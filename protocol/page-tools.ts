import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** What a card may hold: characters of its texts, and how many of each there are. */
export const cardLimits = {
  title: 120,
  cell: 200,
  label: 60,
  unit: 20,
  description: 300,
  columns: 8,
  rows: 100,
  points: 40,
  /** As it is sent, in base64. */
  source: 12_000,
} as const;

const title = z.string().check(z.minLength(1), z.maxLength(cardLimits.title));
const cell = z.string().check(z.maxLength(cardLimits.cell));

const table = z
  .strictObject({
    kind: z.literal('table'),
    title,
    columns: z.array(cell).check(z.minLength(1), z.maxLength(cardLimits.columns)),
    rows: z.array(z.array(cell)).check(z.minLength(1), z.maxLength(cardLimits.rows)),
  })
  .check(
    z.refine(
      ({ columns, rows }) => rows.every((row) => row.length === columns.length),
      'Every row needs as many cells as there are columns.',
    ),
  );

const chart = z.strictObject({
  kind: z.literal('chart'),
  title,
  shape: z.enum(['bars', 'line']),
  points: z
    .array(
      z.strictObject({
        label: z.string().check(z.maxLength(cardLimits.label)),
        value: z.number().check(z.minimum(-1e15), z.maximum(1e15)),
      }),
    )
    .check(z.minLength(1), z.maxLength(cardLimits.points)),
  /** What the values are counted in; empty where they are mere numbers. */
  unit: z.string().check(z.maxLength(cardLimits.unit)),
});

const image = z.strictObject({
  kind: z.literal('image'),
  title,
  /** For those who do not see it. */
  description: z.string().check(z.minLength(1), z.maxLength(cardLimits.description)),
  /** The picture itself, never an address: nothing is fetched for it. */
  source: z
    .string()
    .check(
      z.maxLength(cardLimits.source),
      z.regex(/^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/),
    ),
});

/** Something to look at beside what is said. */
export const card = z.union([table, chart, image]);
export type Card = z.infer<typeof card>;
export type TableCard = z.infer<typeof table>;
export type ChartCard = z.infer<typeof chart>;

/** What the assistant may ask of the page. `tool` is the name of the tool that a model calls, and that a person can switch off. */
const action = z.discriminatedUnion('tool', [
  z.strictObject({
    tool: z.literal('get_location'),
    /** Without it the place is told to some ten kilometres. */
    exact: z.boolean(),
  }),
  z.strictObject({
    tool: z.literal('open_link'),
    url: z.string().check(z.maxLength(2000), z.refine(mayBeOpened, 'Only https addresses.')),
  }),
  z.strictObject({
    tool: z.literal('copy_text'),
    text: z.string().check(z.minLength(1), z.maxLength(6000)),
  }),
  z.strictObject({ tool: z.literal('set_theme'), theme: z.enum(['light', 'dark']) }),
  z.strictObject({ tool: z.literal('show_table'), card: table }),
  z.strictObject({ tool: z.literal('show_chart'), card: chart }),
  z.strictObject({ tool: z.literal('show_image'), card: image }),
]);
export type PageAction = z.infer<typeof action>;

/** RPC `parley.page`, agent → browser: do this in the page, if the person allows it. */
const request = z.strictObject({
  /** Of the tool call, by which the transcript knows it. */
  callId: z.string().check(z.minLength(1), z.maxLength(128)),
  action,
});
export type PageRequest = z.infer<typeof request>;
export const pageRequest: MessageKind<PageRequest> = { schema: request, maxBytes: 14 * 1024 };

const place = z.strictObject({
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  /** Radius of a circle that holds the place, in metres. */
  accuracyM: z.number().check(z.nonnegative()),
});
export type Place = z.infer<typeof place>;

/**
 * Why nothing was done: the person said no, or nothing in time; it is switched off; the browser refuses; it cannot be
 * had now; it was asked for too often.
 */
const obstacle = z.enum(['no', 'off', 'browser', 'unavailable', 'too_many']);
export type Obstacle = z.infer<typeof obstacle>;

const response = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('done'), place: z.optional(place) }),
  z.strictObject({ outcome: z.literal('not_done'), why: obstacle }),
]);
export type PageResponse = z.infer<typeof response>;
export const pageResponse: MessageKind<PageResponse> = { schema: response, maxBytes: 512 };

/** An address that a page may offer to a person: encrypted, and without a name and password in it. */
export function mayBeOpened(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  return protocol === 'https:' && hostname !== '' && username === '' && password === '';
}
