import { Program } from '../stack/programs.ts';
import { stackOn } from '../stack/stack.ts';
import { expect, test } from '../test.ts';
import { talkAt } from './ways.ts';

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
  const ways = await talkAt(withoutUdp.livekitUrl, { parley, context, roomName });
  expect(ways).toEqual([{ protocol: 'tcp' }]);
});
