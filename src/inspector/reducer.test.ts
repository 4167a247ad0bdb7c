import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '#protocol/events.ts';
import type { Observation } from './observation.ts';
import { mostTurns, noRecords, type TurnRecords } from './records.ts';
import { reduceTurns } from './reducer.ts';
import { timeLineOf } from './time-line.ts';

/** An event without its time. */
type Told = AgentEvent extends infer Event
  ? Event extends AgentEvent
    ? Omit<Event, 'atMs'>
    : never
  : never;

function agent(atMs: number, told: Told): Observation {
  return { kind: 'agent', event: { ...told, atMs }, atMs };
}

function speech(fromMs: number, toMs: number): Observation[] {
  return [
    agent(fromMs, { type: 'user_speech', phase: 'started' }),
    agent(toMs, { type: 'user_speech', phase: 'stopped' }),
  ];
}

function heardWords(atMs: number, segmentId: string, text: string): Observation {
  return {
    kind: 'transcript',
    atMs,
    action: { type: 'user_text', segmentId, text, final: true, atMs },
  };
}

function replyWords(atMs: number, segmentId: string, delta: string): Observation {
  return { kind: 'transcript', atMs, action: { type: 'reply_text', segmentId, delta, atMs } };
}

function typed(atMs: number, text: string): Observation {
  return { kind: 'transcript', atMs, action: { type: 'user_typed', id: text, text, atMs } };
}

const turnEnded = (atMs: number): Observation =>
  agent(atMs, { type: 'answering', step: 'turn_ended' });
const soundBegan = (atMs: number): Observation =>
  agent(atMs, { type: 'answering', step: 'sound_began' });
const soundEnded = (atMs: number): Observation =>
  agent(atMs, { type: 'answering', step: 'sound_ended' });

function recordsOf(...observations: readonly Observation[]): TurnRecords {
  return observations.reduce(reduceTurns, noRecords);
}

const question = [
  ...speech(1000, 2000),
  heardWords(2100, 'a', 'What time is it?'),
  turnEnded(2200),
];
const answer = [soundBegan(2500), replyWords(2520, 'r', 'It is noon.')];

describe('turns', () => {
  it('are not made of a cough in the middle of a reply', () => {
    const { turns } = recordsOf(...question, ...answer, ...speech(3000, 3200), soundEnded(4000));
    expect(turns).toMatchObject([
      { via: 'voice', words: [{ text: 'What time is it?' }], reply: 'It is noon.' },
    ]);
    expect(turns[0]?.sound).toEqual([{ fromMs: 2500, toMs: 4000 }]);
  });

  it('keep a cut that is told when the next turn has begun', () => {
    const { turns } = recordsOf(
      ...question,
      ...answer,
      agent(3000, { type: 'user_speech', phase: 'started' }),
      heardWords(3400, 'b', 'Stop'),
      agent(3500, { type: 'interrupted', by: 'speech', heard: 'It is', unheard: 'noon.' }),
    );
    expect(turns).toMatchObject([
      { cut: { by: 'speech', heard: 'It is' } },
      { words: [{ text: 'Stop' }] },
    ]);
    expect(turns[1]).not.toHaveProperty('cut');
  });

  it('take the words that a service writes down only after it has answered', () => {
    const { turns } = recordsOf(
      ...speech(1000, 2000),
      turnEnded(2200),
      ...answer,
      heardWords(2800, 'late', 'What time is it?'),
    );
    expect(turns).toMatchObject([{ words: [{ text: 'What time is it?' }], reply: 'It is noon.' }]);
  });

  it('are begun by what the assistant says unasked', () => {
    const { turns } = recordsOf(soundBegan(100), replyWords(120, 'g', 'Hello.'), ...question);
    expect(turns.map(({ via }) => via)).toEqual(['assistant', 'voice']);
  });

  it('give a late first token to the turn that it was made for', () => {
    const token = agent(2300, { type: 'answering', step: 'first_token' });
    const { turns } = recordsOf(...question, ...answer, typed(3000, 'Thanks'), token);
    expect(turns[0]?.firstTokenAtMs).toBe(2300);
    expect(turns[1]).not.toHaveProperty('firstTokenAtMs');
  });

  it('take no sound for their answer that is left of the reply before', () => {
    const records = recordsOf(
      ...question,
      ...answer,
      { kind: 'sound', phase: 'began', atMs: 2600 },
      typed(3000, 'Wait'),
      { kind: 'sound', phase: 'ended', atMs: 3050 },
      { kind: 'sound', phase: 'began', atMs: 3100 },
      { kind: 'sound', phase: 'ended', atMs: 3150 },
      soundBegan(3500),
      { kind: 'sound', phase: 'began', atMs: 3600 },
    );
    expect(records.turns.map(({ heardAtMs }) => heardAtMs)).toEqual([2600, 3600]);
  });

  it('are forgotten in the order in which they came, and keep their numbers', () => {
    const many = Array.from({ length: mostTurns + 20 }, (_, index) => typed(index, `${index}`));
    const { turns } = recordsOf(...many);
    expect(turns).toHaveLength(mostTurns);
    expect(turns[0]?.number).toBe(21);
  });
});

describe('a time line', () => {
  it('begins with the speech that the page heard, which the agent hears later', () => {
    const records = recordsOf(
      { kind: 'speech', phase: 'started', atMs: 850 },
      { kind: 'speech', phase: 'stopped', atMs: 1900 },
      ...question,
    );
    const [turn] = records.turns;
    const line = turn && timeLineOf(records, turn);
    expect(line?.fromMs).toBe(850);
    expect(line?.marks.map(({ kind }) => kind)).toEqual([
      'page_speech_began',
      'agent_speech_began',
      'page_speech_ended',
      'agent_speech_ended',
      'final',
      'turn_ended',
    ]);
  });

  it('has what was told to a provider only while its turn lasted', () => {
    const records = recordsOf(
      agent(950, { type: 'gate', open: true }),
      ...question,
      agent(2600, { type: 'gate', open: false }),
      ...answer,
      soundEnded(4000),
    );
    const [turn] = records.turns;
    const kinds = turn && timeLineOf(records, turn).marks.map(({ kind }) => kind);
    expect(kinds).toContain('gate_closed');
    expect(kinds).not.toContain('gate_opened');
  });
});
