import { parseArgs } from 'node:util';
import { browserNames, type BrowserName } from '../../server/launcher/browsers.ts';

/** What a run is asked for: `--browser chromium` for one browser alone, and numbers of the benchmark's own. */
export function readArguments(numbers: Readonly<Record<string, number>>): {
  browsers: readonly BrowserName[];
  numbers: Record<string, number>;
} {
  const names = Object.keys(numbers);
  const options = Object.fromEntries(
    ['browser', ...names].map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ options });
  const given: Readonly<Record<string, string | boolean | undefined>> = values;
  const browsers = browserNames.filter((name) => (given['browser'] ?? name) === name);
  if (browsers.length === 0) throw new Error(`--browser is ${browserNames.join(' or ')}.`);
  const read = names.map((name) => {
    const value = Number(given[name] ?? numbers[name]);
    if (!(value >= 0)) throw new Error(`--${name} is a number.`);
    return [name, value] as const;
  });
  return { browsers, numbers: Object.fromEntries(read) };
}
