import { chromium } from '@playwright/test';
import { installMicrophone, installSpeaker } from '../audio/install.ts';
import { Parley } from '../parley.ts';
import { project } from '../stack/browsers.ts';
import { OtherNetwork } from '../stack/other-network.ts';
import { Program } from '../stack/programs.ts';
import { stack, stackOn } from '../stack/stack.ts';
import { roomToken } from '../stack/tokens.ts';
import { expect, test, thoroughInOneBrowser } from '../test.ts';
import { Survival, tellStory } from './survival.ts';

const ports = stackOn({ pagePort: 4350, livekitPort: 7950 });
const programs: Program[] = [];
let network: OtherNetwork | undefined;

test.beforeAll(async () => {
  network = await OtherNetwork.lay();
  if (!network) return;
  await network.moveTo(2);
  // LiveKit offers the addresses that are there when it starts.
  programs.push(await Program.livekit(ports));
  programs.push(Program.agent(ports));
  for (const url of [stack.pageUrl, ports.livekitUrl])
    await network.open(Number(new URL(url).port));
});

test.afterAll(async () => {
  for (const program of programs.splice(0).reverse()) await program.stop();
  await network?.remove();
});

test(
  'another address in mid-talk, as of a laptop that goes from one network to the next',
  // Firefox is driven over a port of its own, which could not be reached in there.
  thoroughInOneBrowser,
  async ({ speech, roomName }) => {
    const other = network;
    test.skip(!other, 'It needs the rights to make networks.');
    if (!other) return;
    test.setTimeout(180_000);
    const pageUrl = stack.pageUrl.replace('localhost', other.hostAddress);
    const { launchOptions = {}, channel } = project('chromium').use ?? {};
    const browser = await chromium.launch({
      ...launchOptions,
      ...(channel && { channel }),
      executablePath: await other.programIn(
        launchOptions.executablePath ?? chromium.executablePath(),
      ),
      args: [
        ...(launchOptions.args ?? []),
        // A microphone is for secure pages alone, and of those without a certificate only this machine's own count.
        `--unsafely-treat-insecure-origin-as-secure=${pageUrl}`,
      ],
    });
    try {
      const context = await browser.newContext({ permissions: ['microphone'] });
      await installSpeaker(context);
      await installMicrophone(context);
      const parley = new Parley(await context.newPage(), speech);
      await parley.open(pageUrl);
      await parley.connect({
        url: ports.livekitUrl.replace('localhost', other.hostAddress),
        token: await roomToken({ room: roomName }),
      });
      await parley.untilListening(60_000);
      await parley.untilIntroduced();
      await tellStory(parley);

      const survival = await Survival.of(parley, () => other.moveTo(3));
      await survival.untilTalkGoesOn();
      await expect(parley.problems).toHaveCount(0);
    } finally {
      await browser.close();
    }
  },
);
