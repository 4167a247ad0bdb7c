import { describe, expect, it } from 'vitest';
import type { Past } from './intent.ts';
import { noPast, understand } from './understand.ts';

const calls = (said: string, past: Past = noPast) =>
  understand(said, past).map((intent) => ('tool' in intent ? [intent.tool, intent.args] : intent));

const phrasings: Readonly<Record<string, readonly [tool: string, args: object]>> = {
  "What's my location?": ['get_location', { exact: false }],
  'Where am I?': ['get_location', { exact: false }],
  'Do you know where I am?': ['get_location', { exact: false }],
  'What is my exact location?': ['get_location', { exact: true }],
  'Open wikipedia dot org.': ['open_link', { url: 'https://wikipedia.org' }],
  'Open Wikipedia.org, please': ['open_link', { url: 'https://wikipedia.org' }],
  'Could you go to the website news dot example dot com slash today?': [
    'open_link',
    { url: 'https://news.example.com/today' },
  ],
  'Copy that.': ['copy_text', {}],
  'Copy your last answer to my clipboard': ['copy_text', {}],
  'Put that in my clipboard': ['copy_text', {}],
  'Dark theme, please.': ['set_theme', { theme: 'dark' }],
  'Switch to dark mode': ['set_theme', { theme: 'dark' }],
  'Make the page light': ['set_theme', { theme: 'light' }],
  'Turn off dark mode.': ['set_theme', { theme: 'light' }],
  'Go dark': ['set_theme', { theme: 'dark' }],
};

describe('what is asked of the page in plain words', () => {
  it.each(Object.entries(phrasings))('%s', (said, intent) => {
    expect(calls(said)).toEqual([intent]);
  });

  it('leaves alone what only sounds alike', () => {
    for (const said of [
      'Open bracket 3 plus 4 close bracket times 2',
      'Is it dark in Tokyo?',
      'Remember that my favourite colour is dark',
      'Where did I park?',
      'Tell me a long story',
    ]) {
      const tools = calls(said).flatMap((call) => (Array.isArray(call) ? [call[0]] : []));
      for (const tool of Object.values(phrasings)) expect(tools, said).not.toContain(tool[0]);
    }
  });
});

describe('what came before, shown', () => {
  const timers = {
    timers: [
      { name: 'tea timer', secondsLeft: 60 },
      { name: 'egg timer', secondsLeft: 240 },
    ],
    say: 'You have two timers.',
  };
  const past: Past = { ...noPast, lastCalls: [{ tool: 'list_timers', args: {}, result: timers }] };

  it('becomes a table with a row for each thing', () => {
    expect(calls('Show me that as a table.', past)).toEqual([
      [
        'show_table',
        {
          title: 'List timers',
          columns: ['Name', 'Seconds left'],
          rows: [
            ['tea timer', '60'],
            ['egg timer', '240'],
          ],
        },
      ],
    ]);
  });

  it('becomes a chart, straight away or from the table', () => {
    const points = [
      { label: 'tea timer', value: 60 },
      { label: 'egg timer', value: 240 },
    ];
    const chart = ['show_chart', { title: 'List timers', shape: 'bars', points }];
    expect(calls('as a bar chart', past)).toEqual([chart]);
    const [table] = understand('as a table', past);
    const args = table && 'tool' in table ? table.args : {};
    const shown = { tool: 'show_table', args, result: { done: true, say: 'There is the table.' } };
    expect(calls('and as a chart', { ...noPast, lastCalls: [shown] })).toEqual([chart]);
  });

  it('is one row where it was one fact', () => {
    const sum = {
      tool: 'calculate',
      args: { expression: '17*23' },
      result: { result: 391, say: '' },
    };
    const [[, args] = []] = calls('put that in a table', { ...noPast, lastCalls: [sum] }) as [
      string,
      object,
    ][];
    expect(args).toMatchObject({ columns: ['Expression', 'Result'], rows: [['17*23', '391']] });
  });
});
