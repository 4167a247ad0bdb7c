import { expect, oneBrowser, test } from './test.ts';

interface Manifest {
  readonly name: string;
  readonly start_url: string;
  readonly display: string;
  readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[];
}

test.use({ serviceWorkers: 'allow' });

test(
  'what is installed is a whole app, with icons of the sizes that it names',
  oneBrowser,
  async ({ page, request }) => {
    await page.goto('/');
    const link = await page.locator('link[rel=manifest]').getAttribute('href');
    const answer = await request.get(link ?? '');
    expect(answer.headers()['content-type']).toContain('application/manifest+json');
    const manifest = (await answer.json()) as Manifest;
    expect(manifest).toMatchObject({ name: 'Parley', start_url: '/', display: 'standalone' });
    const drawn = manifest.icons.filter(({ type }) => type === 'image/png');
    expect(drawn.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(drawn.map(({ purpose }) => purpose)).toContain('maskable');
    for (const { src, sizes } of drawn) {
      const png = await (await request.get(src)).body();
      // Width and height stand in the first chunk: https://www.w3.org/TR/png/#11IHDR
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  },
);

test('without a network the page opens, says that talking needs one, and the Lab opens too', async ({
  parley,
  page,
  context,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Tried in Chromium alone so far.');
  await parley.open();
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 45_000 })
    .toBe('activated');
  // Opened with a room: nothing of it may be kept.
  await page.goto('/#url=ws://localhost:1&token=not-to-be-kept');
  await context.setOffline(true);
  await page.goto('/');
  await expect(page.getByText('Talking needs the network.')).toBeVisible();
  await parley.button('Start talking').click();
  await expect(parley.problems).toBeVisible();

  await page.goto('/lab');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();

  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((url) => /\/api\/|not-to-be-kept/.test(url))).toEqual([]);
  await context.setOffline(false);
});
