/** What is typed in turn `index`, from 0 to 9,999: no two alike, and no answer is a number of another sum. */
export function sumOf(index: number): { readonly question: string; readonly answer: string } {
  const number = 10_000 + index;
  return { question: `What is ${number} times 2?`, answer: String(2 * number) };
}

/** Whether a text has the answer to a sum in it, however its digits are grouped. */
export function holdsAnswer(text: string, answer: string): boolean {
  return new RegExp(`(?<!\\d)${answer}(?!\\d)`).test(text.replace(/(?<=\d),(?=\d)/g, ''));
}

/** What is wrong with the order of a transcript in which `turns` sums were typed. */
export interface Disorder {
  /** Questions that stand there twice, or not at all. */
  readonly miscounted: readonly number[];
  /** Questions that do not stand behind the one before. */
  readonly misplaced: readonly number[];
  /** Questions without their answer before the next question, where something was answered at all. */
  readonly unanswered: readonly number[];
  /** Answers that are given twice. */
  readonly repeated: readonly number[];
}

/** Looks through the transcript as the page saves it: one line a row. */
export function disorderIn(transcript: string, turns: number): Disorder {
  const lines = transcript.split('\n');
  const placesOf = (isIt: (line: string) => boolean): number[] =>
    lines.flatMap((line, place) => (isIt(line) ? [place] : []));
  const found = { miscounted: [], misplaced: [], unanswered: [], repeated: [] } as Record<
    keyof Disorder,
    number[]
  >;
  let before = -1;
  for (let turn = 0; turn < turns; turn += 1) {
    const { question, answer } = sumOf(turn);
    const asked = placesOf((line) => line.endsWith(`You: ${question}`));
    const answered = placesOf((line) => line.includes('Assistant: ') && holdsAnswer(line, answer));
    const [place = -1] = asked;
    const next = lines.findIndex((line, at) => at > place && line.includes('You: '));
    const end = next === -1 ? lines.length : next;
    if (asked.length !== 1) found.miscounted.push(turn);
    if (place < before) found.misplaced.push(turn);
    if (!answered.some((at) => at > place && at < end)) found.unanswered.push(turn);
    if (answered.length > 1) found.repeated.push(turn);
    before = place;
  }
  return found;
}
