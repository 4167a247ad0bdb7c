/** How finished an utterance reads: `complete` can be answered, `incomplete` surely goes on, `open` may be either. */
export type Completeness = 'complete' | 'open' | 'incomplete';

/** Words after which an English sentence goes on. */
const danglingWords: ReadonlySet<string> = new Set(
  `a an the this these my your his our their every each some any another
   and or but because so if when while unless until although since than that which who whose
   to of in on at for from with without by about into onto over under between among through during
   before after against towards like as per via
   is are was were am be been being has have had do does did can could will would shall should may might must
   what's who's where's how's it's i'm i'd i'll let's we're you're they're isn't don't
   i we he she they
   times plus minus divided multiplied point percent-of equals
   um uh uhm er erm hmm mm well also just really very maybe actually basically`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Words that finish a question or an order although they would leave other sentences open: "What time is it for?" */
const questionOpening =
  /^(?:what|who|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|will|would|should|may|have|has)\b/u;
const strandedPrepositions: ReadonlySet<string> = new Set(
  'to of in on at for from with about like over'.split(' '),
);

/** What a person may well say as a whole turn. */
const wholeTurns: ReadonlySet<string> = new Set(
  `yes yeah yep yup no nope nah okay ok sure stop wait cancel thanks hello hi hey bye goodbye help repeat
   pause continue please right correct exactly great nice cool what why how who when where again quiet enough`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

const numberWord =
  /^(?:\d[\d.,:]*|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)$/u;

/**
 * Judges by the words and the marks that the recogniser set. It sets a full stop after almost anything, so the last words
 * count for more than the mark.
 */
export function completeness(text: string): Completeness {
  const trimmed = text.trim().toLowerCase();
  const words = trimmed.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,:-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu) ?? [];
  const last = words.at(-1)?.replaceAll('’', "'");
  if (last === undefined) return 'open';
  if (/(?:,|;|:|-|–|—|…|\.\.\.)$/u.test(trimmed)) return 'incomplete';
  if (words.length === 1 && wholeTurns.has(last)) return 'complete';

  const asksSomething = trimmed.endsWith('?') && questionOpening.test(trimmed);
  if (danglingWords.has(last)) {
    return asksSomething && strandedPrepositions.has(last) ? 'open' : 'incomplete';
  }
  // "Set a timer for five": the unit is still to come, or the next digit of a number that is read out.
  const beforeLast = words.at(-2) ?? '';
  if (numberWord.test(last) && (words.length === 1 || /^(?:for|in|by|of)$/u.test(beforeLast))) {
    return 'open';
  }
  if (words.length > 1 && words.every((word) => numberWord.test(word))) return 'open';
  if (!/[.?!]["'”’)]*$/u.test(trimmed)) return 'open';
  return words.length > 1 ? 'complete' : 'open';
}
