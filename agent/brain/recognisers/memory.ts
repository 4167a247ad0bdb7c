import type { Intent, Recogniser } from '../intent.ts';

const keep =
  /\b(?:remember|don't forget|do not forget|make a note|take a note|take note|keep a note|write down|note down|note|keep in mind|bear in mind|memori[sz]e|write this down)\b(?:[,:]? (?:that|of|about|this|for me|the fact that)(?=[ ,:]))*[,:]? (.+)$/i;
/** "My favourite colour is green, remember that." */
const keepWhatWasSaid =
  /^(.+?)[,.;]? (?:please )?(?:remember|don't forget|note|make a note of) (?:that|this|it)(?: for me)?(?:,? please)?$/i;
const own = '(?:my|our|mine)';

/** "Remember that …", "what is my …", "forget …". */
export const recogniseMemory: Recogniser = ({ original, text }) =>
  recallAll(text) ?? forget(text) ?? recall(text) ?? remember(original, text);

function remember(original: string, text: string): Intent | undefined {
  const said = original.replace(/[.!?\s]+$/, '');
  const name = /^(?:my name is|my name's|call me|i am called|i'm called) ([\p{L}' -]+)$/iu.exec(
    said,
  );
  if (name && /^(?:my name|call me|i am called|i'm called)/.test(text)) {
    return { tool: 'remember', args: { note: `my name is ${name[1] ?? ''}` } };
  }
  if (/^(?:do you|did you|what|can you remember (?:what|where|when|who|my)|you)\b/.test(text))
    return undefined;
  const before = keepWhatWasSaid.exec(said)?.[1];
  if (before !== undefined && /\b(?:is|are|was|were|'s)\b/i.test(before)) {
    return { tool: 'remember', args: { note: before } };
  }
  const note = keep.exec(said)?.[1]?.replace(/,? please$/i, '');
  if (
    /^(?:remember|make a note|take a note|note)(?: (?:something|this|of something|a thing))?$/.test(
      text,
    )
  ) {
    return { tool: 'remember', args: { note: '' } };
  }
  if (note === undefined || !keep.test(text)) return undefined;
  return { tool: 'remember', args: { note } };
}

function recallAll(text: string): Intent | undefined {
  const about =
    /^(?:what did i (?:tell|ask|say to) you (?:to remember )?about|what (?:do|did) you (?:know|remember|remember me saying) about|what did i say about|what (?:do|did) you have (?:noted )?about) (.+)$/.exec(
      text,
    )?.[1];
  if (about !== undefined && about !== 'me') return { tool: 'recall', args: { about } };
  const all =
    /^(?:what (?:did|have) i (?:ask|asked|tell|told) you(?: to (?:remember|note|keep in mind|write down))?|what (?:do|did) you remember(?: about me| for me)?|what do you know about me|what (?:are|is) (?:in )?my notes?|(?:read|list|show|tell)(?: me)?(?: back)? (?:all )?(?:my|the|your) notes?|what (?:have|did) you (?:noted|remembered|note|written down|write down)(?: down)?|do you remember (?:anything|what i (?:told|asked|said)(?: you)?(?: to remember)?)|what was i (?:supposed|meant) to remember|what should i remember|what i (?:told|asked) you(?: to remember)?|my notes)$/;
  return all.test(text) ? { tool: 'recall', args: {} } : undefined;
}

function recall(text: string): Intent | undefined {
  if (text === 'who am i') return { tool: 'recall', args: { about: 'my name' } };
  const remembered =
    /^(?:do you remember|can you remember|remind me|you remember|remember) (?:what|where|when|who|which|how)(?: is| was| are| were| did)? (.+?)(?: is| was| are)?$/.exec(
      text,
    )?.[1] ??
    new RegExp(`^(?:do you remember|can you remember|do you know|you know) (${own} .+)$`).exec(
      text,
    )?.[1];
  if (remembered !== undefined) return { tool: 'recall', args: { about: remembered } };
  const about =
    new RegExp(
      `^(?:what|who|when|where|which|how (?:old|tall|big|long|heavy))(?: number| day| time| colou?r| floor| room| one)? (?:is|are|was|were|did|do|does|am|have) (${own} .+|i .+)$`,
    ).exec(text)?.[1] ??
    new RegExp(`^what (${own} .+?) (?:is|was|are|were)$`).exec(text)?.[1] ??
    new RegExp(`^where (${own} .+?|i .+?)(?: is| was| are| were)?$`).exec(text)?.[1];
  if (
    about === undefined ||
    /^(?:i|my) (?:do|can|should|ask|say|talking|supposed|interrupt|use|bring|connect|start|stop|get)\b/.test(
      about,
    )
  )
    return undefined;
  return { tool: 'recall', args: { about } };
}

function forget(text: string): Intent | undefined {
  if (
    /^(?:forget|delete|clear|erase|remove) (?:everything|all of it|all that|all (?:of )?(?:my |the |your )?notes|(?:my|the|your) notes|all i told you|everything i (?:said|told you|asked you to remember)|it all)$/.test(
      text,
    )
  ) {
    return { tool: 'forget', args: { all: true } };
  }
  if (
    /^(?:forget (?:that|it|this|the last (?:one|note|thing))|delete (?:that|the last) note)$/.test(
      text,
    )
  ) {
    return { tool: 'forget', args: {} };
  }
  const about =
    /^(?:forget|delete the note|remove the note|erase|stop remembering|delete)(?: about| that| what i (?:said|told you) about)? (.+)$/.exec(
      text,
    )?.[1];
  return about === undefined ? undefined : { tool: 'forget', args: { about } };
}
