/** How finished an utterance reads: `complete` can be answered, `incomplete` surely goes on, `open` may be either. */
export type Completeness = 'complete' | 'open' | 'incomplete';

/** After these an English sentence goes on, whatever comes before: articles, conjunctions, operators, fillers. */
const dangling = words(`
  a an the my your our their every and or but because if while unless although than
  what's who's where's how's it's i'm i'd i'll let's we're you're they're
  times plus minus divided multiplied point equals um uh uhm er erm hmm mm well also just`);
const prepositions = words(`
  to of in on at for from with by about into onto over under between among through during
  without against towards as per via`);
const helpers = words(`
  is are was were am be been being has have had do does did can could will would shall should
  may might must isn't don't`);
const subjects = words('i he she we they');
/** "Yes, it is." "What time it is." "So do I." */
const beforeHelpers = words('i you he she it we they this that there');
/** "Turn it on." "Come in." */
const beforeParticles = words('it this that them these come go turn switch move hold log');

/** "I would like to know", "Tell me": what it is about is still to come. */
const beforeSubject = new Set([
  ...['to know', 'to ask', 'to say', 'to tell', 'to hear', 'to talk', 'tell me', 'show me'],
  ...['give me', 'let me', 'want you', 'like you', 'need you', 'think that', 'sure that'],
]);

/** What a person may well say as a whole turn. */
const wholeTurns = words(`
  yes yeah yep yup no nope nah okay ok sure stop wait cancel thanks hello hi hey bye goodbye help
  repeat pause continue please right correct exactly great nice cool what why how who when where
  again quiet enough`);

const question =
  /^(?:what|who|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|will|would|should|may|have|has)\b.*\?$/u;
const number =
  /^(?:\d[\d.,:]*|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)$/u;

/**
 * Judges by the words and the marks that the recogniser set. It sets a full stop after almost anything, so the last words
 * count for more than the mark.
 */
export function completeness(text: string): Completeness {
  const said = text.trim().toLowerCase().replaceAll('’', "'");
  const tokens = said.match(/[\p{L}\p{N}](?:[\p{L}\p{N}'.,:-]*[\p{L}\p{N}])?/gu) ?? [];
  const last = tokens.at(-1);
  if (last === undefined) return 'open';
  if (/(?:,|;|:|-|–|—|…|\.\.\.)$/u.test(said)) return 'incomplete';
  if (tokens.length === 1 && wholeTurns.has(last)) return 'complete';
  return byLastWords(tokens.at(-2) ?? '', last, question.test(said)) ?? byForm(tokens, said);
}

function byLastWords(
  previous: string,
  last: string,
  isQuestion: boolean,
): Completeness | undefined {
  if (dangling.has(last)) return 'incomplete';
  if (beforeSubject.has(`${previous} ${last}`)) return isQuestion ? 'open' : 'incomplete';
  if (prepositions.has(last)) {
    return isQuestion || beforeParticles.has(previous) ? 'open' : 'incomplete';
  }
  if (helpers.has(last)) return isQuestion || beforeHelpers.has(previous) ? 'open' : 'incomplete';
  if (subjects.has(last)) return isQuestion || helpers.has(previous) ? 'complete' : 'incomplete';
  // "Set a timer for five": the unit is still to come.
  if (number.test(last) && /^(?:for|in|by|of)$/u.test(previous)) return 'open';
  return undefined;
}

function byForm(tokens: readonly string[], said: string): Completeness {
  // A number that is read out digit by digit has no end that could be heard.
  if (tokens.length < 2 || tokens.every((token) => number.test(token))) return 'open';
  return /[.?!]["'”)]*$/u.test(said) ? 'complete' : 'open';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).filter((word) => word !== ''));
}
