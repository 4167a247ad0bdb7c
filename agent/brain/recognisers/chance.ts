import type { Recogniser } from '../intent.ts';

/** Coin, dice and random numbers. */
export const recogniseChance: Recogniser = ({ digits }) => {
  if (/\b(?:flip|toss|throw|spin)\b.*\bcoin\b|^heads or tails$|^coin (?:flip|toss)$/.test(digits)) {
    return { tool: 'flip_coin', args: {} };
  }
  const dice =
    /\b(?:roll|throw|cast)(?: me)?(?: the| some| us)? ?(?:(\d+|an?|a pair of|a couple of|to|for) ?)?(?:(\d+)[ -]sided )?(?:dice|die|d ?(\d+)s?|dies)\b(?: with (\d+) sides)?/.exec(
      digits,
    ) ?? /^(?:dice|die) roll()$/.exec(digits);
  if (dice) {
    const count = diceCount(dice[1] ?? '', /\b(?:some|the) dice\b/.test(digits));
    const sides = dice[2] ?? dice[3] ?? dice[4];
    return {
      tool: 'roll_dice',
      args: { ...(count > 1 && { count }), ...(sides !== undefined && { sides: Number(sides) }) },
    };
  }
  const range =
    /\b(?:number|pick|choose)\b.*?\b(?:between|from|of|in)? ?(-?\d+) (?:and|to|through|or|-|too?) ?(-?\d+)$/.exec(
      digits,
    );
  if (
    range &&
    /^(?:pick|choose|give|think|generate|select|say|guess|a |any |random|draw)/.test(digits)
  ) {
    return { tool: 'pick_number', args: { from: Number(range[1]), to: Number(range[2]) } };
  }
  if (
    /^(?:pick|choose|give me|think of|generate|select|say|guess|a|any|draw)?(?: me)? ?(?:a|any)? ?(?:random )?number$/.test(
      digits,
    ) &&
    /random|pick|choose|generate|think|any|draw|select|give/.test(digits)
  ) {
    return { tool: 'pick_number', args: {} };
  }
  const upTo =
    /^(?:pick|choose|give me|generate|think of) (?:a |any )?(?:random )?number (?:up to|below|under) (\d+)$/.exec(
      digits,
    );
  return upTo ? { tool: 'pick_number', args: { from: 1, to: Number(upTo[1]) } } : undefined;
};

function diceCount(words: string, several: boolean): number {
  if (/^\d/.test(words)) return Number(words);
  if (words.startsWith('a pair') || words.startsWith('a couple') || words === 'to' || several)
    return 2;
  return words === 'for' ? 4 : 1;
}
