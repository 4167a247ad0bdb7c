import { expect, it } from 'vitest';
import { readWishes, type AttributeName } from './attributes.ts';

const wishesOf = (attributes: Partial<Record<AttributeName, string>>) =>
  readWishes((name) => attributes[name] ?? null, 'https://own.example');

it('needs nothing to be set', () => {
  expect(wishesOf({})).toMatchObject({
    server: 'https://own.example',
    theme: undefined,
    label: undefined,
    placement: 'inline',
    faults: [],
  });
  expect(wishesOf({ voice: ' ', theme: 'pink', placement: 'somewhere' })).toEqual(wishesOf({}));
});

it.each([
  ['https://parley.example', 'https://parley.example'],
  ['https://parley.example/', 'https://parley.example'],
  ['https://parley.example/api/token', 'https://parley.example'],
  ['https://example.com/voice/api/token/', 'https://example.com/voice'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('takes the server %s for %s', (given, server) => {
  expect(wishesOf({ server: given })).toMatchObject({ server, faults: [] });
});

it.each(['parley.example', '/api/token', 'wss://parley.example', 'https://a:b@parley.example'])(
  'says that %s is no server, and asks none but its own',
  (server) => {
    expect(wishesOf({ server })).toMatchObject({
      server: 'https://own.example',
      faults: [{ code: 'server_url_invalid', detail: `server="${server}"` }],
    });
  },
);

it('hands on what the assistant is to be, but for what no assistant can be', () => {
  const { settings, faults } = wishesOf({
    provider: 'openia',
    voice: 'marin',
    language: 'vi',
    instructions: 'Answer in verse.',
  });
  expect(settings).toMatchObject({
    voice: 'marin',
    language: 'vi',
    instructions: 'Answer in verse.',
  });
  expect(settings.provider).toBeUndefined();
  expect(faults).toEqual([{ code: 'settings_refused', detail: 'provider="openia"' }]);
});

it('lets the assistant do nothing in a page that is not its own', () => {
  expect(wishesOf({}).settings.toolsOff).toContain('open_link');
  expect(wishesOf({}).settings.toolsOff).toContain('get_location');
});
