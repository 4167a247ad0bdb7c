import { expect, it } from 'vitest';
import { chooseProblemWords, problemWords } from './problems.ts';

it.each([
  [['vi-VN', 'en'], 'vi'],
  [['VI'], 'vi'],
  [['fr-FR', 'vi', 'en'], 'vi'],
  [['en-GB', 'vi'], 'en'],
  [['fr-FR'], 'en'],
  [[], 'en'],
])('whoever reads %j is told of problems in %s', async (languages, language) => {
  await chooseProblemWords(languages);
  expect(problemWords().language).toBe(language);
});
