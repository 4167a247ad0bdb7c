import { expect, test } from 'vitest';
import { VoicedText } from './voiced-text.ts';

/** A text with one piece that sounded at ten characters in a second. */
function begun(): VoicedText {
  const text = new VoicedText();
  text.add('Once upon a time.');
  text.sounded(1700);
  text.pieceEnded();
  return text;
}

test('of a piece that is under way so many words count as voiced as its sound has room for', () => {
  const text = begun();
  expect(text.voiced).toBe('Once upon a time.');
  text.add('There was a keeper of a lighthouse.');
  expect(text.voiced).toBe('Once upon a time.');
  text.sounded(1300);
  expect(text.voiced).toBe('Once upon a time. There was a');
  text.sounded(9000);
  expect(text.voiced).toBe(text.text);
});

test('words that were written but not voiced are not written twice when they are said', () => {
  const text = begun();
  text.add('There was a keeper of a lighthouse.');
  text.sounded(1300);
  text.goOnFromVoiced();
  expect(text.add('keeper of')).toBe('');
  expect(text.add('A lighthouse, who counted')).toBe(' who counted');
  expect(text.add('the ships.')).toBe(' the ships.');
  expect(text.text).toBe(
    'Once upon a time. There was a keeper of a lighthouse. who counted the ships.',
  );
});

test('a model that goes on in other words is written down as it speaks', () => {
  const text = begun();
  text.add('There was a keeper.');
  text.goOnFromVoiced();
  expect(text.add('A woman lived by the sea.')).toBe(' A woman lived by the sea.');
  expect(text.add('There was a keeper.')).toBe(' There was a keeper.');
});
