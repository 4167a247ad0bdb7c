import { installMicrophone } from '../e2e/audio/install.ts';
import { Speech } from '../e2e/fixtures/speech.ts';
import { readArguments } from './barge-in/arguments.ts';
import { keptDetails } from './barge-in/kept.ts';
import { openChromium } from './browser.ts';
import { rowOf } from './long-session/outcome.ts';
import { hold, type Session } from './long-session/session.ts';
import type { SpokenSum } from './long-session/page.ts';
import { report } from './report.ts';
import { startStack } from './running-stack.ts';

const name = 'long-session';
const { numbers } = readArguments({ turns: 2000, minutes: 30, 'spoken-every': 20, 'rest-s': 0 });
const { turns = 0, minutes = 0, 'spoken-every': spokenEvery = 1, 'rest-s': restS = 0 } = numbers;
/** No two that follow each other have the same answer. */
const sums = [
  ['What is seventeen times twenty-three?', '391'],
  ['What is fifteen times twelve?', '180'],
  ['What is thirteen times eleven?', '143'],
] as const;

const stack = await startStack({ pagePort: 4530, livekitPort: 8230 });
const speech = new Speech();
const spoken: SpokenSum[] = [];
for (const [question, answer] of sums) spoken.push({ wav: await speech.clip(question), answer });
await speech.stop();
const browser = await openChromium();
const sessions = [...((keptDetails(name)['sessions'] as readonly Session[] | undefined) ?? [])];
try {
  // Nothing of the tests' own ears is in this page: they keep what they have heard, and would be measured too.
  const context = await browser.newContext({ baseURL: stack.pageUrl, permissions: ['microphone'] });
  await installMicrophone(context);
  const plan = { turns, minutes, spokenEvery, restS };
  sessions.push(await hold(await context.newPage(), plan, spoken, stack.pid));
} finally {
  await browser.close();
  await stack.stop();
}
const rows = sessions.map((session) => [session.measuredAt, rowOf(session)] as const);
await report(name, Object.fromEntries(rows), { sessions });
