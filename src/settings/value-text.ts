/** A number with its unit as a person reads it: `500 ms`, `30 %`, `1.2×`, `0.5`. */
export function valueText(value: number, unit: string | undefined): string {
  // Steps like 0.1 leave a trail of digits behind that nobody chose.
  const number = String(Number(value.toFixed(4)));
  if (unit === undefined || unit === '') return number;
  return unit === '×' ? `${number}×` : `${number} ${unit}`;
}

/** The name of a language in English; the tag itself where no name is known. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
