import { backchannelWords } from './backchannel.en.ts';
import { wordsOf } from './words-of.ts';

const words: ReadonlySet<string> = new Set(backchannelWords);
/** Whoever says more words than this has something to say, whichever they are. */
const mostWords = 4;

/** Whether recognised text only shows that somebody listens ("mm-hm", "yeah, okay"). Of no text it is true. */
export function isBackchannel(text: string): boolean {
  const said = wordsOf(text);
  return said.length <= mostWords && said.every((word) => words.has(word));
}
