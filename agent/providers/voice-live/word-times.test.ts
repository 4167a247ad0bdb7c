import { voice } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { WordTimes, type TextPiece } from './word-times.ts';

const shown = (pieces: TextPiece[]) =>
  pieces.map((piece) =>
    voice.isTimedString(piece) ? [piece.text, piece.startTime, piece.endTime] : piece,
  );
const word = (text: string, offsetMs: number) => ({ text, offsetMs, durationMs: 200 });

describe('WordTimes', () => {
  it('gives each word its time, with the punctuation after it and the space before it', () => {
    const times = new WordTimes();
    expect(times.text('Hello, my fri')).toEqual([]);
    expect(shown(times.word(word('Hello', 50)))).toEqual([['Hello,', 0.05, 0.25]]);
    expect(times.text('end. Bye!')).toEqual([]);
    expect(shown(times.word(word('my', 300)))).toEqual([[' my', 0.3, 0.5]]);
    expect(shown(times.word(word('friend', 600)))).toEqual([[' friend.', 0.6, 0.8]]);
    expect(shown(times.end())).toEqual([' Bye!']);
  });

  it('waits for text that comes after its time', () => {
    const times = new WordTimes();
    expect(times.word(word('Good', 0))).toEqual([]);
    expect(times.word(word('morning', 200))).toEqual([]);
    expect(shown(times.text('Good morning'))).toEqual([
      ['Good', 0, 0.2],
      [' morning', 0.2, 0.4],
    ]);
  });

  it('joins what is spoken otherwise than written with the next word that is found', () => {
    const times = new WordTimes();
    times.text('It is 42 degrees.');
    const pieces = ['It', 'is', 'forty', 'two', 'degrees'].flatMap((text, index) =>
      times.word(word(text, index * 200)),
    );
    expect(shown(pieces)).toEqual([
      ['It', 0, 0.2],
      [' is', 0.2, 0.4],
      [' 42 degrees.', 0.4, 1],
    ]);
  });

  it('takes no word for a part of another', () => {
    const times = new WordTimes();
    times.text('What a day');
    expect(shown([...times.word(word('what', 0)), ...times.word(word('a', 200))])).toEqual([
      ['What', 0, 0.2],
      [' a', 0.2, 0.4],
    ]);
  });

  it('finds words in scripts without spaces', () => {
    const times = new WordTimes();
    times.text('今天天气很好。');
    expect(shown([...times.word(word('今天', 0)), ...times.word(word('天气', 200))])).toEqual([
      ['今天', 0, 0.2],
      ['天气', 0.2, 0.4],
    ]);
  });

  it('lets the text go where no times come', () => {
    const times = new WordTimes();
    times.text('No times ');
    expect(times.heardOf(500)).toEqual([]);
    expect(times.heardOf(1600)).toEqual(['No times ']);
    expect(times.text('here.')).toEqual(['here.']);
  });
});
