import { describe, expect, it } from 'vitest';
import { ReplyLog } from './reply-log.ts';

async function speak(log: ReplyLog, ...chunks: string[]): Promise<string> {
  let passed = '';
  for await (const chunk of log.follow(ReadableStream.from(chunks))) passed += chunk;
  return passed;
}

describe('reply log', () => {
  it('passes the text on unchanged', async () => {
    expect(await speak(new ReplyLog(), 'Once upon ', 'a time.')).toBe('Once upon a time.');
  });

  it('divides a cut reply into what was heard and what was not', async () => {
    const log = new ReplyLog();
    await speak(log, 'Once upon a time ', 'there was a lighthouse.');
    expect(log.cut('Once upon a')).toEqual({
      heard: 'Once upon a',
      unheard: 'time there was a lighthouse.',
    });
  });

  it('gives the whole of a reply back when not a word of it was heard', async () => {
    const log = new ReplyLog();
    await speak(log, 'An earlier reply.');
    log.finish('An earlier reply.');
    await speak(log, 'Never spoken.');
    expect(log.cut('')).toEqual({ heard: '', unheard: 'Never spoken.' });
  });

  it('finds the reply among several that wait their turn', async () => {
    const log = new ReplyLog();
    await speak(log, 'First things first.');
    await speak(log, 'Second comes second.');
    expect(log.cut('First things')).toEqual({ heard: 'First things', unheard: 'first.' });
    expect(log.cut('Second')).toEqual({ heard: 'Second', unheard: 'comes second.' });
  });

  it('knows what is being said and what was said last', async () => {
    const log = new ReplyLog();
    await speak(log, 'An earlier reply.');
    log.finish('An earlier reply.');
    await speak(log, 'The one that follows.');
    expect(log.latest).toBe('An earlier reply. The one that follows.');
    log.cut('The one');
    expect(log.latest).toBe('The one that follows.');
  });

  it('does not grow over a long conversation', async () => {
    const log = new ReplyLog();
    for (let turn = 0; turn < 100; turn += 1) await speak(log, `Reply ${turn}.`);
    expect(log.cut('Reply 3')).toEqual({ heard: 'Reply 3', unheard: '' });
    expect(log.cut('Reply 99')).toEqual({ heard: 'Reply 99', unheard: '.' });
  });
});
