import { withOrdinals } from '../spoken-numbers.ts';
import type { Intent, Recogniser } from '../intent.ts';
import type { Utterance } from '../utterance.ts';
import { SumParser, tokenise } from './sum-parser.ts';

const opening =
  /^(?:(?:what|how much|how many) (?:is|are|does|do|would|will)(?: the (?:answer|result|total|value) (?:of|to|for))?|what about|calculate|compute|work out|figure out|solve|evaluate|add up|(?:the )?(?:answer|result) (?:of|to|for)|what do (?:you|i|we) get (?:if|when) (?:you|i|we)|give me|do) /;
const closing =
  / ?(?:equals?(?: to)?(?: what)?|is equal to what|makes?|comes? to|is what|=|be|is)\??$/;

/** Recognisers drop the unstressed word of "what is seventeen times three", or write "what a seventeen times three". */
const swallowedIs =
  /^what (?:is )?(?!(?:is|are|does|do|would|will|about)\b)(?:an? (?!hundred|thousand|million|billion|dozen|half|third|quarter|\S+th\b))?(?=\S.* (?:plus|minus|times|over|divided|multiplied) )/;

/** Sums in words, digits or both. */
export const recogniseArithmetic: Recogniser = (utterance) => {
  const expression = readSum(utterance.text, undefined);
  return expression === undefined ? undefined : { tool: 'calculate', args: { expression } };
};

/** "Times two", "and half of that": goes on from the last result. */
export function continueArithmetic(utterance: Utterance, last: number): Intent | undefined {
  const expression = readSum(utterance.text, last);
  return expression === undefined ? undefined : { tool: 'calculate', args: { expression } };
}

/**
 * Reads an utterance as an arithmetic expression that `calculate` understands; undefined if a word is left over
 * or nothing is to be worked out. With `last`, "that" and a missing first operand stand for it.
 */
function readSum(text: string, last: number | undefined): string | undefined {
  const bare = text
    .replace(/^what (?=.+ is$)/, 'what is ')
    .replace(swallowedIs, 'what is ')
    .replace(opening, '')
    .replace(closing, '')
    .trim();
  if (bare === '') return undefined;
  const asksAnew = bare.length < text.replace(/^(?:and|what about|how about) /, '').length;
  return new SumParser(tokenise(rearrange(bare)), last, !asksAnew).read();
}

const fractionWords: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  hundredth: 100,
};

/** Turns of phrase that put the operator in front, brought into the order of writing. */
function rearrange(said: string): string {
  const powers = said.replace(
    /\b(?:raised )?to the (?:power of )?(\S+?)(?:th|rd|nd|st)?(?: power)?(?=$| (?:plus|minus|times|divided))/g,
    (whole, exponent: string) => {
      if (whole.includes(' power')) return `^ ${withOrdinals(exponent).replace(/(?<=\d)\D+$/, '')}`;
      const ordinal = /^\d+(?:st|nd|rd|th)$/.exec(withOrdinals(whole.split(' ').at(-1) ?? ''));
      return ordinal ? `^ ${ordinal[0].replace(/\D/g, '')}` : whole;
    },
  );
  const fractions = powers.replace(
    /\b(a|an|one|two|three|four|five|six|seven|eight|nine|\d) (half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)s?\b/g,
    (_, top: string, bottom: string) => {
      const count = top === 'a' || top === 'an' ? '1' : withOrdinals(top);
      return `${count}|${fractionWords[bottom] ?? 1}`;
    },
  );
  const ordered = withOrdinals(fractions.replace(/\bhalf(?= (?:of|a \d|\d|that|it))/g, '1|2'));
  return turns.reduce((text, [pattern, order]) => text.replace(pattern, order), mixed(ordered));
}

/** "3 and a half" as one number. */
function mixed(text: string): string {
  return text.replace(
    /([\d.]+) and (\d)\|(\d)\b/g,
    (_, whole: string, top: string, bottom: string) =>
      String(Number(whole) + Number(top) / Number(bottom)),
  );
}

/** Each turn of phrase with the order in which it is written. */
const turns: readonly [RegExp, string][] = [
  [/(?<=\d)\s*%/g, ' percent'],
  [/\bper cent\b/g, 'percent'],
  [
    /\bthe (?=sum|product|difference|quotient|average|mean|square|cube|remainder|factorial|total)/g,
    '',
  ],
  [/^(?:sum|total) of (.+) and (.+)$/, '$1 plus $2'],
  [/^product of (.+) and (.+)$/, '$1 times $2'],
  [/^difference (?:between|of) (.+) and (.+)$/, '$1 minus $2'],
  [/^quotient of (.+) and (.+)$/, '$1 divided by $2'],
  [/^add (.+?) (?:and|to|with) (.+)$/, '$1 plus $2'],
  [/^(?:subtract|take|take away|deduct) (.+?) (?:away )?from (.+)$/, '$2 minus $1'],
  [/^multiply (.+?) (?:by|and|with|times) (.+)$/, '$1 times $2'],
  [/^divide (.+?) (?:by|into) (.+)$/, '$1 divided by $2'],
  [spoken('(?:how many times )?(?:does )?# goe?s? into #(?: times)?'), '$2 divided by $1'],
  [spoken('(?:remainder|modulus) (?:of|when) # (?:is )?divided by #'), '$1 mod $2'],
  [spoken('(?:what )?(?:percent|percentage) of # is #'), '$2 share $1'],
  [spoken('(?:what )?(?:percent|percentage) is # (?:out )?of #'), '$1 share $2'],
  [spoken('# (?:is |as )(?:what |a )(?:percent|percentage) of #'), '$1 share $2'],
  [spoken('# out of # (?:as a percentage|in percent)'), '$1 share $2'],
  [spoken('# percent off #'), 'less ( $2 , $1 )'],
  [spoken('(?:increase # by|# plus|# increased by) # percent'), 'more ( $1$2$3 , $4 )'],
  [spoken('(?:decrease # by|# minus|# decreased by|# less) # percent'), 'less ( $1$2$3$4 , $5 )'],
  [spoken('(?:a )?# percent (?:tip )?on #(?: dollars| pounds| euros)?'), '$1 percent of $2'],
  [/^square (that|it|this)$/, '$1 squared'],
  [/^cube (that|it|this)$/, '$1 cubed'],
  [/^(?:average|mean) of (.+)$/, 'mean ( $1 )'],
];

/** The pattern of a whole utterance in which # stands for a number. */
function spoken(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('#', '(-?[\\d.]+|that|it|to|two|for|ate)')}$`);
}
