import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '#protocol/codec.ts';
import {
  pageRequest,
  type PageAction,
  type PageRequest,
  type PageResponse,
} from '#protocol/page-tools.ts';
import { pageActions } from './page-actions.ts';
import { pageCards } from './page-cards.ts';

/** A page that answers like this; what reaches it has passed the protocol. */
function tools(answer: PageResponse, lastReply?: string) {
  const asked: PageAction[] = [];
  const page = {
    ask: (request: PageRequest) => {
      const received = decode(pageRequest, encode(pageRequest, request));
      if (!received.ok) throw new Error(received.reason);
      asked.push(received.value.action);
      return Promise.resolve(answer);
    },
  };
  const context = new llm.ToolContext([
    ...pageActions({ page, lastReply: () => lastReply }),
    ...pageCards(page),
  ]);
  const use = async (name: string, args: object) => {
    const options = { toolCallId: 'call_1', abortSignal: new AbortController().signal };
    const tool = context.getFunctionTool(name);
    return (await tool?.execute(args, options as llm.ToolOptions)) as Record<string, unknown>;
  };
  return { asked, use };
}

const done: PageResponse = { outcome: 'done' };

describe('the tools that the page carries out', () => {
  it('say what was done once it is done, and with the place what it is', async () => {
    const place = { latitude: 51.5, longitude: -0.1, accuracyM: 12_000 };
    const { use } = tools({ outcome: 'done', place });
    expect(await use('get_location', {})).toMatchObject({
      latitude: 51.5,
      say: 'Your browser puts you at 51.5 degrees north and 0.1 degrees west, give or take 12 kilometres.',
    });
    expect((await use('set_theme', { theme: 'dark' }))['say']).toBe('The page is dark now.');
    expect((await use('open_link', { url: 'https://www.wikipedia.org' }))['say']).toBe(
      'I have opened wikipedia.org.',
    );
  });

  it('tell plainly why nothing was done', async () => {
    const no = tools({ outcome: 'not_done', why: 'no' });
    expect(await no.use('set_theme', { theme: 'dark' })).toMatchObject({
      done: false,
      say: 'All right, I will leave that.',
    });
    const off = tools({ outcome: 'not_done', why: 'off' });
    expect((await off.use('get_location', {}))['say']).toContain('switched off');
  });

  it('copy what was said last unless they are given a text', async () => {
    const { asked, use } = tools(done, 'It is 391.');
    await use('copy_text', {});
    await use('copy_text', { text: 'Milk' });
    expect(asked.map((action) => 'text' in action && action.text)).toEqual(['It is 391.', 'Milk']);
    const silent = tools(done);
    expect((await silent.use('copy_text', {}))['say']).toBe('There is nothing to copy yet.');
    expect(silent.asked).toHaveLength(0);
  });

  it('never ask the page for what it would refuse', async () => {
    const { asked, use } = tools(done);
    expect(await use('open_link', { url: 'http://example.org' })).toMatchObject({ done: false });
    expect(await use('open_link', { url: 'javascript:alert(1)' })).toMatchObject({ done: false });
    expect(
      await use('show_image', { title: 'x', description: 'x', svg: '<b>x</b>' }),
    ).toMatchObject({ done: false });
    const large = `<svg>${'x'.repeat(9000)}</svg>`;
    expect(await use('show_image', { title: 'x', description: 'x', svg: large })).toMatchObject({
      done: false,
    });
    const wide = Array.from({ length: 100 }, () => ['x'.repeat(200), 'y'.repeat(200)]);
    expect(await use('show_table', { title: 'x', columns: ['a', 'b'], rows: wide })).toMatchObject({
      done: false,
    });
    expect(asked).toHaveLength(0);
  });

  it('cut off what is longer than a card may be, and leave out what is beyond it', async () => {
    const { asked, use } = tools(done);
    const long = 'x'.repeat(1000);
    const points = Array.from({ length: 50 }, (_, value) => ({ label: long, value }));
    await use('show_chart', { title: ` ${long} `, points, unit: long });
    const rows = Array.from({ length: 200 }, () => ['1']);
    await use('show_table', { title: 'x', columns: Array(20).fill(''), rows });
    const svg = '<svg viewBox="0 0 1 1"/>';
    await use('show_image', { title: long, description: '', svg });
    const [chart, table, image] = asked.map((action) => 'card' in action && action.card);
    expect(chart).toMatchObject({ shape: 'bars', title: `${long.slice(0, 119)}…` });
    expect(chart).toHaveProperty('points.length', 40);
    expect(chart).toHaveProperty('points.39', { label: `${long.slice(0, 59)}…`, value: 39 });
    expect(chart).toHaveProperty('unit', `${long.slice(0, 19)}…`);
    expect(table).toHaveProperty('columns.length', 8);
    expect(table).toHaveProperty('rows.length', 100);
    expect(table).toHaveProperty('rows.0', ['1', '', '', '', '', '', '', '']);
    expect(image).toHaveProperty('description', `${long.slice(0, 119)}…`);
  });

  it.each([
    [-33.87, 151.2, 400, '33.9 degrees south and 151.2 degrees east, give or take 400 metres'],
    [0, 0, 1000, '0 degrees north and 0 degrees east, give or take a kilometre'],
  ])('say of %d, %d where that is', async (latitude, longitude, accuracyM, where) => {
    const { use } = tools({ outcome: 'done', place: { latitude, longitude, accuracyM } });
    const { say } = await use('get_location', {});
    expect(say).toBe(`Your browser puts you at ${where}.`);
  });

  it('mend what a model gets nearly right', async () => {
    const { asked, use } = tools(done);
    await use('show_table', { title: '', columns: ['a', 'b'], rows: [['1'], ['1', '2', '3']] });
    await use('show_image', { title: 'Sun', description: '', svg: ' <svg viewBox="0 0 1 1"/>' });
    expect(asked[0]).toMatchObject({
      card: {
        title: 'Table',
        rows: [
          ['1', ''],
          ['1', '2'],
        ],
      },
    });
    const [, image] = asked;
    const source = image?.tool === 'show_image' ? image.card.source : '';
    expect(atob(source.split(',')[1] ?? '')).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    );
  });
});
