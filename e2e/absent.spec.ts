import { Program } from './stack/programs.ts';
import { stackOn } from './stack/stack.ts';
import { expect, oneBrowser, test } from './test.ts';

const withoutAgent = stackOn({ pagePort: 4310, livekitPort: 7990 });
const programs: Program[] = [];

test.beforeAll(async () => {
  programs.push(await Program.livekit(withoutAgent));
  programs.push(await Program.server(withoutAgent));
});

test.afterAll(async () => {
  for (const program of programs.splice(0).reverse()) await program.stop();
});

test(
  'an absent assistant is named after five seconds, and is there as soon as it comes',
  oneBrowser,
  async ({ parley }) => {
    const title = 'The assistant has not come yet';
    await parley.open(withoutAgent.pageUrl);
    await parley.button('Start talking').click();
    await expect(parley.page.getByText('Waiting for the assistant')).toBeVisible();
    const awaitedAtMs = await parley.speaker.now();
    await expect(parley.problem(title)).toBeVisible();
    const namedAfterMs = (await parley.speaker.now()) - awaitedAtMs;
    expect(namedAfterMs).toBeGreaterThan(3500);
    expect(namedAfterMs).toBeLessThan(8000);

    programs.push(Program.agent(withoutAgent));
    await parley.untilListening(60_000);
    await expect(parley.problem(title)).toBeHidden();
    await parley.ask('What is seventeen times twenty-three?', '391');
  },
);
