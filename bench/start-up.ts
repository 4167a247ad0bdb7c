import { gzipSync } from 'node:zlib';
import { firstLoad, firstLoadLimit } from '../e2e/fixtures/built-page.ts';
import { openChromium, openPage, untilReady } from './browser.ts';
import { report, spreadOf } from './report.ts';
import { startStack } from './running-stack.ts';

const starts = 10;

const stack = await startStack();
try {
  const times: number[] = [];
  const scripts = new Map<string, number>();
  for (let n = 0; n < starts; n += 1) {
    // A browser of its own each time, as for somebody who has just opened one.
    const browser = await openChromium();
    const page = await openPage(browser, stack.pageUrl);
    page.on('response', (response) => {
      const path = new URL(response.url()).pathname;
      if (!path.endsWith('.js') || scripts.has(path)) return;
      scripts.set(path, 0);
      void response.body().then((body) => scripts.set(path, gzipSync(body, { level: 9 }).length));
    });
    await page.goto('/');
    const button = page.getByRole('button', { name: 'Start talking' });
    await button.waitFor();
    const clickedAtMs = performance.now();
    await button.click();
    await untilReady(page);
    times.push(performance.now() - clickedAtMs);
    await browser.close();
  }
  const kilobytes = (sizes: ReadonlyMap<string, number>): number =>
    [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
  await report(
    'start-up',
    {
      'click to an assistant that listens, ms': spreadOf(times),
      'JavaScript before the first view, gzipped kB': spreadOf([kilobytes(firstLoad())]),
      'all JavaScript until the assistant listens, gzipped kB': spreadOf([kilobytes(scripts)]),
    },
    {
      budgetKb: firstLoadLimit / 1000,
      scripts: Object.fromEntries(scripts),
      times: times.map(Math.round),
    },
  );
} finally {
  await stack.stop();
}
