/** Words for what the rules brain cannot do: plain about it, and with one thing that it can. */

const fitting: readonly [RegExp, string][] = [
  [
    /\b(?:weather|rain|raining|sunny|snow|forecast|umbrella)\b/,
    'I have no weather here, but I can convert the temperature for you: ask what 72 Fahrenheit is in Celsius.',
  ],
  [
    /\b(?:play|music|song|sing|radio|spotify)\b/,
    'I cannot play music, but I have a good long story. Just say: tell me a story.',
  ],
  [
    /\b(?:news|headlines|score|stock|stocks|bitcoin|price)\b/,
    'I have no news here, since nothing leaves this machine. I can tell you the time anywhere in the world, though.',
  ],
  [
    /\b(?:call|phone|text|email|message|send)\b/,
    'I cannot reach anyone from here, but I can remind you: say, remind me in ten minutes to make the call.',
  ],
  [
    /\b(?:light|lights|door|heating|thermostat|tv|television)\b/,
    'I have no switches to turn here. I can set a timer, though: say, set a timer for ten minutes.',
  ],
  [
    /\b(?:buy|order|book|shopping|groceries)\b/,
    'I cannot order anything, but I can keep it in mind: say, remember that we need milk.',
  ],
  [
    /\b(?:translate|translation|french|spanish|german|vietnamese)\b/,
    'I only speak English so far. I can spell a word for you: ask, how do you spell necessary?',
  ],
  [
    /\b(?:how many|how much|number|plus|percent|sum|total|calculate)\b/,
    "I couldn't make that out as a sum. Try it like this: what is seventeen times twenty-three?",
  ],
];

const regrets = [
  'That one is beyond me.',
  "I don't know about that.",
  "I can't help with that, I'm afraid.",
  'I have no answer to that.',
] as const;

const hints = [
  'You could ask me what time it is in Tokyo.',
  'Try a sum, such as fifteen percent of eighty.',
  'I can set a timer, though, or tell you a joke.',
  'Ask me what I can do, and I will tell you.',
  'You could have me convert five miles to kilometres.',
] as const;

/** An honest answer to what was not understood. `replies` varies the wording. */
export function admitNotKnowing(said: string, replies: number): string {
  const text = said.toLowerCase();
  const match = fitting.find(([pattern]) => pattern.test(text));
  if (match) return match[1];
  return `${regrets[replies % regrets.length] ?? regrets[0]} ${hints[replies % hints.length] ?? hints[0]}`;
}

/** Whether words ask something that a document could answer. */
export function isQuestion(said: string): boolean {
  const text = said.toLowerCase().trim();
  return (
    text.endsWith('?') ||
    /\b(?:what|who|whose|where|when|why|how|which)\b/.test(text) ||
    /^(?:is|are|can|could|does|do|did|will|should|may|must|has|have|tell|explain|describe)\b/.test(
      text,
    )
  );
}
