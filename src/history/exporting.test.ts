import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { words } from '../transcript/testing.ts';
import { exportAll, exportOne } from './exporting.ts';
import { readFile, writeFile } from './file-format.ts';
import { toSrt, toVtt } from './subtitles.ts';
import { called, conversation, cutOff, said } from './testing.ts';

const atMs = new Date(2026, 2, 4, 15, 6).getTime();
const rows = [
  said('u1', 'Is 2 < 3 --> or\n\nnot?', atMs),
  called('t1', 'calculate', { expression: '2 < 3' }, atMs + 500),
  cutOff('a1', 'Yes & so', 'on.', atMs + 2500),
  cutOff('a2', '', 'Never heard.', atMs + 3_700_000),
];

describe('subtitles', () => {
  it('hold what was said and heard, timed from the first word', () => {
    expect(toSrt(rows, words)).toBe(
      [
        '1\n00:00:00,000 --> 00:00:01,365\nYou: Is 2 < 3 → or not?\n',
        '2\n00:00:02,500 --> 00:00:03,500\nAssistant: Yes & so\n',
      ].join('\n'),
    );
    expect(toVtt(rows, words)).toBe(
      [
        'WEBVTT\n',
        '00:00:00.000 --> 00:00:01.365\n<v You>Is 2 &lt; 3 --&gt; or not?\n',
        '00:00:02.500 --> 00:00:03.500\n<v Assistant>Yes &amp; so\n',
      ].join('\n'),
    );
  });

  it('end where the next one begins, and count hours', () => {
    const srt = toSrt(
      [
        said('1', 'A sentence of some length', atMs),
        said('2', 'Cut in', atMs + 300),
        said('3', 'Later', atMs + 3_723_004),
      ],
      words,
    );
    expect(srt).toContain('00:00:00,000 --> 00:00:00,300');
    expect(srt).toContain('01:02:03,004 --> ');
  });
});

describe('a file of conversations', () => {
  const kept = { ...conversation('c1', rows), title: 'Numbers', engine: 'Embedded engine' };

  it('is read as it was written', () => {
    const read = readFile(writeFile([kept, conversation('c2', [said('u1', 'Hi', atMs)])]));
    expect(read.kind === 'conversations' && read.conversations[0]).toEqual(kept);
  });

  it.each([
    ['foreign', 'no JSON at all'],
    ['foreign', '[]'],
    ['foreign', '{"conversations": []}'],
    ['newer', writeFile([kept]).replace('"version": 2', '"version": 3')],
    ['broken', writeFile([kept]).slice(0, -20)],
    ['broken', writeFile([kept, kept])],
    ['broken', writeFile([{ ...kept, rows: [...rows, ...rows] }])],
    ['broken', writeFile([kept]).replace('"assistant"', '"system"')],
    ['broken', writeFile([{ ...kept, startedAtMs: Infinity }])],
  ])('is told as %s where it is', (kind, text) => {
    expect(readFile(text).kind).toBe(kind);
  });

  it('tells where it is damaged', () => {
    expect(readFile(writeFile([kept]).replace('"text": "Yes & so"', '"text": 7'))).toMatchObject({
      kind: 'broken',
      where: expect.stringContaining('conversations.0.rows.2.text') as string,
    });
  });
});

describe('an export', () => {
  it('has the title of the conversation, and the time in its name', () => {
    const kept = { ...conversation('c1', rows), title: 'Numbers' };
    const { name, content } = exportOne(kept, 'markdown', words);
    expect(name).toBe('parley-2026-03-04-1506.md');
    expect(content).toContain('# Numbers');
  });

  it('of all has a file for each, also where two began in the same minute', async () => {
    const all = [conversation('c1', rows), conversation('c2', [said('u1', 'Hi', atMs + 1)])];
    const { name, content } = exportAll(all, 'vtt', words, atMs);
    const zip = unzipSync(new Uint8Array(await (content as Blob).arrayBuffer()));
    expect(name).toBe('parley-2026-03-04-1506-history.zip');
    expect(Object.keys(zip)).toEqual([
      'parley-2026-03-04-1506.vtt',
      'parley-2026-03-04-1506-2.vtt',
    ]);
    expect(strFromU8(zip['parley-2026-03-04-1506-2.vtt'] ?? new Uint8Array())).toContain(
      '<v You>Hi',
    );
  });
});
