import { expect, it } from 'vitest';
import { decodeAnswer, encodeOffer } from './description.ts';

const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';

it('writes an offer as base64 of a description in JSON', () => {
  expect(JSON.parse(atob(encodeOffer(sdp)))).toEqual({ type: 'offer', sdp });
});

it('reads an answer in JSON, and one that is bare', () => {
  const answer = { type: 'answer', sdp };
  expect(decodeAnswer(btoa(JSON.stringify(answer)))).toEqual(answer);
  expect(decodeAnswer(btoa(sdp))).toEqual(answer);
});

it.each(['%%', btoa('hello'), btoa('{"type":"offer","sdp":""}')])('refuses %s', (base64) => {
  expect(() => decodeAnswer(base64)).toThrow(/base64|description/);
});
