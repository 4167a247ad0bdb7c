/** What the recogniser makes of a noise in which nobody speaks. */
const inventedFromNoise = /^\W*you\W*$/iu;

/** The model's training text spells these as a century ago. */
const oldSpellings = /\b(to)-(day|morrow|night)\b/giu;

/** What the recogniser gave, as it should be read; empty when there were no words in it. */
export function readable(raw: string): string {
  const text = raw.replace(/\s+/gu, ' ').trim().replace(oldSpellings, '$1$2');
  return inventedFromNoise.test(text) || !/[\p{L}\p{N}]/u.test(text) ? '' : text;
}

/** How a piece of an utterance was parted from the one before it: at a `pause`, or where nothing better was found. */
export type Seam = 'pause' | 'forced';

/**
 * Joins the texts of the pieces of one long utterance. The recogniser begins each piece with a capital and ends it with a
 * full stop; where the cut was forced, both are its own invention and are taken back.
 */
export function joinPieces(pieces: readonly { text: string; seam: Seam }[]): string {
  return pieces
    .filter(({ text }) => text !== '')
    .reduce((whole, { text, seam }) => {
      if (whole === '') return text;
      if (seam === 'pause') return `${whole} ${text}`;
      return `${whole.replace(/[.…]+$/u, '')} ${uncapitalised(text)}`;
    }, '');
}

function uncapitalised(text: string): string {
  return /^(?:I\b|\p{Lu}{2})/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
