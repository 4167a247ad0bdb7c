import { test, thorough, thoroughInOneBrowser } from '../test.ts';
import { freezeFor, parts } from './parts.ts';
import { Survival, talkInFullSwing } from './survival.ts';

test.skip(process.platform !== 'linux', 'The processes of the stack are found in /proc.');

for (const { goneMs, scope } of [
  { goneMs: 2000, scope: thoroughInOneBrowser },
  { goneMs: 10_000, scope: {} },
  { goneMs: 40_000, scope: thorough },
]) {
  test(`nothing passes the network for ${goneMs / 1000} s`, scope, async ({ parley }) => {
    // LiveKit's client waits for each of its tries, longer and longer.
    test.setTimeout(goneMs + 140_000);
    await talkInFullSwing(parley);
    // A server that stands still answers neither over TCP nor over UDP, and closes nothing.
    await freezeFor(goneMs, await parts.livekit());
    const survival = await Survival.of(parley, () => undefined);
    await survival.untilTalkGoesOn();
  });
}
