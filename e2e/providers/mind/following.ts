import { story } from '../../../agent/skills/story.ts';
import type { Remembered } from './thinking.ts';

/** Fewer words than these may stand in several places of a story. */
const telling = 4;

/** Words that are to be said as they stand, if that is what is asked. */
export function dictated(asked: string | undefined): string | undefined {
  return /\bsay exactly this\b[^:]*:\s*(\S[^]*)$/iu.exec(asked ?? '')?.[1]?.trim();
}

export function asksToGoOn(asked: string): boolean {
  return /\bgo on\b[^.]*\bwhere you (?:were cut off|stopped)\b/iu.test(asked);
}

/** What comes behind the last words that were said: of a story, its rest. A model that told it would know. */
export function goOn(history: readonly Remembered[]): string {
  const said = history.findLast((item) => item.role === 'assistant');
  const all = wordsOf(said?.role === 'assistant' ? said.text : '');
  const last = all.slice(-telling);
  const whole = [...story.text.matchAll(/\S+/gu)];
  const at = whole.findIndex((_, from) =>
    last.every((word, index) => word === bare(whole[from + index]?.[0] ?? '')),
  );
  const isPlace = at >= 0 && (last.length === telling || (at === 0 && last.length > 0));
  if (!isPlace) return 'I do not know where I was.';
  const next = whole[at + last.length];
  return next === undefined ? 'That was all.' : story.text.slice(next.index);
}

function wordsOf(text: string): string[] {
  return (text.match(/\S+/gu) ?? []).map(bare).filter((word) => word !== '');
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
