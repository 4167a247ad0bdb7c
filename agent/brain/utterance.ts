import { withDigits } from './spoken-numbers.ts';

/** One thing that a person said, in the forms that recognisers read. */
export interface Utterance {
  /** As it came, trimmed: for what is kept word for word. */
  readonly original: string;
  /** Lower case, without punctuation, fillers and polite wrapping. */
  readonly text: string;
  /** `text` with numbers in digits. */
  readonly digits: string;
}

const fillers =
  /\b(?:um+|uh+|er+m?|ah+|hmm+|mm+|well|so|okay|ok|alright|right|now|hey|hi|hello|oh|like|you know|i mean|actually|basically)\b/;
const wake = /\b(?:parley|parlay|parly|assistant|computer)\b/;
const polite =
  /^(?:please|kindly|can you|could you|would you|will you|can i|could i|may i|i'd like you to|i would like you to|i want you to|i need you to|i'd like|i would like|do you know|do you happen to know|can you tell me|could you tell me|please tell me|tell me|let me know|i wonder|i was wondering|i want to know|i'd like to know|would you mind|just|quickly|and|then|also|but)\b/;
/** Words that "so" or "well" must not be cut from, since they begin a request of their own. */
const leading = new RegExp(`^(?:${fillers.source}|${wake.source})(?:[ ,]+|$)`);

/** Brings what a speech recogniser wrote, or a person typed, into plain forms. */
export function readUtterance(raw: string): Utterance {
  const original = raw.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const text = plainForm(original);
  return { original, text, digits: withDigits(text) };
}

function plainForm(original: string): string {
  let text = original
    .toLowerCase()
    .replace(/[‘’`]/g, "'")
    .replace(/[“”"]/g, '')
    .replace(/\bto-(day|morrow|night)\b/g, 'to$1')
    .replace(/\b([ap])\.\s?m\.?/g, '$1m')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/[,;!?…]+|\.+(?=\s|$)|:(?=\s|$)/g, ' ')
    .replace(/ [–—-] /g, ' - ')
    .replace(/-(?=(?:sided|hours?|minutes?|seconds?)\b)/g, ' ')
    .replace(/(?<=\d)x(?=\d)/g, ' x ')
    .replace(/\b(?:um+|uh+|erm?|hmm+)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (let before = ''; before !== text;) {
    before = text;
    text = strip(text);
  }
  return text
    .replace(/\bwhat(?:'s|s| is)\b/g, 'what is')
    .replace(/\bwho(?:'s|s)\b/g, 'who is')
    .replace(/\bwhere(?:'s|s)\b/g, 'where is')
    .replace(/\bwhen(?:'s|s)\b/g, 'when is')
    .replace(/\bhow(?:'s|s)\b/g, 'how is');
}

function strip(text: string): string {
  const shorter = text
    .replace(leading, '')
    .replace(new RegExp(`${polite.source} +`), '')
    .replace(
      / (?:please|thanks|thank you|for me|will you|would you|could you|can you|parley|if you (?:can|could|would)|right now|exactly)$/,
      '',
    )
    .trim();
  // What is nothing but wrapping ("hello", "okay", "thank you") is itself the message.
  return shorter === '' ? text : shorter;
}

/** Parts of an utterance that might each be a request of its own, at every place where it could be cut in two. */
export function cutsOf(original: string): readonly [string, string][] {
  const cuts: [string, string][] = [];
  for (const match of original.matchAll(
    /[.?!;]\s+(?:and |then |also )*|,?\s+(?:and|then)\s+(?:then |also )?|,\s+/gi,
  )) {
    const before = original.slice(0, match.index).trim();
    const after = original.slice(match.index + match[0].length).trim();
    if (before !== '' && after !== '') cuts.push([before, after]);
  }
  return cuts;
}
