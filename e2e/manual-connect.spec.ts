import { stack } from './stack/stack.ts';
import { roomToken } from './stack/tokens.ts';
import type { Parley } from './parley.ts';
import { expect, furtherCases, oneBrowser, test, thoroughInFirefox } from './test.ts';

async function expectAnswer(parley: Parley): Promise<void> {
  await parley.untilListening();
  await parley.type('What is two plus two?');
  await expect(parley.said('Assistant').last()).toContainText(/\b(4|four)\b/i);
}

test(
  'a token made by hand opens the room that it names',
  thoroughInFirefox,
  async ({ parley, roomName }) => {
    await parley.open();
    await parley.connect({ url: stack.livekitUrl, token: await roomToken({ room: roomName }) });

    await parley.untilListening();
    await parley.ask('What is seventeen times twenty-three?', '391');
  },
);

test('a link brings address and token, and the address bar forgets the token', async ({
  parley,
  roomName,
}) => {
  const link = new URLSearchParams({
    url: stack.livekitUrl,
    token: await roomToken({ room: roomName }),
  });
  await parley.open(`/#${link.toString()}`);
  await expect(parley.page).not.toHaveURL(/token=/);
  await parley.button('Connect').click();

  await expectAnswer(parley);
});

const refused = [
  {
    what: 'a token of another server',
    title: 'The server refused this token',
    target: async (room: string) => ({
      url: stack.livekitUrl,
      token: await roomToken({ room, secret: 'the-secret-of-quite-another-server' }),
    }),
  },
  {
    what: 'an expired token',
    title: 'This token has expired',
    target: async (room: string) => ({
      url: stack.livekitUrl,
      token: await roomToken({ room, lifetimeSeconds: -600 }),
    }),
  },
  {
    what: 'something that is no token',
    title: 'This is not a room token',
    target: async () => Promise.resolve({ url: stack.livekitUrl, token: 'not.a-token' }),
  },
  {
    what: 'a server that does not answer',
    title: 'The server does not answer',
    target: async (room: string) => ({
      url: 'ws://localhost:9',
      token: await roomToken({ room }),
    }),
  },
  {
    what: 'something that is no address',
    title: 'This is not a server address',
    target: async (room: string) => ({
      url: 'localhost',
      token: await roomToken({ room }),
    }),
  },
];

for (const [index, { what, title, target }] of refused.entries()) {
  test(
    `${what} is named as such, and a good one works with no reload`,
    furtherCases(index),
    async ({ parley, roomName }) => {
      await parley.open();
      await parley.page.evaluate(() => (document.documentElement.dataset.sameDocument = 'yes'));
      await parley.connect(await target(roomName));
      const dialog = parley.page.getByRole('dialog');
      await expect(dialog.getByText(title)).toBeVisible({ timeout: 30_000 });

      await parley.fillConnection({
        url: stack.livekitUrl,
        token: await roomToken({ room: roomName }),
      });
      await parley.button('Connect').click();
      await expectAnswer(parley);
      await expect(parley.problems).toHaveCount(0);
      await expect(parley.page.locator('html')).toHaveAttribute('data-same-document', 'yes');
    },
  );
}

test('empty fields are asked for', oneBrowser, async ({ parley }) => {
  await parley.open();
  await parley.openConnection();
  await parley.fillConnection({ url: '', token: '' });
  await parley.button('Connect').click();

  await expect(parley.page.getByText('Enter the address of the server')).toBeVisible();
  await expect(parley.page.getByText('Paste the token for the room.')).toBeVisible();
});
