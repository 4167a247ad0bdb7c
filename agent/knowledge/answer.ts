import { sentencesOf } from './chunks.ts';
import { termsOf } from './terms.ts';

/** Longer than this is tiring to listen to, in characters. */
const longestAnswer = 280;
const shortSentence = 60;

/**
 * The sentence of a passage that shares most with the question, with the next one if it is very short. Sentences
 * that only repeat the question are no answers.
 */
export function answerFrom(
  text: string,
  heading: string | undefined,
  terms: readonly string[],
): string {
  const sentences = sentencesOf(text);
  const wanted = new Set(terms);
  const inHeading = heading === undefined ? 0 : shared(heading, wanted);
  const ranked = sentences.map((sentence, index) => {
    const question = sentence.endsWith('?') ? 2 : 0;
    // Under a heading that says what was asked, the first sentence is the likeliest answer.
    const first = index === 0 ? Math.min(1, inHeading) * 0.6 : 0;
    return { index, score: shared(sentence, wanted) + first - question - index * 0.01 };
  });
  const best = ranked.reduce((a, b) => (b.score > a.score ? b : a), { index: 0, score: -Infinity });
  const sentence = sentences[best.index] ?? text;
  const next = sentences[best.index + 1];
  const answer =
    next !== undefined && sentence.length < shortSentence ? `${sentence} ${next}` : sentence;
  return clip(answer.length > longestAnswer ? sentence : answer);
}

function shared(text: string, wanted: ReadonlySet<string>): number {
  return termsOf(text).filter((term) => wanted.has(term)).length;
}

function clip(answer: string): string {
  if (answer.length <= longestAnswer) return answer;
  const cut = answer.slice(0, longestAnswer);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(', '), cut.lastIndexOf(' ')))}.`;
}
