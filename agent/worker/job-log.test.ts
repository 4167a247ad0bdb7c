import { initializeLogger, log } from '@livekit/agents';
import { expect, it, vi } from 'vitest';
import { logAbout } from './job-log.ts';

it('names the conversation in every line, the last one after another, and leaves out what was said', () => {
  const written: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
  try {
    initializeLogger({ pretty: false, level: 'info' });
    for (const id of ['first', 'second']) {
      logAbout(id);
      // As the framework does: a child of its own, made once the conversation has begun.
      const framework = log().child({ speech_id: 's' });
      framework.info(
        { 'lk.pii.message': 'My secret is a parsnip.', cut: false },
        'playout completed',
      );
    }
  } finally {
    output.mockRestore();
  }
  const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ conversation }) => conversation)).toEqual([
    'first',
    'first',
    'second',
    'second',
  ]);
  expect(lines[1]).toMatchObject({ msg: 'playout completed', speech_id: 's', cut: false });
  expect(written.join('')).not.toContain('parsnip');
});
