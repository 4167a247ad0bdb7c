import { describe, expect, it } from 'vitest';
import type { TranscriptRow, UtteranceRow } from './model.ts';
import {
  emptyTranscript,
  reduceTranscript,
  transcriptOf,
  type Transcript,
  type TranscriptAction,
} from './reducer.ts';

function play(...actions: TranscriptAction[]): Transcript {
  return actions.reduce(reduceTranscript, emptyTranscript);
}

function rows(transcript: Transcript): readonly TranscriptRow[] {
  return transcript.rows.list;
}

function lines(transcript: Transcript): string[] {
  return rows(transcript).map((row) => {
    if (row.kind === 'utterance') return `${row.speaker}: ${row.text}`;
    return row.kind === 'tool' ? `tool: ${row.title}` : `notice: ${row.text}`;
  });
}

function utterance(transcript: Transcript, id: string): UtteranceRow {
  const row = rows(transcript).find((candidate) => candidate.id === id);
  if (row?.kind !== 'utterance') throw new Error(`No utterance ${id}.`);
  return row;
}

const speaks = (atMs: number): TranscriptAction => ({ type: 'user_speech_started', atMs });
const user = (segmentId: string, text: string, atMs: number, final = true): TranscriptAction => ({
  type: 'user_text',
  segmentId,
  text,
  final,
  atMs,
});
const reply = (segmentId: string, delta: string, atMs: number): TranscriptAction => ({
  type: 'reply_text',
  segmentId,
  delta,
  atMs,
});
const ended = (segmentId: string): TranscriptAction => ({ type: 'reply_ended', segmentId });
const cut = (
  heard: string,
  unheard: string,
  atMs: number,
  segmentId?: string,
): TranscriptAction => ({
  type: 'reply_cut',
  heard,
  unheard,
  by: 'button',
  atMs,
  ...(segmentId === undefined ? {} : { segmentId }),
});
const typed = (id: string, text: string, atMs: number): TranscriptAction => ({
  type: 'user_typed',
  id,
  text,
  atMs,
});

describe("the person's speech", () => {
  it('replaces the text of a segment by each newer version', () => {
    const transcript = play(
      user('u1', 'What', 10, false),
      user('u1', 'What is', 20, false),
      user('u1', 'What is the time?', 30),
    );
    expect(lines(transcript)).toEqual(['user: What is the time?']);
    expect(utterance(transcript, 'u1').status).toEqual({ kind: 'final' });
  });

  it('is interim until its final version', () => {
    expect(utterance(play(user('u1', 'What', 10, false)), 'u1').status).toEqual({
      kind: 'interim',
    });
  });

  it('begins when the speech was first heard, not when its text came', () => {
    expect(utterance(play(speaks(1000), user('u1', 'Hello', 2500)), 'u1').startedAtMs).toBe(1000);
  });

  it('takes the start of its speech only once', () => {
    const transcript = play(
      speaks(1000),
      user('u1', 'Hello', 1500),
      reply('a1', 'Hi!', 2000),
      user('u2', 'Bye', 3000),
    );
    expect(utterance(transcript, 'u2').startedAtMs).toBe(3000);
  });

  it('vanishes when its text turns out to be empty', () => {
    expect(rows(play(user('u1', 'Uh', 10, false), user('u1', '', 20)))).toEqual([]);
    expect(rows(play(user('u1', '  ', 10)))).toEqual([]);
  });

  it('keeps the segments of one turn in one utterance', () => {
    const transcript = play(
      user('u1', 'What is', 1000),
      user('u2', 'seventeen', 1800, false),
      user('u2', 'seventeen times three?', 2500),
    );
    expect(lines(transcript)).toEqual(['user: What is seventeen times three?']);
    expect(rows(transcript)[0]?.id).toBe('u1');
  });

  it('stays interim while any of its segments is', () => {
    const transcript = play(user('u1', 'What is', 1000), user('u2', 'seven', 1800, false));
    expect(utterance(transcript, 'u1').status).toEqual({ kind: 'interim' });
  });

  it('loses only the empty segment of a turn', () => {
    const transcript = play(
      user('u1', 'Hello', 1000),
      user('u2', 'uh', 1500, false),
      user('u2', '', 1600),
    );
    expect(lines(transcript)).toEqual(['user: Hello']);
  });

  it('is a new utterance after somebody else has spoken, or after a long silence', () => {
    expect(
      lines(play(user('u1', 'Hello', 1000), reply('a1', 'Hi!', 1500), user('u2', 'Bye', 2000))),
    ).toEqual(['user: Hello', 'assistant: Hi!', 'user: Bye']);
    expect(lines(play(user('u1', 'Hello', 1000), user('u2', 'Anyone?', 60_000)))).toEqual([
      'user: Hello',
      'user: Anyone?',
    ]);
  });

  it('goes before its answer when its text comes late', () => {
    const transcript = play(
      speaks(1000),
      reply('a1', 'It is noon.', 2000),
      ended('a1'),
      user('u1', 'What time is it?', 2600),
    );
    expect(lines(transcript)).toEqual(['user: What time is it?', 'assistant: It is noon.']);
  });

  it('goes behind the reply that it cuts into', () => {
    const transcript = play(
      reply('a1', 'Once upon', 1000),
      speaks(1500),
      user('u1', 'Stop', 1600),
      reply('a1', ' a time', 1700),
    );
    expect(lines(transcript)).toEqual(['assistant: Once upon a time', 'user: Stop']);
  });

  it('corrects a segment of an earlier turn in its place', () => {
    const transcript = play(
      user('u1', 'Helo', 1000, false),
      reply('a1', 'Hi!', 1500),
      user('u2', 'Bye', 2000),
      user('u1', 'Hello', 2100),
    );
    expect(lines(transcript)).toEqual(['user: Hello', 'assistant: Hi!', 'user: Bye']);
  });
});

describe('a reply', () => {
  it('grows by deltas and becomes final with the end of its stream', () => {
    const open = play(reply('a1', 'It is', 10), reply('a1', ' noon.', 20));
    expect(utterance(open, 'a1')).toMatchObject({
      text: 'It is noon.',
      status: { kind: 'interim' },
      startedAtMs: 10,
    });
    expect(utterance(reduceTranscript(open, ended('a1')), 'a1').status).toEqual({ kind: 'final' });
  });

  it('has no row before its first word', () => {
    expect(rows(play(reply('a1', ' ', 10), ended('a1')))).toEqual([]);
  });

  const cutOrders: [string, TranscriptAction[]][] = [
    [
      'before its stream ends',
      [reply('a1', 'One two', 10), cut('One', 'two three', 20, 'a1'), ended('a1')],
    ],
    [
      'after its stream ended',
      [reply('a1', 'One two', 10), ended('a1'), cut('One', 'two three', 20, 'a1')],
    ],
    [
      'before its first word',
      [cut('One', 'two three', 20, 'a1'), reply('a1', 'One', 10), ended('a1')],
    ],
    [
      'while words are still on their way',
      [
        reply('a1', 'One', 10),
        cut('One', 'two three', 20, 'a1'),
        reply('a1', ' two', 10),
        ended('a1'),
      ],
    ],
    ['with no name while it is open', [reply('a1', 'One two', 10), cut('One', 'two three', 20)]],
    [
      'with no name when it has ended',
      [reply('a1', 'One two', 10), ended('a1'), cut('One', 'two three', 20)],
    ],
  ];
  it.each(cutOrders)('keeps what was heard when it is cut %s', (_, actions) => {
    expect(utterance(play(...actions), 'a1')).toMatchObject({
      text: 'One',
      status: { kind: 'cut', unheard: 'two three', by: 'button' },
    });
  });

  it('is not marked by a cut that names no reply and heard other words', () => {
    const transcript = play(
      reply('a1', 'It is noon.', 10),
      ended('a1'),
      cut('Once upon', 'a time', 99),
    );
    expect(utterance(transcript, 'a1').status).toEqual({ kind: 'final' });
    const unheard = play(reply('a1', 'It is noon.', 10), ended('a1'), cut('', 'a time', 99));
    expect(utterance(unheard, 'a1').status).toEqual({ kind: 'final' });
  });

  it('vanishes when nothing of it was heard and nothing dropped', () => {
    expect(rows(play(reply('a1', 'One', 10), cut('', '', 20, 'a1')))).toEqual([]);
  });

  it('takes what was shown for heard where the agent does not know how far it came', () => {
    const transcript = play(reply('a1', 'Hello, I am ', 10), ended('a1'), {
      type: 'reply_cut',
      unheard: 'Hello, I am Parley.',
      by: 'button',
      atMs: 20,
    });
    expect(utterance(transcript, 'a1')).toMatchObject({
      text: 'Hello, I am',
      status: { kind: 'cut', unheard: 'Parley.', by: 'button' },
    });
  });

  it('carries its latency, whichever of the two comes first', () => {
    const measured: TranscriptAction = { type: 'reply_heard_first', latencyMs: 640 };
    const question = [speaks(1000), user('u1', 'Time?', 1200)];
    expect(utterance(play(...question, measured, reply('a1', 'Noon.', 2000)), 'a1').latencyMs).toBe(
      640,
    );
    expect(utterance(play(...question, reply('a1', 'Noon.', 2000), measured), 'a1').latencyMs).toBe(
      640,
    );
  });

  it('never takes the latency of a later question', () => {
    const transcript = play(
      reply('a1', 'Welcome.', 500),
      ended('a1'),
      speaks(1000),
      { type: 'reply_heard_first', latencyMs: 640 },
      reply('a2', 'Noon.', 2000),
    );
    expect(utterance(transcript, 'a1').latencyMs).toBeUndefined();
    expect(utterance(transcript, 'a2').latencyMs).toBe(640);
  });

  it('takes only the first latency of its turn', () => {
    const transcript = play(
      speaks(1000),
      { type: 'reply_heard_first', latencyMs: 640 },
      reply('a1', 'Let me see.', 2000),
      reply('a2', 'Noon.', 4000),
    );
    expect(utterance(transcript, 'a2').latencyMs).toBeUndefined();
  });
});

describe('a typed message', () => {
  it('stands behind everything shown and before its answer', () => {
    const transcript = play(
      reply('a1', 'Hello.', 5000),
      ended('a1'),
      typed('t1', 'What time is it?', 4000),
      reply('a2', 'Noon.', 5200),
    );
    expect(lines(transcript)).toEqual([
      'assistant: Hello.',
      'user: What time is it?',
      'assistant: Noon.',
    ]);
    expect(utterance(transcript, 't1').via).toBe('text');
  });
});

describe('a tool call', () => {
  const started: TranscriptAction = {
    type: 'tool_started',
    id: 'c1',
    name: 'get_time',
    title: 'Time',
    input: '{}',
    atMs: 100,
  };

  it('runs, then shows its output', () => {
    expect(rows(play(started))[0]).toMatchObject({ kind: 'tool', status: 'running' });
    expect(
      rows(play(started, { type: 'tool_finished', id: 'c1', outcome: 'done', output: 'noon' }))[0],
    ).toMatchObject({ status: 'done', output: 'noon', name: 'get_time', startedAtMs: 100 });
  });

  it('that never began is left out', () => {
    expect(rows(play({ type: 'tool_finished', id: 'c9', outcome: 'done', output: '' }))).toEqual(
      [],
    );
  });
});

describe('the transcript as a whole', () => {
  it('leaves nothing open once it is settled', () => {
    const transcript = play(
      user('u1', 'What', 10, false),
      { type: 'tool_started', id: 'c1', name: 'n', title: 't', input: '{}', atMs: 15 },
      reply('a1', 'It', 20),
      { type: 'settled' },
    );
    expect(rows(transcript).map((row) => (row.kind === 'tool' ? row.status : 'settled'))).toEqual([
      'settled',
      'cancelled',
      'settled',
    ]);
    expect(utterance(transcript, 'a1').status).toEqual({ kind: 'final' });
    expect(utterance(transcript, 'u1').status).toEqual({ kind: 'final' });
  });

  it('does not let the speech of a new call grow the last turn of the old one', () => {
    const transcript = play(user('u1', 'Hello', 10), { type: 'settled' }, user('u2', 'Again', 20));
    expect(lines(transcript)).toEqual(['user: Hello', 'user: Again']);
  });

  it('keeps the identity of rows that did not change', () => {
    const before = play(user('u1', 'Hello', 10), reply('a1', 'Hi', 20));
    const after = reduceTranscript(before, reply('a1', '!', 20));
    expect(rows(after)[0]).toBe(rows(before)[0]);
    expect(rows(after)[1]).not.toBe(rows(before)[1]);
    expect(rows(before)[1]).toMatchObject({ text: 'Hi' });
  });

  it('comes out the same in every order in which the parts of one exchange can arrive', () => {
    const parts: TranscriptAction[] = [
      user('u1', 'What time is it?', 1900),
      { type: 'tool_started', id: 'c1', name: 'get_time', title: 'Time', input: '{}', atMs: 1950 },
      reply('a1', 'It is noon.', 2000),
    ];
    for (const order of permutations(parts)) {
      expect(lines(play(speaks(1000), ...order))).toEqual([
        'user: What time is it?',
        'tool: Time',
        'assistant: It is noon.',
      ]);
    }
  });

  it('takes kept rows up again and goes on behind them', () => {
    const kept = rows(play(user('u1', 'Hello', 10), reply('a1', 'Hi', 20), { type: 'settled' }));
    const transcript = reduceTranscript(transcriptOf(kept), user('u2', 'Again', 30));
    expect(lines(transcript)).toEqual(['user: Hello', 'assistant: Hi', 'user: Again']);
  });

  it('takes 20,000 chunks in a transcript of 10,000 rows within two seconds', () => {
    let transcript = transcriptOf(
      Array.from({ length: 10_000 }, (_, i): TranscriptRow => ({
        kind: 'notice',
        id: `n${i}`,
        text: 'row',
        startedAtMs: i,
      })),
    );
    const startedMs = performance.now();
    for (let i = 0; i < 20_000; i += 1) {
      transcript = reduceTranscript(transcript, reply('a1', 'word ', 20_000));
    }
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(utterance(transcript, 'a1').text).toHaveLength(100_000);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]),
  );
}
