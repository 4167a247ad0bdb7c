import { expect, test, thoroughInFirefox } from './test.ts';

const blocked = 'The page asks for sound.';

/**
 * Starts the conversation by a script of the page, because every call of Playwright into a page counts as a gesture of
 * the person, and a browser blocks sound only where there has been none. For the same reason it reports by console.
 */
function startWithoutGesture(report: string): void {
  const pressed = new WeakSet<Element>();
  const look = () => {
    for (const button of document.querySelectorAll('button')) {
      const name = button.textContent;
      if (pressed.has(button)) continue;
      if (name === 'Start talking') {
        pressed.add(button);
        button.click();
      }
      if (name === 'Turn sound on') {
        pressed.add(button);
        // eslint-disable-next-line no-console -- the way from the page to the test that is not a gesture.
        console.info(report);
      }
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

// A trace looks into the page too.
test.use({ trace: 'off' });

test('where the browser blocks sound, the page asks for a press and then is heard', async ({
  parley,
  page,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'WebDriver BiDi takes every page of Firefox as used.');
  await page.addInitScript(startWithoutGesture, blocked);
  const asked = page.waitForEvent('console', (message) => message.text() === blocked);
  await parley.open();
  await asked;
  await parley.button('Turn sound on').click();
  await expect(parley.button('Turn sound on')).toBeHidden();
  await parley.untilListening();
  await parley.type('What is two plus two?');
  await parley.speaker.waitForSound();
});

test('the volume is the volume', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  await parley.button('Sound and devices').click();
  const volume = parley.page.getByRole('slider', { name: 'Volume' });
  await volume.press('Home');
  await parley.speaker.waitForSilence(1500);
  await expect(parley.cutReply()).toHaveCount(0);

  const louderAtMs = await parley.speaker.now();
  await volume.press('End');
  await parley.speaker.waitForSound({ sinceMs: louderAtMs });
});
