import { describe, expect, it } from 'vitest';
import { areMadeUp } from './made-up-words.ts';

describe('words that a recogniser makes of noise', () => {
  it.each(['Thank you for watching.', 'Thanks for watching!', 'Please subscribe to my channel.'])(
    'are known as such: “%s”',
    (heard) => {
      expect(areMadeUp(heard)).toBe(true);
    },
  );

  it.each(['Thank you.', 'Thank you for watching the children.', 'Watching', 'Stop', ''])(
    'are not what a person may say: “%s”',
    (said) => {
      expect(areMadeUp(said)).toBe(false);
    },
  );
});
