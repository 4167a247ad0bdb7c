/** What the voice would read out letter by letter, or wrongly, by the words that a person would say instead. */
type Rule = readonly [pattern: RegExp, spoken: string | ((...found: string[]) => string)];

const markup: readonly Rule[] = [
  // Code, then links and pictures by their text, then emphasis, headings, quotes, list marks, rules and table bars.
  [/```[^\n]*\n?([\s\S]*?)```/gu, '$1'],
  [/`([^`]*)`/gu, '$1'],
  [/!?\[([^\]]*)\]\([^)]*\)/gu, '$1'],
  [/<\/?[a-z][^<>]*>/giu, ' '],
  [/^\s{0,3}#{1,6}\s+/gmu, ''],
  [/^\s*>\s?/gmu, ''],
  [/^\s*(?:[-*+•]|\d+[.)])\s+(?=\S)/gmu, ''],
  [/^\s*(?:[-*_]\s*){3,}$/gmu, ''],
  [/(\*\*\*|\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/gu, '$2'],
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/gu, '$1'],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}_])/gu, '$1'],
  [/\s*\|\s*/gu, ', '],
];

const addresses: readonly Rule[] = [
  [/\bhttps?:\/\/(?:www\.)?([^\s/?#:,;"')\]]+)[^\s,;"')\]]*/giu, (_all, host = '') => dotted(host)],
  [
    /\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b/gu,
    (_all, user = '', host = '') => `${dotted(user)} at ${dotted(host)}`,
  ],
];

const monthNames =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const timesAndDates: readonly Rule[] = [
  [
    /\b(\d{4})-(\d{2})-(\d{2})\b/gu,
    (all, year = '', month = '', day = '') => {
      const name = monthNames[Number(month) - 1];
      return name ? `${name} ${Number(day)}, ${year}` : all;
    },
  ],
  [
    /\b([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:\s*([ap])(?:\.m\.|m\b))?/giu,
    (_all, hours = '', minutes = '', seconds = '', half = '') =>
      clockTime(Number(hours), minutes, seconds, half),
  ],
  [
    /\b(1[0-2]|[1-9])\s*([ap])(?:\.m\.|m\b)/giu,
    (_all, hour = '', half = '') => `${hour} ${spelt(`${half}m`)}`,
  ],
];

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  mm: ['millimetre', 'millimetres'],
  cm: ['centimetre', 'centimetres'],
  m: ['metre', 'metres'],
  km: ['kilometre', 'kilometres'],
  mi: ['mile', 'miles'],
  ft: ['foot', 'feet'],
  yd: ['yard', 'yards'],
  mg: ['milligram', 'milligrams'],
  g: ['gram', 'grams'],
  kg: ['kilogram', 'kilograms'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  ml: ['millilitre', 'millilitres'],
  l: ['litre', 'litres'],
  mph: ['mile per hour', 'miles per hour'],
  'km/h': ['kilometre per hour', 'kilometres per hour'],
  'm/s': ['metre per second', 'metres per second'],
  'm²': ['square metre', 'square metres'],
  'km²': ['square kilometre', 'square kilometres'],
  'm³': ['cubic metre', 'cubic metres'],
  ms: ['millisecond', 'milliseconds'],
  h: ['hour', 'hours'],
  min: ['minute', 'minutes'],
  kb: ['kilobyte', 'kilobytes'],
  mb: ['megabyte', 'megabytes'],
  gb: ['gigabyte', 'gigabytes'],
  tb: ['terabyte', 'terabytes'],
  '°c': ['degree Celsius', 'degrees Celsius'],
  '°f': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°': ['degree', 'degrees'],
  '%': ['percent', 'percent'],
};

const currencies: Readonly<Record<string, readonly [one: string, many: string, part: string]>> = {
  $: ['dollar', 'dollars', 'cents'],
  '€': ['euro', 'euros', 'cents'],
  '£': ['pound', 'pounds', 'pence'],
};

const fractions: Readonly<Record<string, string>> = {
  '½': 'a half',
  '⅓': 'a third',
  '⅔': 'two thirds',
  '¼': 'a quarter',
  '¾': 'three quarters',
  '1/2': 'a half',
  '1/3': 'a third',
  '2/3': 'two thirds',
  '1/4': 'a quarter',
  '3/4': 'three quarters',
};

const amounts: readonly Rule[] = [
  [
    /([$€£])\s?(\d[\d,]*)(?:\.(\d{2}))?(?!\d|\.\d)/gu,
    (all, sign = '', whole = '', part = '') => money(sign, whole, part) ?? all,
  ],
  [
    /(\d+)\s?([½⅓⅔¼¾])/gu,
    (_all, whole = '', part = '') => `${whole} and ${fractions[part] ?? part}`,
  ],
  [/[½⅓⅔¼¾]/gu, (part = '') => fractions[part] ?? part],
  [
    /(?<![\d/.])(\d+ )?([123]\/[234])(?![\d/.])/gu,
    (all, whole = '', part = '') => {
      const spoken = fractions[part];
      if (spoken === undefined) return all;
      return whole === '' ? spoken : `${whole}and ${spoken}`;
    },
  ],
  [
    /(?<![\p{L}\d])(-|−)?(\d[\d,]*(?:\.\d+)?)\s?(km\/h|m\/s|km²|m²|m³|°\s?[CF]?|%|(?:mm|cm|km|mi|ft|yd|mg|kg|lbs?|oz|ml|mph|ms|min|[KMGT]B|m|g|l|h)(?![\p{L}\d'’]))/gu,
    (all, minus = '', number = '', unit = '') => {
      const names = units[unit.replace(/\s/gu, '').toLowerCase()];
      if (!names) return all;
      return `${minus === '' ? '' : 'minus '}${number} ${number === '1' ? names[0] : names[1]}`;
    },
  ],
];

const signs: readonly Rule[] = [
  [/#(?=\d)/gu, 'number '],
  [/~\s?(?=\d)/gu, 'about '],
  [/(\d)\s*\^\s*2\b/gu, '$1 squared'],
  [/(\d)\s*\^\s*3\b/gu, '$1 cubed'],
  [/(\d)\s*\^\s*(\d)/gu, '$1 to the power of $2'],
  [/(\d)²/gu, '$1 squared'],
  [/(\d)³/gu, '$1 cubed'],
  [/√\s?(?=\d)/gu, 'the square root of '],
  // Between spaces a dash is a minus; without them it is a range. A date or a telephone number has more than one.
  [/(\d)\s+[-−–]\s+(?=\d)/gu, '$1 minus '],
  [/(?<![\d-])(\d+)[-–](\d+)(?![\d-])/gu, '$1 to $2'],
  [/(\d)\s*[×*]\s*(?=\d)/gu, '$1 times '],
  [/(\d)x(?=\d)/giu, '$1 times '],
  [/(\d)\s+\/\s+(?=\d)|(\d)\s*÷\s*(?=\d)/gu, (_all, a = '', b = '') => `${a || b} divided by `],
  [/(?<![\p{L}\p{N}])[-−](?=\d)/gu, 'minus '],
  [/\s*=\s*/gu, ' equals '],
];

const titles: readonly Rule[] = [
  [/\bDr\.\s+(?=\p{Lu})/gu, 'Doctor '],
  [/\bMr\.\s+(?=\p{Lu})/gu, 'Mister '],
  [/\bMrs\.\s+(?=\p{Lu})/gu, 'Missus '],
  [/\bMs\.\s+(?=\p{Lu})/gu, 'Miz '],
  [/\bProf\.\s+(?=\p{Lu})/gu, 'Professor '],
  [/\bSt\.\s+(?=\p{Lu})/gu, 'Saint '],
  [/\be\.g\.,?/gu, 'for example'],
  [/\bi\.e\.,?/gu, 'that is'],
  [/\betc\.?/gu, 'and so on'],
  [/\bvs\.?(?=\s)/gu, 'versus'],
];

const emoji =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200D\uFE0F\u20E3]/gu;

/** The text as the voice should be given it: no markup, no pictures, no signs that it cannot say. */
export function speakable(text: string): string {
  const rules = [...addresses, ...markup, ...titles, ...timesAndDates, ...amounts, ...signs];
  const spoken = rules.reduce(
    (so_far, [pattern, replacement]) =>
      typeof replacement === 'string'
        ? so_far.replace(pattern, replacement)
        : so_far.replace(pattern, (...found: unknown[]) =>
            replacement(...found.map((part) => (typeof part === 'string' ? part : ''))),
          ),
    text.replace(emoji, ' '),
  );
  return spoken
    .replace(/[*_`~|<>{}[\]\\]+/gu, ' ')
    .replace(/[ \t]+/gu, ' ')
    .replace(/ +([,.;:!?])/gu, '$1')
    .trim();
}

function dotted(name: string): string {
  return name.replaceAll('.', ' dot ');
}

/** "pm" as "P M": the voice would make one word of it. */
function spelt(letters: string): string {
  return letters.toUpperCase().split('').join(' ');
}

function clockTime(hours: number, minutes: string, seconds: string, half: string): string {
  const tail = half === '' ? '' : ` ${spelt(`${half}m`)}`;
  const rest = seconds === '' ? '' : ` and ${Number(seconds)} seconds`;
  if (minutes === '00') {
    return half === '' && rest === '' ? `${hours} o'clock` : `${hours}${rest}${tail}`;
  }
  const past = minutes.startsWith('0') ? `oh ${minutes.slice(1)}` : minutes;
  return `${hours} ${past}${rest}${tail}`;
}

function money(sign: string, whole: string, part: string): string | undefined {
  const names = currencies[sign];
  if (!names) return undefined;
  const [one, many, parts] = names;
  const coins = part === '' || part === '00' ? '' : ` and ${Number(part)} ${parts}`;
  return `${whole} ${whole === '1' ? one : many}${coins}`;
}
