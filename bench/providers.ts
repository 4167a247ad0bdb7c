import { readAgentEnvironment } from '../agent/environment.ts';
import { prepareModels } from '../agent/engine/models/prepare.ts';
import { lineRateHz } from '../agent/providers/test-line.ts';
import { recorded } from '../e2e/fixtures/spoken/recordings.ts';
import { startBedrock } from '../e2e/providers/bedrock/bedrock.ts';
import { startGemini } from '../e2e/providers/gemini/gemini.ts';
import { startOpenai } from '../e2e/providers/openai/openai.ts';
import { startVoiceLive } from '../e2e/providers/voice-live/voice-live.ts';
import { loud, measure, type Measured } from './providers/measuring.ts';
import { subjects, yardstick } from './providers/subjects.ts';
import { report, spreadOf, type Spread } from './report.ts';

/** Its answer is as short, and calls no tool. */
const said = 'Thank you.';
const turns = 20;
/** Names of plugins after the command leave out the others, but never the yardstick. */
const named = process.argv.slice(2);
const chosen = Object.keys(subjects).filter(
  (subject) => named.length === 0 || subject === yardstick || named.includes(subject),
);

await prepareModels({ cacheFolder: readAgentEnvironment().cacheFolder });
const services = {
  openai: await startOpenai(),
  voiceLive: await startVoiceLive(),
  bedrock: await startBedrock(),
  gemini: await startGemini(),
};
try {
  const { openai, voiceLive, bedrock, gemini } = services;
  const env = {
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.url,
    AZURE_VOICELIVE_ENDPOINT: voiceLive.url,
    AZURE_VOICELIVE_API_KEY: voiceLive.apiKey,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'an-example-that-opens-nothing',
    AWS_PROFILE: '',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    GOOGLE_API_KEY: 'gemini-test-key',
    GOOGLE_GEMINI_BASE_URL: gemini.url,
  };
  const clip = [...upToItsEnd(recorded(said, lineRateHz))];
  const measured: Record<string, Measured> = {};
  for (const subject of chosen) {
    measured[subject] = await measure({ subject, clip, turns }, env);
    console.log(subject, rowOf(measured[subject]));
  }
  const rows = Object.fromEntries(
    Object.entries(measured).map(([subject, one]) => [subject, rowOf(one)]),
  );
  await report('providers', rows, { yardstick, said, turns, measured });
} finally {
  for (const service of Object.values(services)) await service.stop();
}

function rowOf({ inMs, outMs, call }: Measured): object {
  return {
    ...columns('in', spreadOf(inMs)),
    ...columns('out', spreadOf(outMs)),
    'CPU, ms per s': Math.round(call.cpuMsPerSecond * 10) / 10,
    turns: call.turns.length,
    'said again': call.failed,
  };
}

function columns(direction: string, { median, p90 }: Spread): object {
  return { [`${direction}, ms`]: median, [`${direction} p90, ms`]: p90 };
}

/** Without the quiet in which a word fades. */
function upToItsEnd(pcm: Int16Array): Int16Array {
  return pcm.subarray(0, pcm.findLastIndex((sample) => Math.abs(sample) > 2 * loud) + 1);
}
