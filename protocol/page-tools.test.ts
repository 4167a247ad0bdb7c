import { describe, expect, it } from 'vitest';
import { decode } from './codec.ts';
import { mayBeOpened, pageRequest, type PageAction } from './page-tools.ts';

const asked = (action: object) =>
  decode(pageRequest, JSON.stringify({ callId: 'call_1', action })).ok;
const table = { kind: 'table', title: 'Sums', columns: ['A', 'B'], rows: [['1', '2']] };
const image = (source: string) => ({
  tool: 'show_image',
  card: { kind: 'image', title: 'Sun', description: 'A sun', source },
});

describe('what may be asked of the page', () => {
  it('is one of the things it knows, whole and with nothing beside', () => {
    const good: PageAction[] = [
      { tool: 'get_location', exact: false },
      { tool: 'open_link', url: 'https://example.org/a?b#c' },
      { tool: 'copy_text', text: 'Good day.' },
      { tool: 'set_theme', theme: 'dark' },
      {
        tool: 'show_chart',
        card: {
          kind: 'chart',
          title: 'Rain',
          shape: 'line',
          points: [{ label: 'May', value: 3 }],
          unit: 'mm',
        },
      },
    ];
    for (const action of good) expect(asked(action), action.tool).toBe(true);
    expect(asked({ tool: 'show_table', card: table })).toBe(true);
    expect(asked({ tool: 'run_script', text: 'alert(1)' })).toBe(false);
    expect(asked({ tool: 'set_theme', theme: 'dark', also: 'this' })).toBe(false);
    expect(asked({ tool: 'show_image', card: table })).toBe(false);
    expect(asked({ tool: 'show_table', card: { ...table, rows: [['1']] } })).toBe(false);
  });

  it('is no picture from elsewhere, and nothing but a picture', () => {
    expect(asked(image('data:image/png;base64,iVBORw0KGgo='))).toBe(true);
    expect(asked(image('https://example.org/sun.png'))).toBe(false);
    expect(asked(image('data:text/html;base64,PGI+'))).toBe(false);
    expect(asked(image('data:image/svg+xml,<svg onload="alert(1)"/>'))).toBe(false);
  });

  it('is refused when it is too large', () => {
    const rows = Array.from({ length: 100 }, () => ['x'.repeat(200), 'y'.repeat(200)]);
    expect(asked({ tool: 'show_table', card: { ...table, rows } })).toBe(false);
    expect(asked({ tool: 'copy_text', text: 'x'.repeat(6001) })).toBe(false);
  });
});

it('opens encrypted addresses without a name and password in them, and no others', () => {
  expect(mayBeOpened('https://example.org')).toBe(true);
  for (const address of [
    'http://example.org',
    'javascript:alert(1)',
    'data:text/html,hello',
    'https://bank.example@evil.example/',
    '//example.org',
    'https://',
  ]) {
    expect(mayBeOpened(address), address).toBe(false);
  }
});
