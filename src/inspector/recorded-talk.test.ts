import { describe, expect, it } from 'vitest';
import { durationsOf } from './durations.ts';
import { turnsToCsv, turnsToJson } from './exporting.ts';
import type { Observation } from './observation.ts';
import { spreadsByProvider } from './percentiles.ts';
import { ProbabilityTrace } from './probability-trace.ts';
import { noRecords, type Turn } from './records.ts';
import talk from './recorded-talk.json';
import { reduceTurns } from './reducer.ts';
import { timeLineOf } from './time-line.ts';

// What a page noticed in Chromium, with the embedded engine on a busy machine: a spoken question that takes a tool, a
// story that is asked for in writing, and speech that cuts in. It was saved before the last answer began.
const observations = talk as readonly unknown[] as readonly Observation[];
const records = observations.reduce(reduceTurns, noRecords);
const [question, story, cuttingIn] = records.turns as [Turn, Turn, Turn];

/** The kinds of marks in the order of time, each version of the words but the last left out. */
function kindsOf(turn: Turn): string[] {
  return timeLineOf(records, turn)
    .marks.map(({ kind }) => kind)
    .filter((kind) => kind !== 'interim');
}

describe('a recorded talk', () => {
  it('has three turns', () => {
    expect(records.turns).toMatchObject([
      { via: 'voice', provider: 'embedded', tools: [{ name: 'calculate', outcome: 'done' }] },
      { via: 'text', provider: 'embedded', tools: [{ name: 'tell_story', outcome: 'done' }] },
      { via: 'voice', provider: 'embedded', tools: [{ name: 'get_time', outcome: 'done' }] },
    ]);
    expect(question.words.at(-1)).toMatchObject({
      text: 'What is seventeen times, twenty three?',
      final: true,
    });
    expect(question.reply.trim()).toBe('Seventeen times twenty-three is 391.');
  });

  it('shows the way from a question to the end of its answer', () => {
    expect(kindsOf(question)).toMatchInlineSnapshot(`
      [
        "page_speech_began",
        "agent_speech_began",
        "page_speech_ended",
        "agent_speech_ended",
        "turn_ended",
        "final",
        "first_token",
        "tool_began",
        "tool_ended",
        "agent_sound_began",
        "heard_began",
        "reply_text",
        "agent_sound_ended",
        "heard_ended",
      ]
    `);
    expect(durationsOf(records, question)).toMatchInlineSnapshot(`
      {
        "answer": 3579,
        "endOfTurn": 1168,
        "firstSound": 2192,
        "firstToken": 253,
        "tools": 12,
        "wayToPage": 112,
      }
    `);
  });

  it('shows how a reply was cut', () => {
    expect(kindsOf(story)).toMatchInlineSnapshot(`
      [
        "typed",
        "first_token",
        "tool_began",
        "tool_ended",
        "agent_sound_began",
        "reply_text",
        "heard_began",
        "duck",
        "heard_ended",
        "agent_sound_ended",
        "silenced",
        "confirm",
        "cut",
      ]
    `);
    expect(durationsOf(records, story)).toMatchInlineSnapshot(`
      {
        "answer": 2461,
        "cut": 1311,
        "firstSound": 2215,
        "firstToken": 50,
        "tools": 8,
        "wayToPage": 246,
      }
    `);
  });

  it('shows the speech that cut in as the turn after', () => {
    expect(kindsOf(cuttingIn)).toMatchInlineSnapshot(`
      [
        "page_speech_began",
        "agent_speech_began",
        "page_speech_ended",
        "agent_speech_ended",
        "turn_ended",
        "first_token",
        "tool_began",
        "tool_ended",
        "final",
      ]
    `);
  });

  it('is measured for each provider', () => {
    const [embedded] = spreadsByProvider(records);
    expect(embedded).toMatchObject({ provider: 'embedded', turns: 3 });
    const answer = embedded?.spreads.find(({ name }) => name === 'answer');
    expect(answer).toMatchInlineSnapshot(`
      {
        "ms": [
          2461,
          3579,
          3579,
        ],
        "name": "answer",
        "turns": 2,
      }
    `);
  });

  it('can be saved', () => {
    const trace = new ProbabilityTrace();
    const { fromMs } = timeLineOf(records, question);
    trace.add(fromMs + 100, 0.9);
    const content = { records, trace, prices: [] };
    const saved = JSON.parse(turnsToJson(content)) as { turns: object[] };
    expect(saved.turns).toMatchObject([
      {
        said: 'What is seventeen times, twenty three?',
        costUsd: 0,
        speechProbability: [{ atMs: Math.round(fromMs + 100), probability: 0.9 }],
      },
      { cut: { by: 'speech' }, heard: 'Here is the story of the clock of Harrow Sound.' },
      { said: 'Stop, please. what time is it?' },
    ]);
    const lines = turnsToCsv(content).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('"What is seventeen times, twenty three?"');
  });
});
