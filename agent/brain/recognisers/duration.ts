/** A span of time found in an utterance with digits, and the words that are left without it. */
export interface FoundDuration {
  readonly seconds: number;
  readonly rest: string;
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
const unit = '(hours?|hrs?|h|minutes?|mins?|seconds?|secs?)';
const piece = `(?:(\\d+(?:\\.\\d+)?|an?|half an?|a couple of|couple of|a quarter of an|quarter of an|3 quarters of an|to|too|for) )${unit}(?: and (?:a|1) (half|quarter))?|(\\d+) and a (half|quarter) ${unit}`;

/** Finds "5 minutes", "an hour and a half", "1 hour 30 minutes", "half an hour"; undefined if there is none. */
export function findDuration(digits: string): FoundDuration | undefined {
  const text = digits
    .replace(/(?<=\d)[ -](?=(?:hour|minute|second)\b)/g, ' ')
    .replace(/(\d)(min|sec|hr|h|m|s)s?\b/g, '$1 $2')
    .replace(/\b(\d+)-(minute|hour|second)/g, '$1 $2')
    .replace(/\bthree quarters\b/g, '3 quarters')
    .replace(/\bone (?=hour|minute|second)/g, '1 ');
  const pattern = new RegExp(`\\b(?:${piece})\\b`, 'g');
  let seconds = 0;
  let rest = '';
  let end = 0;
  let found = false;
  for (const match of text.matchAll(pattern)) {
    const between = text.slice(end, match.index);
    // A second span counts only if it follows at once: "5 minutes and 30 seconds".
    if (found && !/^ (?:and )?$|^ $/.test(between)) break;
    if (!found) rest = between;
    found = true;
    seconds += secondsOf(match);
    end = match.index + match[0].length;
  }
  if (!found || seconds <= 0) return undefined;
  return { seconds, rest: `${rest}${text.slice(end)}`.replace(/\s+/g, ' ').trim() };
}

function secondsOf(match: RegExpExecArray): number {
  const [, count = '', unitName = '', half, whole, wholeHalf, wholeUnit = ''] = match;
  const share = (name: string | undefined) =>
    name === 'half' ? 0.5 : name === 'quarter' ? 0.25 : 0;
  if (whole !== undefined) return (Number(whole) + share(wholeHalf)) * secondsIn(wholeUnit);
  return (countOf(count) + share(half)) * secondsIn(unitName);
}

function secondsIn(name: string): number {
  return unitSeconds[name.charAt(0)] ?? 1;
}

function countOf(words: string): number {
  if (/^\d/.test(words)) return Number(words);
  if (words.startsWith('half')) return 0.5;
  if (words.startsWith('3 quarters')) return 0.75;
  if (words.includes('quarter')) return 0.25;
  if (words.includes('couple') || words === 'to' || words === 'too') return 2;
  return words === 'for' ? 4 : 1;
}
