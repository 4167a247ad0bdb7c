import fc, { type Arbitrary, type Parameters } from 'fast-check';

/** `npm run fuzz` looks further than the tests do. */
const { env = {} } = import.meta as { readonly env?: Readonly<Record<string, unknown>> };
const isLong = env['MODE'] === 'fuzz';

/**
 * Ten thousand cases, or a share of them, the same ones each time, so that a change alone can make a test fail. The long run
 * takes thirty times as many, others each time; their seed stands in its report.
 */
export function fuzzing(share = 1): Parameters<unknown> {
  // fast-check never ends on a number of runs that is not whole, as 0.035 times ten thousand comes out.
  return isLong
    ? { numRuns: Math.round(share * 300_000) }
    : { numRuns: Math.round(share * 10_000), seed: 1 };
}

/** How long a test of one property may take, in ms. */
export const fuzzingLimitMs = isLong ? 11 * 60_000 : 90_000;

/** Text as somebody sends it who means harm, or who knows no better. */
export const hostileText: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 200 },
  {
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\u202e\u2066gnp.exe',
      '<img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      '__proto__',
      'constructor',
      'toString',
      '../../etc/passwd',
      '${jndi:ldap://x}',
      '%00%ff%zz',
      'NaN',
      '-0',
      '1e999',
    ),
    weight: 200,
  },
  { arbitrary: fc.constantFrom('9'.repeat(400), '𝔘'.repeat(2500)), weight: 20 },
  { arbitrary: fc.constant('x'.repeat(70_000)), weight: 1 },
);

/** Any value that JSON can hold, numbers and keys included that few programs expect. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1e308, 5e-324, 2 ** 53, 0.1, [], {}),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(hostileText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
  fc.integer({ min: 1, max: 2000 }).map((depth) => nested(depth)),
);

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** One or a few changes to a sound message: a part replaced, left out, added, doubled. */
export function mutated(sound: readonly unknown[]): Arbitrary<unknown> {
  const change = fc.record({
    /** Which of all parts, as a share of their number. */
    where: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('replace', 'remove', 'add', 'double'),
    name: hostileText,
    value: hostileValue,
  });
  return fc
    .tuple(fc.constantFrom(...sound), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([message, changes]) => {
      let result: unknown = structuredClone(message);
      for (const { where, how, name, value } of changes) {
        const places = placesIn(result);
        const at = places[Math.floor(where * (places.length - 1))] ?? [];
        result = changed(result, at, (part) => {
          if (how === 'replace') return value;
          if (how === 'double') return [part, part];
          if (how === 'add' && isObject(part)) return { ...part, [name]: value };
          return how === 'remove' ? undefined : value;
        });
      }
      return result;
    });
}

/** What comes over a wire that carries JSON: mutations of sound messages, other JSON, and text that is none. */
export function hostileJson(sound: readonly unknown[]): Arbitrary<string> {
  const broken = fc
    .tuple(fc.constantFrom(...sound), fc.nat(), hostileText)
    .map(([message, at, text]) => {
      const json = JSON.stringify(message);
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + text + (at % 3 === 0 ? '' : json.slice(cut + 1));
    });
  return fc.oneof(
    { arbitrary: mutated(sound).map((message) => JSON.stringify(message ?? null)), weight: 6 },
    { arbitrary: hostileValue.map((value) => JSON.stringify(value)), weight: 1 },
    { arbitrary: broken, weight: 2 },
    { arbitrary: hostileText, weight: 1 },
  );
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, at: Path = [], found: Path[] = []): Path[] {
  // What is put in may be nested without end; what lies that deep is no part of a message.
  if (at.length > 12) return found;
  found.push(at);
  if (Array.isArray(value)) value.forEach((part, i) => placesIn(part, [...at, i], found));
  else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) placesIn(part, [...at, key], found);
  }
  return found;
}

function changed(
  value: unknown,
  [key, ...rest]: Path,
  change: (part: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((part: unknown, i) => (i === key ? changed(part, rest, change) : part));
  }
  if (!isObject(value)) return value;
  return { ...value, [key]: changed(value[key], rest, change) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
