import type { Page } from '@playwright/test';
import { firstMicrophone, secondMicrophone } from './audio/microphone.ts';
import { stack } from './stack/stack.ts';
import { expect, test, thorough } from './test.ts';

const allowedHosts = [stack.pageUrl, stack.livekitUrl].map((url) => new URL(url).host);

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const overhang = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(overhang, `px that stand out, ${where}`).toBeLessThanOrEqual(0);
}

for (const [width, height] of [
  [360, 740],
  [768, 1024],
  [1440, 900],
] as const) {
  test(
    `${width} px wide, nothing stands out`,
    width === 768 ? thorough : {},
    async ({ parley, page }) => {
      await page.setViewportSize({ width, height });
      await parley.open();
      await expect(parley.button('Start talking')).toBeInViewport();
      await expectNoSidewaysScroll(page, 'start');
      await parley.openConnection();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoSidewaysScroll(page, 'connect');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();

      await parley.button('Start talking').click();
      await parley.untilListening();
      await parley.type('w'.repeat(300));
      await expect(parley.said('Assistant')).toHaveText(/\S/);
      await parley.type('What is 17 times 23?');
      await expect(parley.said('Assistant').last()).toContainText('391');
      await expectNoSidewaysScroll(page, 'conversation');
      for (const name of ['Mute microphone', 'Interrupt', 'Leave']) {
        await expect(parley.button(name)).toBeInViewport({ ratio: 1 });
      }
      await expect(parley.message).toBeInViewport({ ratio: 1 });
      await expect(parley.said('Assistant').last()).toBeInViewport();
      await parley.leave();
      await expectNoSidewaysScroll(page, 'ended');
      await expect(parley.said('Assistant').last()).toBeInViewport({ ratio: 1 });
      await expect(parley.button('Jump to latest')).toBeHidden();
    },
  );
}

test('a notice that takes half of a small view leaves the last words in sight', async ({
  parley,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await parley.startTalking();
  // So much fits into the view before, and not after.
  await parley.type('What is 17 times 23?');
  await expect(parley.said('Assistant').last()).toContainText('391');
  await parley.type('What is two plus two?');
  await expect(parley.said('Assistant').last()).toContainText(/\b(4|four)\b/i);
  await parley.untilListening();
  await parley.microphone.unplug(secondMicrophone.id);
  await parley.microphone.unplug(firstMicrophone.id);
  await expect(parley.problem('The microphone stopped')).toBeVisible();
  await expect(parley.said('Assistant').last()).toBeInViewport({ ratio: 1 });
  await expect(parley.button('Jump to latest')).toBeHidden();
});

test('a conversation breaks no rule of the page and asks no other host', async ({
  parley,
  page,
}) => {
  const hosts = new Set<string>();
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (['http:', 'https:'].includes(protocol)) hosts.add(host);
  });
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // eslint-disable-next-line no-console -- collected by the test with all the other complaints.
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });

  await parley.startTalking();
  await parley.ask('What is seventeen times twenty-three?', '391');
  await parley.button('Sound and devices').click();
  await expect(page.getByRole('dialog', { name: 'Sound and devices' })).toBeVisible();
  await page.keyboard.press('Escape');
  await parley.leave();

  expect(complaints).toEqual([]);
  expect([...hosts].filter((host) => !allowedHosts.includes(host))).toEqual([]);
  expect([...hosts]).toContain(new URL(stack.pageUrl).host);
});

test('the policy is strict, and it really is in force', async ({ page }) => {
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.inline = "ran"';
    document.head.append(script);
    return document.documentElement.dataset.inline === 'ran';
  });
  expect(ran).toBe(false);
});
