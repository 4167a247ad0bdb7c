import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './test.ts';

/** What a site's visitor fetches at most before and while talking, gzipped, without the weights of the detector. */
const limitBytes = 300_000;

test('the assistant of a site comes to less than it may weigh', () => {
  const folder = join(import.meta.dirname, '../dist/page/embed');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !file.startsWith('react-example'),
  );
  expect(files.length).toBeGreaterThan(10);
  const sizes = files.map((file) => gzipSync(readFileSync(join(folder, file))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(limitBytes);
});
