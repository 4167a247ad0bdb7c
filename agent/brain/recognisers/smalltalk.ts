import type { Recogniser } from '../intent.ts';

const lines: readonly [RegExp, readonly [string, ...string[]]][] = [
  [
    /^(?:hello|hi|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hello there|hi there|hey there|yo)$/,
    ['Hello! What can I do for you?', 'Hi there. How can I help?', 'Hello. What would you like?'],
  ],
  [
    /^(?:hello |hi )?(?:how are you(?: doing)?(?: today)?|how is it going|how do you do|are you (?:ok|okay|well|there)|can you hear me|are you listening|is anybody there|testing|test|testing testing|one two three|testing one two three)$/,
    [
      "I can hear you, and I'm ready. What would you like?",
      'All well here. What can I do for you?',
    ],
  ],
  [
    /^(?:thanks|thank you|cheers|ta|thanks a lot|thank you very much|thank you so much|many thanks|thanks so much|much appreciated|great thanks|perfect|great|brilliant|awesome|excellent|wonderful|nice|cool|very good|good job|well done|nice one|that's (?:great|all|it|good|nice|fine)|that is (?:great|all|it|good|nice|fine))(?: thanks| thank you| parley)*$/,
    ["You're welcome.", 'My pleasure.', 'Any time.'],
  ],
  [
    /^(?:goodbye|bye|bye bye|see you|see you later|see ya|good night|talk to you later|farewell|that will be all|i'm done|that is all for now)(?: parley| now| then)*$/,
    ['Goodbye! Press Leave when you are ready to go.', 'Goodbye. It was good to talk.'],
  ],
  [
    /^(?:who are you|what are you|what is your name|what are you called|introduce yourself|tell me about yourself|about yourself|who (?:am i|are we) (?:talking|speaking) (?:to|with)|are you (?:a )?(?:human|robot|person|real|an ai|ai|a machine|a bot|a computer|alive))$/,
    ["I'm Parley, a voice assistant. I am a program, and you can cut in on me whenever you like."],
  ],
  [
    /^(?:stop(?: it| that| talking| now| there)?|(?:please )?be quiet|quiet|shut up|hush|shush|silence|enough|that's enough|that is enough|never ?mind|no never ?mind|cancel|hold on|wait|wait a (?:second|minute|moment)|pause|one moment|hang on|forget it)$/,
    ['Okay.'],
  ],
  [/^(?:no|nope|no thanks|no thank you|nah|not now|not really)$/, ['All right.', 'Fine.']],
  [
    /^(?:yes|yeah|yep|yup|sure|ok|okay|of course|alright|all right|right|got it|i see|i understand|understood|fine|good)$/,
    ['Good. What next?', "I'm listening."],
  ],
  [
    /^(?:you're|you are) (?:funny|great|nice|the best|awesome|smart|clever|good|amazing)$|^i (?:love|like) you$/,
    ['That is kind of you.'],
  ],
  [
    /^(?:i'm|i am|that is|that's|you're|you are) (?:bored|boring)$/,
    ['I could help with that: ask me for a story, or a joke.'],
  ],
  [/^i(?:'m| am) sorry$|^my apologies$/, ['No harm done.']],
];

/** Courtesies, and being told to be quiet: short answers, varied with the number of replies so far. */
export function recogniseSmalltalk(replies: number): Recogniser {
  return ({ text, original }) => {
    const whole = original
      .toLowerCase()
      .replace(/[.,!?…]/g, '')
      .replace(/’/g, "'")
      .replace(/\s+/g, ' ')
      .trim();
    const bare = whole
      .replace(/^(?:oh|um|uh|well|so|hey|okay|ok) (?=.)/, '')
      .replace(/ (?:parley|parlay|there)$/, '');
    const found = lines.find(([pattern]) => [whole, bare, text].some((form) => pattern.test(form)));
    const choices = found?.[1];
    return choices && { say: choices[replies % choices.length] ?? choices[0] };
  };
}
