import { currentLocale } from './language.ts';

/** Makes a format for the language of the page, and another once that has changed: formats are costly to make. */
export function perLanguage<Format>(make: (locale: string) => Format): () => Format {
  let made: { readonly locale: string; readonly format: Format } | undefined;
  return () => {
    const locale = currentLocale();
    if (made?.locale !== locale) made = { locale, format: make(locale) };
    return made.format;
  };
}

const wholeFormat = perLanguage((locale) => new Intl.NumberFormat(locale));

const fixedFormats = perLanguage((locale) =>
  byDigits(
    (digits) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  ),
);

const moneyFormats = perLanguage((locale) =>
  byDigits(
    (digits) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 2,
        maximumFractionDigits: digits,
      }),
  ),
);

const dayFormat = perLanguage((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));

/** A count in groups of three: `12,345`, or `12.345`. */
export function grouped(count: number | bigint): string {
  return wholeFormat().format(count);
}

/** A number with so many digits behind the point, or the comma: `1.20`, or `1,20`. */
export function fixed(value: number, digits: number): string {
  return fixedFormats()(digits).format(value);
}

/** US dollars, with at most so many digits behind the point, and at least the cents. */
export function money(dollars: number, digits: number): string {
  return moneyFormats()(digits).format(dollars);
}

/** A day as people write it. */
export function dayText(isoDate: string): string {
  return dayFormat().format(new Date(`${isoDate}T12:00`));
}

function byDigits(
  make: (digits: number) => Intl.NumberFormat,
): (digits: number) => Intl.NumberFormat {
  const made = new Map<number, Intl.NumberFormat>();
  return (digits) => {
    const format = made.get(digits) ?? make(digits);
    made.set(digits, format);
    return format;
  };
}
