import { describe, expect, it } from 'vitest';
import { fileNameAt, toMarkdown, toPlainText } from './export.ts';
import type { TranscriptRow } from './model.ts';
import { words } from './testing.ts';

const at = (seconds: number): number => new Date(2026, 2, 4, 15, 6, seconds).getTime();

const rows: readonly TranscriptRow[] = [
  {
    kind: 'utterance',
    id: 'u1',
    speaker: 'user',
    via: 'voice',
    text: 'Tell me a story',
    status: { kind: 'final' },
    startedAtMs: at(1),
  },
  {
    kind: 'tool',
    id: 't1',
    name: 'story',
    title: 'Tell a story',
    input: '{"kind":"long"}',
    status: 'done',
    output: 'A `quoted` word',
    startedAtMs: at(2),
  },
  {
    kind: 'utterance',
    id: 'a1',
    speaker: 'assistant',
    via: 'voice',
    text: 'Once upon a *time*',
    status: { kind: 'cut', unheard: 'there was a king.', by: 'speech' },
    startedAtMs: at(3),
  },
  { kind: 'notice', id: 'n1', text: 'You left.', startedAtMs: at(4) },
];

describe('toPlainText', () => {
  it('writes one line a row and keeps apart what was not heard', () => {
    expect(toPlainText(rows, words)).toBe(
      [
        '[15:06:01] You: Tell me a story',
        '[15:06:02] Tell a story (done) {"kind":"long"} -> A `quoted` word',
        '[15:06:03] Assistant: Once upon a *time* [not heard: there was a king.]',
        '[15:06:04] You left.',
        '',
      ].join('\n'),
    );
  });
});

describe('toMarkdown', () => {
  it('names the speakers and strikes what was not heard', () => {
    const text = toMarkdown(rows, words);
    expect(text).toContain('# Conversation\n\n**You** 15:06:01\n\nTell me a story');
    expect(text).toContain('~~there was a king.~~ (not heard)');
  });

  it('lets nothing that was said become markup', () => {
    const text = toMarkdown(rows, words);
    expect(text).toContain(String.raw`Once upon a \*time\*`);
    expect(text).toContain('`` A `quoted` word ``');
  });
});

it('names files by local time', () => {
  expect(fileNameAt(at(0))).toBe('parley-2026-03-04-1506');
});
