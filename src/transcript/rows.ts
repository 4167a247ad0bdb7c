import type { TranscriptRow } from './model.ts';

/** Rows in the order in which they began, with the place of each by its id. Never changed, only replaced. */
export interface Rows {
  readonly list: readonly TranscriptRow[];
  readonly places: ReadonlyMap<string, number>;
}

export const noRows: Rows = { list: [], places: new Map() };

export function rowsOf(list: readonly TranscriptRow[]): Rows {
  return { list, places: new Map(list.map((row, place) => [row.id, place])) };
}

export function rowById(rows: Rows, id: string): TranscriptRow | undefined {
  const place = rows.places.get(id);
  return place === undefined ? undefined : rows.list[place];
}

/** Puts a new row behind every row that began no later, or puts it in the place of the row with its id. */
export function putRow(rows: Rows, row: TranscriptRow): Rows {
  const known = rows.places.get(row.id);
  if (known !== undefined) {
    // The places stay as they are, so a chunk of text costs one copy of the list and no search.
    return rows.list[known] === row ? rows : { ...rows, list: rows.list.with(known, row) };
  }
  let place = rows.list.length;
  while (place > 0 && startOf(rows, place - 1) > row.startedAtMs) place -= 1;
  return rowsOf(rows.list.toSpliced(place, 0, row));
}

export function dropRow(rows: Rows, id: string): Rows {
  const place = rows.places.get(id);
  return place === undefined ? rows : rowsOf(rows.list.toSpliced(place, 1));
}

/** The latest row that fits, searched from the end. */
export function lastRow<T extends TranscriptRow>(
  rows: Rows,
  fits: (row: TranscriptRow) => row is T,
): T | undefined {
  return rows.list.findLast(fits);
}

function startOf(rows: Rows, place: number): number {
  return rows.list[place]?.startedAtMs ?? 0;
}
