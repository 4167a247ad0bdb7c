import type { Browser, Page } from '@playwright/test';
import type { BrowserName } from '../../server/launcher/browsers.ts';
import { roomToken } from '../../e2e/stack/tokens.ts';
import { untilReady } from '../browser.ts';
import type { RunningStack } from '../running-stack.ts';
import type { Talker } from './interrupted-replies.ts';
import type { BenchPages } from './pages/serve.ts';
import { openContext } from './real-browser.ts';
import { joinStockAgent } from './stock-agent.ts';
import { watchDetectors } from './watched-detector.ts';

/** An interruption that was not understood gets no answer. */
const answerLimitMs = 4000;

interface OpenTalker extends Talker {
  readonly page: Page;
  close(): Promise<void>;
}

/** Parley as a person has it, with its own assistant, which tells its long story. */
export async function openParley(
  browser: Browser,
  name: BrowserName,
  { pageUrl }: RunningStack,
): Promise<OpenTalker> {
  const context = await openContext(browser, name);
  await watchDetectors(context);
  const page = await context.newPage();
  await page.goto(pageUrl);
  await page.getByRole('button', { name: 'Start talking' }).click();
  await untilReady(page);
  const message = page.getByRole('textbox', { name: 'Message' });
  const speaking = page.locator('[data-presence="speaking"]');
  let isFirst = true;
  return {
    page,
    async speak() {
      // What the person said when cutting in is answered first, or that answer would take the story's place.
      if (!isFirst) await speaking.waitFor({ timeout: answerLimitMs }).catch(() => undefined);
      isFirst = false;
      await message.fill('Tell me a long story.');
      await message.press('Enter');
    },
    close: () => context.close(),
  };
}

/** A page with LiveKit's client alone, and the framework's agent with its defaults, which says the same story. */
export async function openStock(
  browser: Browser,
  name: BrowserName,
  { livekitUrl }: RunningStack,
  pages: BenchPages,
  speech: { samples: Int16Array; rateHz: number },
): Promise<OpenTalker> {
  const room = `bench-stock-${name}-${Date.now()}`;
  const context = await openContext(browser, name);
  const page = await context.newPage();
  const token = await roomToken({ room });
  const options = new URLSearchParams({ url: livekitUrl, token });
  await page.goto(`${pages.url}/stock#${options.toString()}`);
  await start(page);
  const agent = await joinStockAgent(livekitUrl, room, speech);
  return {
    page,
    speak() {
      agent.speak();
      return Promise.resolve();
    },
    async close() {
      await agent.leave();
      await context.close();
    },
  };
}

/** No assistant at all: a tone that ends in the page's own audio thread as soon as the microphone is loud. */
export async function openFloor(
  browser: Browser,
  name: BrowserName,
  pages: BenchPages,
): Promise<OpenTalker> {
  const context = await openContext(browser, name);
  const page = await context.newPage();
  await page.goto(`${pages.url}/floor`);
  await start(page);
  return { page, speak: () => Promise.resolve(), close: () => context.close() };
}

async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForFunction(() => document.title === 'joined');
}
