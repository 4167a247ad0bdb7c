import { words } from './page.ts';

/** A text that the agent has worded, in the language of the page where that is known; else as it came. */
export function told(text: string): string {
  return words.told[text] ?? text;
}
