import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from './folder.ts';
import { GivenKnowledge } from './given.ts';

const silent = { info: () => undefined, warn: () => undefined };
const folder = fileURLToPath(new URL('../../knowledge', import.meta.url));
const given = () => new GivenKnowledge(createKnowledge(folder, silent));
const text = (words: string) => Buffer.from(words);
const boiler = text('# Boiler\n\nThe boiler in the cellar is serviced by Hartmann every March.');

describe('documents given in a conversation', () => {
  it('are answered from beside those that were there', async () => {
    const knowledge = given();
    expect(await knowledge.add('1', 'house.md', boiler)).toBe(1);
    const [best] = await knowledge.search('Who services the boiler?');
    expect(best).toMatchObject({ file: 'house.md', heading: 'Boiler' });
    expect(best?.answer).toContain('Hartmann');
    const [own] = await knowledge.search('How do I interrupt you?');
    expect(own?.file).not.toBe('house.md');
  });

  it('are found no more once they are forgotten, nor in any other conversation', async () => {
    const knowledge = given();
    await knowledge.add('1', 'house.md', boiler);
    const files = async (one: GivenKnowledge) =>
      (await one.search('boiler serviced by')).map(({ file }) => file);
    expect(await files(given())).not.toContain('house.md');
    expect(await files(knowledge)).toContain('house.md');
    knowledge.forget('1');
    expect(await files(knowledge)).not.toContain('house.md');
    expect(knowledge.count).toBe(0);
  });

  it('are refused with a reason where they cannot be read', async () => {
    const knowledge = given();
    await expect(knowledge.add('1', 'tool.exe', text('MZ'))).rejects.toThrow('no kind');
    await expect(knowledge.add('2', 'a.txt', Buffer.from([1, 0, 2]))).rejects.toThrow('not text');
    await expect(knowledge.add('3', 'a.txt', text(' \n'))).rejects.toThrow('no text');
    await expect(knowledge.add('4', 'a.txt', Buffer.alloc(3_000_000, 'a'))).rejects.toThrow('2 MB');
    await expect(knowledge.add('5', 'a.pdf', text('not a pdf'))).rejects.toThrow();
    expect(knowledge.count).toBe(0);
  });
});
