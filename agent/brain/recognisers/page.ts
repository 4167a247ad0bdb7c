import type { Intent, PastCall, Recogniser } from '../intent.ts';
import type { Utterance } from '../utterance.ts';

/** Where the person is, links, the clipboard and the look of the page. */
export const recognisePage: Recogniser = ({ text }) =>
  place(text) ?? link(text) ?? copy(text) ?? theme(text);

function place(text: string): Intent | undefined {
  if (
    /^(?:where (?:exactly )?(?:am i|are we|i am|we are)|(?:what is|find|get|show me|determine) my (?:current |exact )?(?:location|position|place)|my (?:exact )?location)(?: exactly| here)?$/.test(
      text,
    )
  ) {
    return { tool: 'get_location', args: { exact: /\bexact/.test(text) } };
  }
  return undefined;
}

function link(text: string): Intent | undefined {
  const named =
    /^(?:open|go to|visit|take me to|bring up|pull up|browse to|navigate to|show me)(?: up)?(?: the)?(?: (?:website|web site|site|web page|page|address|link))? (.+?)(?: in (?:a|the) (?:new )?(?:tab|browser|window))?$/.exec(
      text,
    )?.[1];
  const address = named === undefined ? undefined : spokenAddress(named);
  return address === undefined ? undefined : { tool: 'open_link', args: { url: address } };
}

/** "wikipedia dot org slash wiki" and "wikipedia.org/wiki"; undefined for what is no address of the web. */
function spokenAddress(said: string): string | undefined {
  const written = said
    .replace(/^https? ?(?::|colon) ?(?:\/\/|slash slash) ?/, '')
    .replace(/ ?\b(?:dot|point)\b ?/g, '.')
    .replace(/ ?\b(?:forward )?slash\b ?/g, '/')
    .replace(/ ?\b(?:dash|hyphen)\b ?/g, '-')
    .replace(/\b(?:w ?){3}\./, 'www.')
    .replace(/\/$/, '');
  return /^(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}(?:\/[^\s]*)?$/u.test(written)
    ? `https://${written}`
    : undefined;
}

function copy(text: string): Intent | undefined {
  return /^copy(?: (?:that|this|it|what you (?:just )?said|(?:your|the)(?: last)? (?:answer|reply|words|text)))?(?: (?:to|into|in|onto) (?:my|the) clipboard)?$|^put (?:that|this|it) (?:on|in|into|onto|to) (?:my|the) clipboard$/.test(
    text,
  )
    ? { tool: 'copy_text', args: {} }
    : undefined;
}

function theme(text: string): Intent | undefined {
  const wanted =
    /^(?:(?:use|show|set|give|switch|change|turn|go|make|put|i want|activate|enable|me|it|the|a|page|screen|everything|to|in|into|on|over) )*(dark|light|night|day|bright|black)(?: (?:theme|mode|colou?rs))?(?: on)?$/.exec(
      text,
    )?.[1];
  const off =
    /^(?:turn off|switch off|disable|leave|no more) (?:the )?(dark|night|light) (?:theme|mode)$/.exec(
      text,
    )?.[1];
  // A colour alone may be said of anything; it takes a word that makes it the page's.
  if (
    wanted !== undefined &&
    /\b(?:theme|mode|colou?rs|page|screen|everything)\b|^go /.test(text)
  ) {
    return { tool: 'set_theme', args: { theme: isDark(wanted) ? 'dark' : 'light' } };
  }
  return off === undefined
    ? undefined
    : { tool: 'set_theme', args: { theme: isDark(off) ? 'light' : 'dark' } };
}

function isDark(word: string): boolean {
  return word === 'dark' || word === 'night' || word === 'black';
}

/** "Show me that as a table": the results of the last calls, as a table or a chart. */
export function showResults({ text }: Utterance, calls: readonly PastCall[]): Intent | undefined {
  const form =
    /^(?:(?:show|give|draw|put|make|turn|display|i want|can i see|let me see|see)(?: me)? )?(?:(?:that|this|it|them|those|these|all that) )?(?:as|in|into|in the form of) (?:a |an )?(table|list|chart|graph|bar chart|bar graph|diagram|plot|line chart)$/.exec(
      text,
    )?.[1];
  if (form === undefined) return undefined;
  const facts = factsOf(calls);
  const title = titleOf(calls);
  if (form === 'table' || form === 'list') {
    const columns = [...new Set(facts.flatMap((fact) => Object.keys(fact)))];
    const rows = facts.map((fact) => columns.map((column) => String(fact[column] ?? '')));
    return { tool: 'show_table', args: { title, columns: columns.map(readable), rows } };
  }
  const points = facts.flatMap((fact) => {
    const value = Object.values(fact).find((one) => typeof one === 'number');
    const label = Object.values(fact).find((one) => typeof one === 'string');
    return value === undefined ? [] : [{ label: label ?? '', value }];
  });
  const shape = form === 'line chart' ? 'line' : 'bars';
  return { tool: 'show_chart', args: { title, shape, points } };
}

type Fact = Readonly<Record<string, string | number | boolean>>;

/** A row for each thing that a call found, or else for each call. */
function factsOf(calls: readonly PastCall[]): readonly Fact[] {
  return calls.flatMap(({ tool, args, result }) => {
    if (tool === 'show_table') return shownBefore(args);
    const found = Object.values(result).find((value) => Array.isArray(value));
    const rows = Array.isArray(found) ? found.map(plainFields) : [];
    const whole = [plainFields({ ...args, ...result })];
    return (rows.length > 0 ? rows : whole).filter((row) => Object.keys(row).length > 0);
  });
}

/** What stands in a table that was shown, with its numbers as numbers. */
function shownBefore({ columns, rows }: PastCall['args']): readonly Fact[] {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return [];
  return rows.map((row: unknown) =>
    Object.fromEntries(
      columns.map((column, place) => {
        const cell = Array.isArray(row) ? String(row[place] ?? '') : '';
        const value = cell.trim() === '' ? Number.NaN : Number(cell);
        return [String(column), Number.isFinite(value) ? value : cell];
      }),
    ),
  );
}

/** The fields that a person can read; the spoken sentence says the same again. */
function plainFields(value: unknown): Fact {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (field): field is [string, string | number | boolean] =>
        !hidden.has(field[0]) &&
        !(field[0] === 'text' && 'answer' in value) &&
        ['string', 'number', 'boolean'].includes(typeof field[1]),
    ),
  );
}

const hidden = new Set(['say', 'id', 'atMs', 'coverage', 'done', 'why']);

function titleOf(calls: readonly PastCall[]): string {
  const [first] = calls;
  if (first === undefined) return 'Results';
  const { title } = first.args;
  return typeof title === 'string' ? title : readable(first.tool);
}

/** `secondsLeft` and `list_timers` as people write them. */
function readable(name: string): string {
  const spaced = name
    .replaceAll('_', ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
