import { expect, it } from 'vitest';
import { initialState } from '../conversation/initial.ts';
import type { ConversationState } from '../conversation/state.ts';
import type { UtteranceRow } from '../transcript/model.ts';
import { newsBetween } from './news.ts';

const inRoom = { kind: 'connected', sinceMs: 1, roomName: 'parley-1' } as const;
const state = (part: Partial<ConversationState>): ConversationState => ({
  ...initialState,
  ...part,
});
const said = (text: string, status: UtteranceRow['status']): UtteranceRow => ({
  kind: 'utterance',
  id: 'u1',
  speaker: 'assistant',
  via: 'voice',
  text,
  status,
  startedAtMs: 1,
});

it('tells that a talk began once, however often its connection is lost', () => {
  const connecting = state({ call: { kind: 'connecting' } });
  const connected = state({ call: inRoom });
  const lost = state({ call: { ...inRoom, kind: 'reconnecting' } });
  expect(newsBetween(connecting, connected)).toEqual([
    { name: 'parley-connected', detail: { roomName: 'parley-1' } },
  ]);
  expect(newsBetween(connected, lost)).toEqual([]);
  expect(newsBetween(lost, connected)).toEqual([]);
});

it('tells each change of what was said, and nothing of what stayed', () => {
  const old = said('Earlier.', { kind: 'final' });
  const interim = { ...said('Here is', { kind: 'interim' }), id: 'u2' };
  const cut = { ...interim, status: { kind: 'cut', unheard: ' the rest', by: 'speech' } as const };
  const tool = { kind: 'tool', id: 't', name: 'x', title: 'X', input: '', status: 'done' } as const;
  const before = state({ rows: [old] });
  const speaking = state({ rows: [old, interim] });
  expect(newsBetween(before, speaking)).toEqual([
    {
      name: 'parley-transcript',
      detail: { id: 'u2', speaker: 'assistant', text: 'Here is', final: false },
    },
  ]);
  expect(
    newsBetween(speaking, state({ rows: [old, cut, { ...tool, startedAtMs: 2 }] })),
  ).toMatchObject([
    { name: 'parley-transcript', detail: { id: 'u2', final: true, unheard: ' the rest' } },
  ]);
});

it('tells of a problem when it comes, and of the end after the reason for it', () => {
  const problem = { code: 'connection_lost', detail: 'Gone.' } as const;
  const connected = state({ call: inRoom });
  const ended = state({ call: { kind: 'ended', durationMs: 4000 }, problems: [problem] });
  expect(newsBetween(connected, ended)).toEqual([
    { name: 'parley-problem', detail: problem },
    { name: 'parley-ended', detail: { durationMs: 4000 } },
  ]);
  expect(newsBetween(ended, { ...ended })).toEqual([]);
});
