import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzing, fuzzingLimitMs, hostileJson, hostileText } from '#protocol/testing/fuzzing.ts';
import { parseLink } from './link.ts';
import { checkTarget, roomOfToken } from './target.ts';

const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const claims = { video: { room: 'r', roomJoin: true }, sub: 'ada', exp: inAnHour };
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const token = hostileJson([claims]).map((json) => `e30.${base64url(json)}.c2ln`);
const address = fc.oneof(
  fc.constantFrom('wss://x.example', 'ws://127.0.0.1:7880', 'http://[::1]', 'wss://a@b', 'data:,x'),
  fc.webUrl(),
  hostileText,
);

it(
  'reads any link as a target or as none, and says of each target what is wrong with it',
  () => {
    const fragment = fc.oneof(
      fc.tuple(address, fc.oneof(token, hostileText)).map(([url, given]) => {
        const fields = new URLSearchParams({ url, token: given });
        return `#${fields.toString()}`;
      }),
      hostileText.map((text) => `#url=${text}&token=${text}`),
      hostileText,
    );
    fc.assert(
      fc.property(fragment, fc.constantFrom('https:', 'http:'), (link, protocol) => {
        const target = parseLink(link);
        if (!target) return;
        expect(target.serverUrl).not.toBe('');
        const problem = checkTarget(target, Date.now(), { protocol });
        if (problem) {
          expect(problem.code).toMatch(/^(server_url_invalid|token_malformed|token_expired)$/);
          return;
        }
        expect(['ws:', 'wss:', 'http:', 'https:']).toContain(new URL(target.serverUrl).protocol);
        expect(roomOfToken(target.token)).not.toBe('');
        expect(typeof roomOfToken(target.token)).toBe('string');
      }),
      fuzzing(),
    );
  },
  fuzzingLimitMs,
);
