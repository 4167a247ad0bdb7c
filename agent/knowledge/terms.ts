/** Words without meaning of their own: they neither find a passage nor speak against one. */
const smallWords = new Set(
  (
    "a about am an and any are as at be because been but by can could did do does doing don't for from get got had has " +
    'have he her here him his how i if in into is it its just know let like me mean more most much my need no not of ' +
    'off on one or our out over please she should so some tell than that the their them then there these they thing ' +
    'this those to too up us use very want was way we were what when where which while who why will with would you ' +
    'your yours explain describe'
  ).split(' '),
);

/** The form in which a word is indexed and looked up; undefined for words without meaning of their own. */
export function termOf(word: string): string | undefined {
  const plain = word.toLowerCase().replace(/['’]s?$/, '');
  return plain === '' || smallWords.has(plain) ? undefined : stem(plain);
}

/** The distinct terms of a text, in order. */
export function termsOf(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? [];
  return [...new Set(words.flatMap((word) => termOf(word) ?? []))];
}

/** Takes off the commonest English endings, so that "interrupting" finds "interrupt" and "stopped" finds "stop". */
function stem(word: string): string {
  if (word.length <= 4) return word.replace(/(?<=[^s]{2})s$/, '');
  const bare = word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ations?|ings?|ers?|ed|es|s|ly)$/, '');
  return bare.replace(/([bdgklmnprt])\1$/, '$1').replace(/e$/, '');
}
