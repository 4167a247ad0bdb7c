import { describe, expect, it } from 'vitest';
import { isShown, parseLogLine } from './part-log.ts';

describe('a line of a log', () => {
  it('of pino is shown by its level, message and details', () => {
    const line = '{"level":40,"time":1,"pid":2,"hostname":"h","name":"n","msg":"slow","ms":7}';
    expect(parseLogLine(line, 'info')).toEqual({ level: 'warn', text: 'slow {"ms":7}' });
  });

  it('shows an error in its own words', () => {
    const line = '{"level":50,"msg":"failed","error":{"message":"gone","stack":"at x"}}';
    expect(parseLogLine(line, 'info').text).toBe('failed {"error":"gone"}');
  });

  it('about a stall is not a warning: nobody can do anything about it', () => {
    const line =
      '{"level":40,"msg":"event loop blocked; move it to a worker thread","duration":106}';
    expect(parseLogLine(line, 'info').level).toBe('info');
  });

  it('of LiveKit is shown without time and place', () => {
    const line = '2026-01-01T00:00:00.000Z\tWARN\tlivekit\tservice/a.go:1\tslow\t{"a":1}';
    expect(parseLogLine(line, 'info')).toEqual({
      level: 'warn',
      text: 'service/a.go:1 slow {"a":1}',
    });
  });

  it.each(['plain words', '{broken', '{"level":"high"}'])('of any other kind stays: %s', (line) => {
    expect(parseLogLine(line, 'error')).toEqual({ level: 'error', text: line });
  });
});

it('is shown from the threshold on, and never when silent', () => {
  expect(isShown('warn', 'warn')).toBe(true);
  expect(isShown('info', 'warn')).toBe(false);
  expect(isShown('fatal', 'silent')).toBe(false);
});
