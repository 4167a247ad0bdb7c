/**
 * The mouth shapes of Azure's viseme table that go with the letters of English, roughly: a reading of spelling, not of
 * sound. 0 is silence.
 */
const shapes: readonly (readonly [pattern: RegExp, visemeId: number])[] = [
  [/^(?:sh|ch|zh|j)/, 16],
  [/^th/, 17],
  [/^(?:oo|ou|w|u)/, 7],
  [/^(?:ee|i|y)/, 6],
  [/^(?:aw|o)/, 8],
  [/^a/, 2],
  [/^e/, 4],
  [/^r/, 13],
  [/^l/, 14],
  [/^[sz]/, 15],
  [/^[fv]/, 18],
  [/^[dtn]/, 19],
  [/^[kgcqx]/, 20],
  [/^[pbm]/, 21],
  [/^h/, 12],
];

/** Shapes of one spoken word, spread over the time that it takes. */
export function visemesOf(word: {
  text: string;
  startMs: number;
  endMs: number;
}): readonly { id: number; atMs: number }[] {
  const letters = word.text.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === '') return [{ id: 0, atMs: word.startMs }];
  const step = (word.endMs - word.startMs) / letters.length;
  const found: { id: number; atMs: number }[] = [];
  for (let at = 0; at < letters.length;) {
    const rest = letters.slice(at);
    const [shape] = shapes.flatMap(([pattern, id]) => {
      const match = pattern.exec(rest);
      return match ? [{ id, length: match[0].length }] : [];
    });
    if (shape && found.at(-1)?.id !== shape.id) {
      found.push({ id: shape.id, atMs: word.startMs + at * step });
    }
    at += shape?.length ?? 1;
  }
  return found;
}
