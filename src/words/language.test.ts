import { expect, it } from 'vitest';
import { grouped, fixed } from './formats.ts';
import { historyWords } from './history.ts';
import {
  chooseLanguage,
  chosenLanguage,
  currentLanguage,
  firstKnown,
  watchLanguage,
} from './language.ts';
import { words } from './page.ts';

it.each([
  [['vi-VN', 'en'], 'vi'],
  [['VI'], 'vi'],
  [['fr-FR', 'vi', 'en'], 'vi'],
  [['en-GB', 'vi'], 'en'],
  [['fr-FR'], 'en'],
  [[], 'en'],
])('whoever reads %j is shown the page in %s', (languages, language) => {
  expect(firstKnown(languages)).toBe(language);
});

it('changes every word and number at once, and back to what the browser has', async () => {
  expect([words.start.talk, historyWords.today, fixed(1.5, 1)]).toEqual([
    'Start talking',
    'Today',
    '1.5',
  ]);
  const seen: string[] = [];
  const release = watchLanguage(() => seen.push(`${words.start.talk}, ${historyWords.today}`));
  await chooseLanguage('vi');
  expect(seen).toEqual(['Bắt đầu nói chuyện, Hôm nay']);
  expect([currentLanguage(), chosenLanguage(), fixed(1.5, 1), grouped(12_345)]).toEqual([
    'vi',
    'vi',
    '1,5',
    '12.345',
  ]);
  await chooseLanguage(undefined);
  release();
  expect([currentLanguage(), chosenLanguage(), words.start.talk]).toEqual([
    'en',
    undefined,
    'Start talking',
  ]);
});

it('ends with the language that was chosen last, however long each takes to come', async () => {
  await Promise.all([chooseLanguage('vi'), chooseLanguage('en'), chooseLanguage(undefined)]);
  expect([currentLanguage(), words.controls.leave]).toEqual(['en', 'Leave']);
});
