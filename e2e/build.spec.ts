import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsOf } from '../logging/secrets.ts';
import { firstLoad, firstLoadLimit } from './fixtures/built-page.ts';
import { emulatedEnvironment } from './providers/control/ports.ts';
import { stack } from './stack/stack.ts';
import { expect, oneBrowser, test } from './test.ts';

test(
  'nothing that is sent to a browser holds a secret of the server, or its name',
  oneBrowser,
  async ({ request }) => {
    const secrets = secretsOf({ ...process.env, ...stack.env, ...emulatedEnvironment });
    expect(secrets.length).toBeGreaterThan(0);
    const folder = join(import.meta.dirname, '..', 'dist', 'page');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && /\.(js|mjs|css|html|map|webmanifest)$/.test(file.name))
      .map((file) => join(file.parentPath, file.name));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      for (const secret of secrets) expect(text.includes(secret), file).toBe(false);
      expect(text, file).not.toMatch(/LIVEKIT_API_SECRET|PARLEY_TOKEN_SECRET|[A-Z]+_API_KEY=/);
    }

    const answer = await request.get('/');
    expect(answer.headers()['set-cookie']).toBeUndefined();
    const policy = answer.headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
  },
);

test('what has to be loaded before one can press a button is little', oneBrowser, () => {
  const sizes = firstLoad();
  // One file alone would mean that its imports were not found.
  expect(sizes.size).toBeGreaterThan(5);
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'first load', description: `${bytes} bytes, gzipped` });
  expect(bytes).toBeLessThanOrEqual(firstLoadLimit);
});
