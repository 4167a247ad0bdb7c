/** Number words as speech recognisers write them, turned into digits. */

const small = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
    'sixteen seventeen eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
small.set('nought', 0);
small.set('nil', 0);
small.set('fourty', 40);
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10]),
);
const scales = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const ordinals = new Map(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth ' +
    'fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
  )
    .split(' ')
    .map((word, index) => [word, index + 1]),
);
ordinals.set('thirtieth', 30);

interface Read {
  /** Digits as they go into the text. */
  readonly digits: string;
  /** How many words were read. */
  readonly length: number;
}

/**
 * Replaces every number in words by digits: "two hundred and five" by "205", "three point one four" by "3.14",
 * "half a million" by "500000", "1,234" by "1234". Words that are no numbers stay as they are. Lower case expected.
 */
export function withDigits(text: string): string {
  const words = text
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?=[a-z])/g, '$1 ')
    .split(/\s+/);
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const read = readNumber(words, at);
    const word = words[at] ?? '';
    if (read) {
      out.push(read.digits);
      at += read.length;
    } else {
      out.push(word);
      at += 1;
    }
  }
  return out.join(' ');
}

/** As `withDigits`, and "third" by "3rd", "twenty first" by "21st". For dates, not for fractions. */
export function withOrdinals(text: string): string {
  const alternatives = [...ordinals.keys()].join('|');
  const joined = new RegExp(`\\b(?:(twenty|thirty)[ -])?(${alternatives})\\b`, 'g');
  return withDigits(
    text.replace(joined, (_, ten: string | undefined, unit: string) => {
      const value = (tens.get(ten ?? '') ?? 0) + (ordinals.get(unit) ?? 0);
      return `${value}${['th', 'st', 'nd', 'rd'][value % 10 < 4 && (value < 10 || value > 20) ? value % 10 : 0] ?? 'th'}`;
    }),
  );
}

function readNumber(words: readonly string[], start: number): Read | undefined {
  const dozen = readDozen(words, start);
  if (dozen) return dozen;
  let at = start;
  let total = 0;
  let group: number | undefined;
  /** The largest scale still free: "two thousand three million" is two numbers. */
  let ceiling = Infinity;
  let previous: 'none' | 'unit' | 'ten' | 'hundred' | 'scale' = 'none';

  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    const unit = small.get(word);
    const ten = tens.get(word);
    const scale = scales.get(word);
    if (/^\d+(?:\.\d+)?$/.test(word)) {
      if (group !== undefined && !(previous === 'hundred' && Number(word) < 100)) break;
      if (previous === 'scale' && Number(word) >= ceiling) break;
      if (previous === 'unit' || previous === 'ten') break;
      group = (group ?? 0) + Number(word);
      previous = 'unit';
    } else if (unit !== undefined) {
      if (previous === 'unit' || (previous === 'ten' && (unit === 0 || unit > 9))) break;
      group = (group ?? 0) + unit;
      previous = 'unit';
    } else if (ten !== undefined) {
      if (previous === 'unit' || previous === 'ten') break;
      group = (group ?? 0) + ten;
      previous = 'ten';
    } else if (word === 'hundred' || word === 'hundreds') {
      if (group === undefined || group >= 100 || previous === 'hundred') break;
      group *= 100;
      previous = 'hundred';
    } else if (scale !== undefined && scale < ceiling && group !== undefined) {
      total += group * scale;
      group = undefined;
      ceiling = scale;
      previous = 'scale';
    } else if (
      (word === 'a' || word === 'an') &&
      at === start &&
      (next === 'hundred' || scales.has(next))
    ) {
      group = 1;
      previous = 'unit';
    } else if (
      word === 'and' &&
      (previous === 'hundred' || previous === 'scale') &&
      isBelowHundred(words, at + 1, previous === 'scale' ? ceiling : 100)
    ) {
      continue;
    } else break;
  }
  if (previous === 'none') return undefined;
  const whole = total + (group ?? 0);
  return (
    withDecimals(words, start, at, whole) ?? { digits: plainDigits(whole), length: at - start }
  );
}

/** "point five", "point oh three" after a whole number. */
function withDecimals(
  words: readonly string[],
  start: number,
  at: number,
  whole: number,
): Read | undefined {
  if (words[at] !== 'point') return undefined;
  let decimals = '';
  let end = at + 1;
  for (; end < words.length; end += 1) {
    const word = words[end] ?? '';
    const digit = word === 'oh' || word === 'o' ? 0 : small.get(word);
    if (digit !== undefined && digit < 10) decimals += String(digit);
    else if (/^\d+$/.test(word)) decimals += word;
    else if (decimals === '' && (tens.has(word) || digit !== undefined)) {
      // "One point twenty five" is one point two five.
      const value = (tens.get(word) ?? digit ?? 0) + (small.get(words[end + 1] ?? '') ?? 0);
      if (tens.has(word) && (small.get(words[end + 1] ?? '') ?? 10) < 10) end += 1;
      decimals += String(value);
    } else break;
  }
  if (decimals === '') return undefined;
  const scale = scales.get(words[end] ?? '');
  const digits = `${plainDigits(whole)}.${decimals}`;
  if (scale === undefined) return { digits, length: end - start };
  return {
    digits: plainDigits(Number((Number(digits) * scale).toPrecision(15))),
    length: end + 1 - start,
  };
}

function readDozen(words: readonly string[], start: number): Read | undefined {
  const [first = '', second = '', third = ''] = words.slice(start, start + 3);
  const scale = scales.get(third);
  if (first === 'half' && second === 'a' && scale !== undefined) {
    return { digits: plainDigits(scale / 2), length: 3 };
  }
  if (first === 'half' && second === 'a' && third === 'dozen') return { digits: '6', length: 3 };
  if ((first === 'a' || first === 'one') && second === 'dozen') return { digits: '12', length: 2 };
  if (first === 'point' && (small.get(second) ?? (/^\d$/.test(second) ? 1 : 10)) < 10) {
    return withDecimals(words, start, start, 0);
  }
  return undefined;
}

function isBelowHundred(words: readonly string[], at: number, limit: number): boolean {
  const word = words[at] ?? '';
  if (limit > 100 && scales.has(words[at + 1] ?? '')) return false;
  const value =
    small.get(word) ?? tens.get(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined);
  return value !== undefined && value < limit;
}

function plainDigits(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 });
}
