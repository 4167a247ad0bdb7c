import type { Recogniser } from '../intent.ts';

/** Spelling, repeating, jokes, the story and help. */
export const recogniseWords: Recogniser = ({ text }) => {
  const spelled =
    /^(?:how (?:do|would|should) (?:you|i|we|one) spell|how to spell|spell out|spell|what is the spelling (?:of|for)|the spelling of)(?: the)?(?: word| name)? (.+)$/.exec(
      text,
    ) ?? /^how (?:is|are)(?: the)?(?: word| name)? (.+?) (?:spelled|spelt|written)$/.exec(text);
  if (spelled) return { tool: 'spell', args: { word: spelled[1] } };
  if (
    /^(?:say|repeat|tell me)(?: that| it| this)?(?: one)?(?: again| once more| one more time| last (?:bit|part|thing))?$/.test(
      text,
    ) &&
    /again|repeat|once more|one more time/.test(text)
  ) {
    return { tool: 'repeat', args: {} };
  }
  if (
    /^(?:(?:i'm )?sorry )?(?:what did you (?:just )?say|what was that(?: again)?|come again|pardon(?: me)?|i beg your pardon|excuse me|once more|one more time|say again|what|huh|sorry|i (?:didn't|did not|couldn't|could not) (?:catch|hear|understand|get) (?:that|you|it|what you said))$/.test(
      text,
    )
  ) {
    return { tool: 'repeat', args: {} };
  }
  if (/\b(?:joke|jokes|pun|something funny)\b|^make me laugh$|^be funny$/.test(text)) {
    return { tool: 'tell_joke', args: {} };
  }
  if (
    /^(?:(?:a|another|your|the|read me|read|tell|give|me|us|long|short|good|nice|bedtime|little|one|have|any|i want|to|hear|begin|start|with|let's|want|some) )*(?:story|stories|tale)(?: about .+| to .+)?$/.test(
      text,
    )
  ) {
    return { tool: 'tell_story', args: {} };
  }
  if (
    /^(?:help(?: me)?(?: out)?|what (?:can|do|could) (?:you|i) (?:do|say|ask|ask you|help with|help me with|know|offer|ask for)(?: here| about)?|what (?:are|is) (?:your|you) (?:skills?|features?|abilities|capabilities|good at|capable of|able to do)|what else(?: can you do)?|how can you help(?: me)?|what are you (?:good for|able to do|capable of)|show me what you can do|your (?:skills|features)|what (?:kind|sort)s? of (?:things|questions) can (?:you|i) .+|what should i (?:ask|say)(?: you)?|give me an example|commands)$/.test(
      text,
    )
  ) {
    return { tool: 'help', args: {} };
  }
  return undefined;
};
