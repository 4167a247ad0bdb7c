/** How numbers, lists and spans of time are put into a sentence that is spoken. */

const upToNineteen = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ');
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Whole numbers from 0 to 100 in words, all else in digits with commas. */
export function sayCount(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 100) return sayNumber(value);
  if (value === 100) return 'a hundred';
  if (value < 20) return upToNineteen[value] ?? '';
  const unit = value % 10;
  const ten = tens[Math.floor(value / 10)] ?? '';
  return unit === 0 ? ten : `${ten}-${upToNineteen[unit] ?? ''}`;
}

/** Digits with commas for thousands, "minus" in words and a power of ten where the digits would run long. */
export function sayNumber(value: number): string {
  if (value < 0) return `minus ${sayNumber(-value)}`;
  if (value !== 0 && (value >= 1e15 || value < 1e-6)) {
    const [mantissa = '', exponent = ''] = value.toExponential(2).split('e');
    return `${String(Number(mantissa))} times 10 to the power of ${sayNumber(Number(exponent))}`;
  }
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 });
}

/** A number short enough to be spoken. `rounded` says that it is not the whole truth. */
export function roundForSpeech(value: number): { value: number; rounded: boolean } {
  const size = Math.abs(value);
  const places = size >= 1000 ? 1 : size >= 1 ? 3 : 0;
  const short = size >= 1 ? Number(value.toFixed(places)) : Number(value.toPrecision(3));
  const exact = Math.abs(short - value) <= Math.max(size, 1e-300) * 1e-12;
  if (exact) return { value: short, rounded: false };
  const four = Number(value.toFixed(4));
  if (Math.abs(four - value) <= size * 1e-12) return { value: four, rounded: false };
  return { value: short, rounded: true };
}

/** "1 minute", "two minutes"… as `word` with an s unless there is exactly one. */
export function plural(count: number, word: string): string {
  return `${sayNumber(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[], last = 'and'): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** A span of time in ms as "2 hours and 5 minutes"; seconds only below ten minutes. */
export function sayDuration(durationMs: number): string {
  const total = Math.max(1, Math.round(durationMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  const parts = [
    ...(hours > 0 ? [plural(hours, 'hour')] : []),
    ...(minutes > 0 ? [plural(minutes, 'minute')] : []),
    ...(seconds > 0 && hours === 0 ? [plural(seconds, 'second')] : []),
  ];
  return joinWords(parts);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words that `pick` chooses from, by a number in [0, 1). */
export function pick<T>(choices: readonly [T, ...T[]], random: number): T {
  return choices[Math.min(choices.length - 1, Math.floor(random * choices.length))] ?? choices[0];
}
