/** One value of one row: a dot, with a whisker where the row says how far nine in ten go. */
export interface Mark {
  readonly row: string;
  readonly value: number;
  readonly p90?: number;
}

/** Values that can be compared: they have one axis. */
export interface Panel {
  readonly title: string;
  readonly marks: readonly Mark[];
}

type Rows = Readonly<Record<string, object>>;
type Numbers = Readonly<Record<string, number>>;

/** Shares of a spread that are drawn as the whisker, or not at all. */
const aroundMedian = ['p90', 'min', 'max', 'p95', 'slowest', 'fastest'];
/** How much was measured, not what. */
const counts = ['n', 'frames', 'onsets', 'seconds'];
const units = /(?:^|[ ,])(ms|s|kB|MB|%)$/;
/** A name of a value as the programs write it: what is measured and its unit. */
const unitOfName = /(Ms|Mb)$/;

/**
 * What a benchmark's table shows in a picture. Rows with a median become dots with a whisker to the p90, one panel for each
 * unit in which the rows' names end. Every other column is a panel of its own, a p90 beside its p50 a whisker; one that is
 * the same in all rows, and not zero, says how it was measured and is left out. Columns that one row has for itself share a
 * panel by their unit. What is not a number is left out, too.
 */
export function panelsOf(rows: Rows): Panel[] {
  const numbers = Object.entries(rows).map(([row, cells]) => [row, numbersIn(cells)] as const);
  const spreads = numbers.filter(([, cells]) => cells['median'] !== undefined);
  const columns = columnsOf(numbers.map(([, cells]) => cells)).map((title) => ({
    title,
    marks: numbers.flatMap(([row, cells]): Mark[] => {
      const value = cells[title];
      return value === undefined ? [] : [marked(row, value, cells[whiskerOf(title) ?? ''])];
    }),
  }));
  return [
    ...medians(spreads),
    ...columns.filter(({ marks }) => marks.length > 1 && tellsApart(marks)),
    ...alone(columns.filter(({ marks }) => marks.length === 1)),
  ];
}

function alone(columns: readonly Panel[]): Panel[] {
  const byUnit = new Map<string, Mark[]>();
  for (const { title, marks } of columns) {
    const unit = unitOfName.exec(title)?.[1] ?? units.exec(title)?.[1];
    if (unit === undefined) continue;
    const named = marks.map((mark) => ({ ...mark, row: `${mark.row}: ${title}` }));
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), ...named]);
  }
  return [...byUnit].map(([title, marks]) => ({
    title: title.replace(/^M(?=s)/, 'm').replace('Mb', 'MB'),
    marks,
  }));
}

function medians(spreads: readonly (readonly [string, Numbers])[]): Panel[] {
  const byUnit = new Map<string, Mark[]>();
  for (const [row, { median = 0, p90 }] of spreads) {
    const unit = units.exec(row)?.[1] ?? '';
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), marked(row, median, p90)]);
  }
  return [...byUnit].map(([unit, marks]) => {
    const whisker = marks.some(({ p90 }) => p90 !== undefined) ? ' to p90' : '';
    return { title: `median${whisker}${unit && `, ${unit}`}`, marks };
  });
}

/** In the order in which they come first, without those that are drawn with another. */
function columnsOf(all: readonly Numbers[]): string[] {
  const names = [...new Set(all.flatMap((cells) => Object.keys(cells)))];
  const whiskers = names.flatMap((name) => whiskerOf(name) ?? []);
  const hasMedian = names.includes('median');
  return names.filter(
    (name) =>
      name !== 'median' &&
      !counts.includes(name) &&
      !(hasMedian && aroundMedian.includes(name)) &&
      !(whiskers.includes(name) && names.some((other) => whiskerOf(other) === name)),
  );
}

/** The column that holds the p90 of what this one holds the median of, if there is one. */
function whiskerOf(column: string): string | undefined {
  if (column.includes('p50')) return column.replace('p50', 'p90');
  const [, what, unit] = /^(.*), (\S+)$/.exec(column) ?? [];
  return what !== undefined && unit !== undefined ? `${what} p90, ${unit}` : undefined;
}

function tellsApart(marks: readonly Mark[]): boolean {
  const [first] = marks;
  return first?.value === 0 || marks.some(({ value }) => value !== first?.value);
}

function marked(row: string, value: number, p90: number | undefined): Mark {
  return { row, value, ...(p90 !== undefined && { p90 }) };
}

function numbersIn(cells: object): Numbers {
  const entries = Object.entries(cells).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(entries);
}
