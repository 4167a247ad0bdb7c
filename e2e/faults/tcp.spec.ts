import { keepConnections, waysInUse } from '../stack/connections.ts';
import { Program } from '../stack/programs.ts';
import { stackOn } from '../stack/stack.ts';
import { roomToken } from '../stack/tokens.ts';
import { expect, test } from '../test.ts';

const ports = stackOn({ pagePort: 4330, livekitPort: 7994 });
const withoutUdp = { ...ports, env: { ...ports.env, PARLEY_LIVEKIT_UDP: 'off' } };
const programs: Program[] = [];

test.beforeAll(async () => {
  programs.push(await Program.livekit(withoutUdp));
  programs.push(Program.agent(withoutUdp));
});

test.afterAll(async () => {
  for (const program of programs.splice(0).reverse()) await program.stop();
});

test('where no UDP gets through, the talk goes over TCP', async ({ parley, context, roomName }) => {
  await keepConnections(context);
  await parley.open();
  const token = await roomToken({ room: roomName });
  await parley.connect({ url: withoutUdp.livekitUrl, token });
  // The agent of this stack may still be starting.
  await parley.untilListening(60_000);
  await parley.untilIntroduced();
  await parley.say('What is seventeen times twenty-three?');
  await expect(parley.said('Assistant').last()).toContainText('391');
  expect(await waysInUse(parley.page)).toEqual([{ protocol: 'tcp' }]);
});
