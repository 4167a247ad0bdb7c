import { perLanguage } from '../words/formats.ts';

// Steps like 0.1 leave a trail of digits behind that nobody chose.
const numberFormat = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping: false }),
);

const languageNames = perLanguage(
  (locale) => new Intl.DisplayNames([locale], { type: 'language' }),
);

/** A number with its unit as a person reads it: `500 ms`, `30 %`, `1.2×`, `0.5`. */
export function valueText(value: number, unit: string | undefined): string {
  const number = numberFormat().format(value);
  if (unit === undefined || unit === '') return number;
  return unit === '×' ? `${number}×` : `${number} ${unit}`;
}

/** The name of a language in that of the page; the tag itself where no name is known. */
export function languageName(tag: string): string {
  try {
    return languageNames().of(tag) ?? tag;
  } catch {
    return tag;
  }
}
