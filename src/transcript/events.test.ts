import { describe, expect, it } from 'vitest';
import { actionOfEvent } from './events.ts';

describe('an event of the agent', () => {
  it('tells the transcript when speech began, and nothing when it stopped', () => {
    const speech = { type: 'user_speech', atMs: 1 } as const;
    expect(actionOfEvent({ ...speech, phase: 'started' }, 5)).toEqual({
      type: 'user_speech_started',
      atMs: 5,
    });
    expect(actionOfEvent({ ...speech, phase: 'stopped' }, 5)).toBeUndefined();
  });

  it('cuts the reply that it names, or the one that is open', () => {
    const cut = {
      type: 'interrupted',
      by: 'speech',
      heard: 'One',
      unheard: 'two',
      atMs: 1,
    } as const;
    expect(actionOfEvent({ ...cut, segmentId: 'a1' }, 5)).toEqual({
      type: 'reply_cut',
      segmentId: 'a1',
      by: 'speech',
      heard: 'One',
      unheard: 'two',
      atMs: 5,
    });
    expect(actionOfEvent(cut, 5)).not.toHaveProperty('segmentId');
  });

  it('puts a timer that rang in the margin, with its name if it has one', () => {
    const text = (label: string) => actionOfEvent({ type: 'timer_rang', label, atMs: 1 }, 5);
    expect(text('tea')).toMatchObject({ type: 'notice', text: 'Timer rang: tea', atMs: 5 });
    expect(text('')).toMatchObject({ text: 'A timer rang.' });
  });

  it('shows a tool call by its own id', () => {
    expect(
      actionOfEvent(
        { type: 'tool_started', callId: 'c1', name: 'n', title: 'T', input: '{}', atMs: 1 },
        5,
      ),
    ).toEqual({ type: 'tool_started', id: 'c1', name: 'n', title: 'T', input: '{}', atMs: 5 });
    expect(
      actionOfEvent(
        { type: 'tool_finished', callId: 'c1', outcome: 'failed', output: 'no', atMs: 1 },
        5,
      ),
    ).toEqual({ type: 'tool_finished', id: 'c1', outcome: 'failed', output: 'no' });
  });

  it('leaves an error to the page', () => {
    expect(
      actionOfEvent({ type: 'error', code: 'tool_failed', detail: '', atMs: 1 }, 5),
    ).toBeUndefined();
  });
});
