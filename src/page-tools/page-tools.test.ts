import { describe, expect, it } from 'vitest';
import { decode, encode } from '#protocol/codec.ts';
import { pageRequest, pageResponse, type Card, type PageAction } from '#protocol/page-tools.ts';
import { TokenBucket } from '#protocol/token-bucket.ts';
import type { Answer, Question } from '../approval/question.ts';
import { PageTools } from './page-tools.ts';
import { placeAsTold } from './place.ts';

const dark: PageAction = { tool: 'set_theme', theme: 'dark' };
const light: PageAction = { tool: 'set_theme', theme: 'light' };

/** A page whose person answers as told, the last answer over and over. */
function pageOf(...answers: Answer[]) {
  const asked: Question[] = [];
  const done: PageAction[] = [];
  const shown: [string, Card][] = [];
  const off: string[] = [];
  const tools = new PageTools(
    {
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(answers[asked.length - 1] ?? answers.at(-1) ?? 'no');
      },
      off: () => off,
      show: (callId, card) => void shown.push([callId, card]),
    },
    (action) => {
      done.push(action);
      return { outcome: 'done' };
    },
    new TokenBucket(6, 1, () => 0),
  );
  const want = async (action: PageAction, callId = 'call_1') => {
    const answer = decode(
      pageResponse,
      await tools.answer(encode(pageRequest, { callId, action })),
    );
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };
  return { asked, done, shown, off, tools, want };
}

describe('what the assistant may do in the page', () => {
  it('is asked about each time, and done only after a yes', async () => {
    const { asked, done, want } = pageOf('once', 'no');
    expect(await want(dark)).toEqual({ outcome: 'done' });
    expect(await want(light)).toEqual({ outcome: 'not_done', why: 'no' });
    expect(asked).toHaveLength(2);
    expect(done).toEqual([dark]);
  });

  it('is not asked about again where it was allowed for the conversation; anything else is', async () => {
    const { asked, done, want } = pageOf('conversation', 'no');
    await want(dark);
    expect(await want(light)).toEqual({ outcome: 'done' });
    expect(asked).toHaveLength(1);
    expect(await want({ tool: 'copy_text', text: 'x' })).toMatchObject({ why: 'no' });
    expect(done).toEqual([dark, light]);
  });

  it('asks for the exact place even where the rough one is allowed, and for every link', async () => {
    const { asked, want } = pageOf('conversation');
    const link: PageAction = { tool: 'open_link', url: 'https://example.org/' };
    await want({ tool: 'get_location', exact: false });
    await want({ tool: 'get_location', exact: true });
    await want(link);
    await want(link);
    expect(asked).toHaveLength(4);
  });

  it('is neither asked about nor done where it is switched off', async () => {
    const { asked, off, want } = pageOf('conversation');
    await want(dark);
    off.push('set_theme');
    expect(await want(light)).toEqual({ outcome: 'not_done', why: 'off' });
    expect(asked).toHaveLength(1);
  });

  it('puts a card beside the call that it belongs to', async () => {
    const card = { kind: 'table', title: 'Sums', columns: ['A'], rows: [['1']] } as const;
    const { shown, want } = pageOf('once');
    await want({ tool: 'show_table', card: { ...card, columns: ['A'], rows: [['1']] } }, 'call_7');
    expect(shown).toEqual([['call_7', card]]);
  });

  it('has an end: who asks without pause is refused without a question', async () => {
    const { asked, want } = pageOf('no');
    for (let call = 0; call < 6; call += 1) await want(dark);
    expect(await want(dark)).toEqual({ outcome: 'not_done', why: 'too_many' });
    expect(asked).toHaveLength(6);
  });

  it('refuses what it cannot read, and asks nobody', async () => {
    const { asked, tools } = pageOf('once');
    await expect(tools.answer('{"callId":"1","action":{"tool":"eval"}}')).rejects.toThrow();
    await expect(tools.answer('x'.repeat(20_000))).rejects.toThrow('over the limit');
    expect(asked).toHaveLength(0);
  });
});

it('tells a place to some ten kilometres, and exactly only where that was allowed', () => {
  const home = { latitude: 51.50735, longitude: -0.12776, accuracyM: 20 };
  expect(placeAsTold(home, true)).toEqual(home);
  const rough = placeAsTold(home, false);
  expect(rough).toMatchObject({ latitude: 51.5, longitude: -0.1 });
  expect(rough.accuracyM).toBeGreaterThan(10_000);
});
