import { findUnit } from '../../skills/units.ts';
import type { Intent, Recogniser } from '../intent.ts';
import type { Utterance } from '../utterance.ts';

const count = '(-?\\d+(?:\\.\\d+)?|an?|half an?|1 half)';

/** "5 miles in kilometres", "how many ounces in a pound", "convert 72 fahrenheit to celsius". */
export const recogniseConversion: Recogniser = ({ digits }) => {
  const text = prepared(digits);
  const many =
    new RegExp(
      `^how (?:many|much) (.+?)(?: are there| are| is there| is| does| do| will| make| make up| go)? (?:in|to|per|into|make|equal|make up) ${count} (.+?)(?: make| equal| have| contain| weigh)?$`,
    ).exec(text) ??
    new RegExp(
      `^how (?:many|much) (.+?) (?:is|are|does|do|equals?|has|have|weighs?) ${count} (.+?)(?: have| contain| weigh| make| equal)?$`,
    ).exec(text);
  if (many) return conversion(many[2] ?? '', many[3] ?? '', many[1] ?? '');

  const per =
    /^how (?:many|much) (.+?) (?:in|per|to|make|make up) (?:the |each |every )?(.+)$/.exec(text);
  if (per && findUnit(per[1] ?? '') && findUnit(per[2] ?? ''))
    return conversion('1', per[2] ?? '', per[1] ?? '');

  const plain = new RegExp(
    `^(?:convert|change|turn|translate|what is|what are|what would be|how (?:much|long|far|heavy|hot|cold|warm|big|fast|tall|high) (?:is|are)|how (?:much|many) (?:is|are))? ?${count} ?(.+?) (?:in|to|into|as|is how many|is what in|equals how many|converted to|expressed in|on the) (.+?)(?: scale)?$`,
  ).exec(text);
  return plain ? conversion(plain[1] ?? '', plain[2] ?? '', plain[3] ?? '') : undefined;
};

/** "How about 10 miles?", "and in metres?" after a conversion. */
export function continueConversion(
  utterance: Utterance,
  past: { value: number; from: string; to: string },
): Intent | undefined {
  const text = prepared(utterance.digits).replace(/^(?:and |what about |how about |or )+/, '');
  const target = /^(?:in|into|to) (.+)$/.exec(text)?.[1];
  if (target !== undefined && findUnit(target))
    return conversion(String(past.value), past.from, target);
  const [, value, unit = past.from] = new RegExp(`^${count}(?: (.+))?$`).exec(text) ?? [];
  if (value === undefined || !findUnit(unit)) return undefined;
  return conversion(value, unit, past.to);
}

function prepared(digits: string): string {
  return digits
    .replace(/°\s*/g, ' degrees ')
    .replace(/\bminus (?=\d)|\bnegative (?=\d)/g, '-')
    .replace(/(\d+) and (?:a|1) half\b/g, '$1.5')
    .replace(/(\d+) and (?:a|1) quarter\b/g, '$1.25')
    .replace(
      /(\d+(?:\.\d+)?) (?:foot|feet|ft) (?:and )?(\d+)(?: (?:inches|inch|in))?(?= (?:in|to|into) )/g,
      (_, feet: string, inches: string) => `${Number(feet) * 12 + Number(inches)} inches`,
    )
    .replace(/(\d)(km|kg|cm|mm|ml|lbs?|oz|mph|kph|gb|mb|kb|tb|ft|c|f|m|g|l)\b/g, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim();
}

function conversion(countText: string, from: string, to: string): Intent | undefined {
  const source = unitName(from);
  const target = unitName(to);
  if (!findUnit(source) || !findUnit(target)) return undefined;
  const value = /^-?\d/.test(countText) ? Number(countText) : countText.includes('half') ? 0.5 : 1;
  return { tool: 'convert_units', args: { value, from: source, to: target } };
}

function unitName(words: string): string {
  return words
    .replace(/^(?:the |a |an |of )+/, '')
    .replace(/ (?:are|is|there|of .+|please)$/, '')
    .trim();
}
