import { describe, expect, it } from 'vitest';
import { chooseRunners, readPlaywrightReport, readVitestReport } from './test-run.ts';

describe('the sums', () => {
  it('of the unit tests count a file that cannot be loaded as a failure', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        {
          name: 'rooms.test.ts',
          status: 'failed',
          assertionResults: [
            {
              fullName: 'a room opens',
              status: 'failed',
              failureMessages: ['Error: it is shut\n    at rooms.test.ts:3'],
            },
          ],
        },
        { name: 'doors.test.ts', status: 'failed', message: 'No such key', assertionResults: [] },
        {
          name: 'keys.test.ts',
          status: 'passed',
          assertionResults: [{ fullName: 'a key turns', status: 'passed', failureMessages: [] }],
        },
      ],
    };
    expect(readVitestReport(report)).toEqual({
      passed: 5,
      failed: 2,
      skipped: 3,
      failures: ['doors.test.ts: No such key', 'rooms.test.ts › a room opens: Error: it is shut'],
    });
  });

  it('of the browser tests count a second try that passed, and errors outside of tests', () => {
    const report = {
      stats: { expected: 3, unexpected: 1, skipped: 2, flaky: 1 },
      errors: [{ message: 'the stack did not start' }],
      suites: [
        {
          specs: [],
          suites: [
            {
              specs: [
                {
                  title: 'a room opens',
                  file: 'rooms.spec.ts',
                  line: 12,
                  tests: [
                    { projectName: 'chromium', status: 'expected', results: [{}] },
                    {
                      projectName: 'firefox',
                      status: 'unexpected',
                      results: [
                        {
                          errors: [{ message: '\u001b[31mError: it is shut\u001b[39m\n\n  at 3' }],
                          attachments: [
                            { name: 'screenshot', contentType: 'image/png', body: 'AAAA' },
                            {
                              name: 'transcript',
                              contentType: 'text/plain',
                              body: Buffer.from('You: Hello.').toString('base64'),
                            },
                          ],
                        },
                        { errors: [{ message: 'Error: too late' }] },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    };
    expect(readPlaywrightReport(report)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
      failures: [
        'the stack did not start',
        [
          '[firefox] rooms.spec.ts:12 › a room opens',
          'try 1',
          '    Error: it is shut',
          '    at 3',
          '    transcript: You: Hello.',
          'try 2',
          '    Error: too late',
        ].join('\n'),
      ],
    });
  });

  it('refuse what is no report', () => {
    expect(() => readVitestReport({})).toThrow();
    expect(() => readPlaywrightReport({})).toThrow();
  });
});

it.each([
  [[], ['vitest', 'playwright']],
  [['--bail=1'], ['vitest', 'playwright']],
  [['server/http/app.test.ts'], ['vitest']],
  [['e2e/talk.spec.ts:12', '--headed'], ['playwright']],
  [['--project=firefox'], ['playwright']],
])('with arguments %j runs %j', (args, names) => {
  expect(chooseRunners(args)).toEqual(names);
});
