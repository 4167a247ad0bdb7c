import { describe, expect, it } from 'vitest';
import { swapPerson } from './memory.ts';
import { Notes } from './notes.ts';

describe('Notes', () => {
  it('are found by what they are about', () => {
    const notes = new Notes();
    notes.add('my locker code is 4512', 1);
    notes.add('I parked on level three', 2);
    notes.add('the keys are under the mat', 3);
    expect(notes.find('locker code').map(({ text }) => text)).toEqual(['my locker code is 4512']);
    expect(notes.find('where I park').map(({ text }) => text)).toEqual(['I parked on level three']);
    expect(notes.find('my keys').map(({ text }) => text)).toEqual(['the keys are under the mat']);
    expect(notes.find('what is the')).toEqual([]);
  });

  it('keep one truth about a subject', () => {
    const notes = new Notes([{ text: 'my locker code is 1', atMs: 1 }]);
    notes.add('My locker code is 2', 2);
    expect(notes.list().map(({ text }) => text)).toEqual(['My locker code is 2']);
  });

  it('cut what is too long, and drop the oldest when there are too many', () => {
    const notes = new Notes();
    notes.add('x'.repeat(1000), 0);
    expect(notes.list()[0]?.text).toHaveLength(500);
    for (let count = 0; count < 200; count += 1) notes.add(`fact ${count}`, count);
    expect(notes.list()).toHaveLength(200);
    expect(notes.list()[0]?.text).toBe('fact 0');
  });
});

describe('swapPerson', () => {
  it.each([
    ['my code is 4512', 'your code is 4512'],
    ["I'm allergic to nuts", "you're allergic to nuts"],
    ['my sister told me', 'your sister told you'],
    ['I was born in May', 'you were born in May'],
    ['the mystery of my army', 'the mystery of your army'],
  ])('%s → %s', (said, answer) => {
    expect(swapPerson(said)).toBe(answer);
  });
});
