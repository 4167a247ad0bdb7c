import type { Page } from '@playwright/test';
import { Emulated } from './providers/control/emulated.ts';
import { startShop } from './providers/realtime/test-mcp-server.ts';
import { Settings } from './settings.ts';
import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

const service = new Emulated('voice-live');
const name = 'Azure Voice Live';

test(
  'a tool that the service runs itself is run only with a yes in the page',
  oneBrowser,
  async ({ parley, page }) => {
    const shop = await startShop();
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith(name);
    await settings.write('MCP server', shop.url);
    const question = page.getByRole('dialog', { name: 'May this tool be run?' });

    // The service fetches the list of the server's tools by itself, and does without them until it is there.
    await expect(async () => {
      await parley.type('What is the status of order 17?');
      await expect(question).toContainText('order_status', { timeout: 5000 });
    }).toPass();
    await expect(question).toContainText('17');
    await question.getByRole('button', { name: 'No', exact: true }).click();
    await expect(parley.said('Assistant').last()).toContainText('not allowed');
    expect(shop.asked).toEqual([]);

    await parley.type('What is the status of order 18?');
    await question.getByRole('button', { name: 'Allow in this conversation' }).click();
    await expect(parley.said('Assistant').last()).toContainText('Order 18 is on its way');
    await parley.type('What is the status of order 19?');
    await expect(parley.said('Assistant').last()).toContainText('Order 19 is on its way');
    expect(shop.asked).toEqual([18, 19]);
    await shop.stop();
  },
);

declare global {
  interface Window {
    /** Every connection that the page has made. */
    peers: RTCPeerConnection[];
  }
}

/** Lets a test look at the connections of a page that is still to be opened. */
async function keepPeers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.peers = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...settings: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...settings);
        window.peers.push(this);
      }
    };
  });
}

/** The state of the connection that was made with the servers which the service names. */
function avatarConnection(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const usesServiceServers = (peer: RTCPeerConnection): boolean =>
      (peer.getConfiguration().iceServers ?? []).some(({ username }) => username === 'avatar');
    return window.peers.find(usesServiceServers)?.connectionState;
  });
}

test(
  'an avatar is seen while it speaks, and is gone with the conversation',
  thoroughInFirefox,
  async ({ parley, page, speech }) => {
    await keepPeers(page);
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith(name);
    await settings.write('Avatar', 'lisa');
    const video = page.getByLabel('The face of the assistant');
    await expect(video).toHaveJSProperty('videoWidth', 160);
    await expect.poll(() => avatarConnection(page)).toBe('connected');

    await parley.speaker.record();
    const askedAtMs = await parley.speaker.now();
    await parley.type('What is seventeen times twenty-three?');
    await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 500 });
    const shownS = await video.evaluate((face: HTMLVideoElement) => face.currentTime);
    await parley.speaker.waitForSilence(1200);
    const heard = await speech.transcribe(await parley.speaker.stopRecording());
    expect(heard).toMatch(/391|three hundred (and )?ninety.?one/i);
    expect(await video.evaluate((face: HTMLVideoElement) => face.currentTime)).toBeGreaterThan(
      shownS + 1,
    );

    await parley.leave();
    await expect(video).toHaveCount(0);
    expect(await avatarConnection(page)).toBe('closed');
  },
);

test(
  'an avatar that cannot be shown is told of, and the voice goes on',
  thoroughInOneBrowser,
  async ({ parley, page }) => {
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith(name);
    await service.fault({ type: 'no-avatar' });
    await settings.write('Avatar', 'lisa');
    await expect(parley.problems).toContainText('no renderer is free');
    await expect(page.getByLabel('The face of the assistant')).toHaveCount(0);

    const askedAtMs = await parley.speaker.now();
    await parley.type('What is seventeen times twenty-three?');
    await expect(parley.said('Assistant').last()).toContainText('391');
    await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 500 });
  },
);

test('captions are written, and nothing answers', oneBrowser, async ({ parley, page }) => {
  const settings = new Settings(parley);
  await parley.startTalking();
  await settings.answerWith(name);
  await settings.talkBy('Captions');
  await expect(page.getByText('Writing down what is said')).toBeVisible();
  await parley.say('What is seventeen times twenty-three?');
  await expect(parley.said('You').last()).toContainText(/times/i);
  await parley.say('How many days are there in a week?');
  await expect(parley.said('You').last()).toContainText(/days/i);

  await expect(parley.said('Assistant')).toHaveCount(0);
  expect(await service.lastReply()).toBe('');
});

interface Highlight {
  readonly word: string;
  readonly atMs: number;
}

/** Notes each word as the page shows it to be spoken, on the page's clock. */
async function followHighlight(page: Page): Promise<() => Promise<Highlight[]>> {
  const notes = await page.evaluateHandle(() => {
    const seen: Highlight[] = [];
    new MutationObserver(() => {
      const word = document.querySelector('[data-sounding]')?.textContent ?? '';
      if (word !== '' && word !== seen[seen.length - 1]?.word)
        seen.push({ word, atMs: performance.now() });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return seen;
  });
  return () => notes.jsonValue();
}

test(
  'each word stands out as it is spoken, however slowly that is',
  thoroughInOneBrowser,
  async ({ parley, page }) => {
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith(name);
    await settings.open();
    // Half as fast as speech mostly is: without the times of the service the words would be there long before the voice.
    await settings.dialog.getByRole('slider', { name: 'Pace (Azure voices)' }).press('Home');
    await settings.untilInEffect();
    await settings.close();

    const highlights = await followHighlight(page);
    const askedAtMs = await parley.speaker.now();
    await parley.type('The green chair sings below the river.');
    await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 1000 });
    await parley.speaker.waitForSilence(1500);
    const endedAtMs = (await parley.speaker.now()) - (await parley.speaker.quietForMs());
    const words = await highlights();
    const text = (await parley.saidWords('Assistant')).join(' ');
    expect(words.length).toBeGreaterThan(text.trim().split(' ').length * 0.7);
    const lastAtMs = words[words.length - 1]?.atMs ?? 0;
    expect(endedAtMs - lastAtMs).toBeLessThan(1200);
    expect(lastAtMs - endedAtMs).toBeLessThan(500);
  },
);

test(
  'a drawn mouth moves with the voice, where the service tells its shapes',
  thoroughInOneBrowser,
  async ({ parley, page }) => {
    const settings = new Settings(parley);
    await parley.startTalking();
    await settings.answerWith(name);
    await settings.open();
    await settings.dialog.getByRole('checkbox', { name: 'Mouth shapes (Azure voices)' }).check();
    await settings.untilInEffect();
    await settings.close();
    const lips = page.getByRole('img', { name: 'The face of the assistant' }).locator('ellipse');
    const open = async (): Promise<number> => Number(await lips.getAttribute('ry'));
    expect(await open()).toBe(1);

    await parley.type('What is seventeen times twenty-three?');
    await expect.poll(open, { intervals: [30] }).toBeGreaterThan(5);
    await parley.speaker.waitForSilence(1500);
    expect(await open()).toBe(1);
  },
);
