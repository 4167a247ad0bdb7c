import { Notes } from '../skills/notes.ts';
import { answerWhich, understandFollowUp } from './follow-up.ts';
import type { Intent, Past, Recogniser } from './intent.ts';
import { recogniseArithmetic } from './recognisers/arithmetic.ts';
import { recogniseChance } from './recognisers/chance.ts';
import { placeAlone, recogniseClock } from './recognisers/clock.ts';
import { recogniseConversion } from './recognisers/conversion.ts';
import { recogniseDocuments } from './recognisers/documents.ts';
import { recogniseMemory } from './recognisers/memory.ts';
import { recognisePage } from './recognisers/page.ts';
import { recogniseSmalltalk } from './recognisers/smalltalk.ts';
import { recogniseTiming } from './recognisers/timing.ts';
import { recogniseWords } from './recognisers/words.ts';
import { cutsOf, readUtterance, type Utterance } from './utterance.ts';

/** From the narrow to the wide: a later family may only have what no earlier one claims. */
const families: readonly Recogniser[] = [
  recogniseWords,
  recogniseTiming,
  recogniseClock,
  recogniseConversion,
  recogniseArithmetic,
  recogniseChance,
  recognisePage,
  recogniseMemory,
  recogniseDocuments,
];

const mostRequests = 4;

/** Nothing came before. */
export const noPast: Past = { lastCalls: [], remembered: [], replies: 0 };

/**
 * What a person wants, in order; empty if it cannot be understood. Pure and quick, so it may run on speech that is
 * not over yet.
 */
export function understand(said: string, past: Past = noPast): readonly Intent[] {
  const utterance = readUtterance(said);
  if (utterance.text === '') return [];
  const courtesy = recogniseSmalltalk(past.replies)(utterance);
  const followUp = understandFollowUp(utterance, past);
  // "Yes" after a joke asks for another one; to most courtesies there is nothing more to it.
  if (followUp) return [followUp];
  if (courtesy) return [courtesy];
  const several = understandSeveral(said);
  if (several) return several;
  const intent =
    understandAlone(utterance) ?? recallUnasked(utterance, past) ?? answerWhich(utterance, past);
  return intent ? [intent] : [];
}

function understandAlone(utterance: Utterance): Intent | undefined {
  for (const recognise of families) {
    const intent = recognise(utterance);
    if (intent) return intent;
  }
  return undefined;
}

/** "Set a timer for five minutes and tell me a joke": cut where both sides are requests of their own. */
function understandSeveral(said: string, most = mostRequests): readonly Intent[] | undefined {
  if (most < 2) return undefined;
  for (const [before, after] of cutsOf(said)) {
    const first = request(before);
    if (!first) continue;
    const rest = understandSeveral(after, most - 1) ?? single(after, first);
    if (!rest) continue;
    // "Thanks. What time is it?" is one request with a courtesy before it.
    return 'say' in first ? rest : [first, ...rest];
  }
  return undefined;
}

function single(after: string, first: Intent): readonly Intent[] | undefined {
  const intent = request(after);
  if (intent) return 'say' in intent ? [first] : [intent];
  if ('tool' in first && first.tool === 'get_time') {
    const place = placeAlone(readUtterance(after));
    if (place !== undefined) return [{ tool: 'get_time', args: { place } }];
  }
  return undefined;
}

function request(part: string): Intent | undefined {
  const utterance = readUtterance(part);
  // A part that is kept word for word takes all that follows, unless what follows is plainly a request.
  return recogniseSmalltalk(0)(utterance) ?? understandAlone(utterance);
}

/** A question about something that was remembered, asked without "my": "what is the wifi password?" */
function recallUnasked({ text }: Utterance, past: Past): Intent | undefined {
  const about = /^(?:what|who|where|when|which) (?:is|are|was|were) (?:the )?(.+)$/.exec(text)?.[1];
  if (about === undefined) return undefined;
  const notes = new Notes(past.remembered.map((note) => ({ text: note, atMs: 0 })));
  return notes.find(about, 1).length > 0 ? { tool: 'recall', args: { about } } : undefined;
}
