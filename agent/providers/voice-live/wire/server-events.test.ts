import { describe, expect, it } from 'vitest';
import { readServerEvent } from './server-events.ts';

const read = (event: object) => readServerEvent(JSON.stringify(event));

describe('reading what the service says', () => {
  it('takes items of any kind, with whatever is absent or new in them', () => {
    const item = { id: 'i', type: 'mcp_call', object: 'realtime.item', output: null, later: {} };
    for (const type of ['response.output_item.added', 'response.output_item.done'])
      expect(read({ type, response_id: 'r', output_index: 0, item })).toMatchObject({
        kind: 'event',
        event: { item: { id: 'i', type: 'mcp_call' } },
      });
  });

  it('leaves out events that it does not know', () => {
    expect(read({ type: 'rate_limits.updated' })).toEqual({
      kind: 'unknown',
      type: 'rate_limits.updated',
    });
  });

  it.each([
    ['{', /not JSON/],
    ['[]', /without a type/],
    ['{"type":"response.created"}', /response\.created with a wrong response/],
    ['{"type":"response.audio.delta","response_id":"r"}', /item_id, delta/],
  ])('says what is wrong with %s', (text, detail) => {
    expect(readServerEvent(text)).toMatchObject({
      kind: 'malformed',
      detail: expect.stringMatching(detail) as string,
    });
  });
});
