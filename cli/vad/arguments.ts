import { parseArgs } from 'node:util';
import {
  defaultSegmentSettings,
  longestSettingMs,
  type SegmentSettings,
} from '../../vad/segmenting/segments.ts';
import { readableNames } from '../../server/vad/decoding/formats.ts';
import { highestRateHz, lowestRateHz } from '../../vad/wav/format.ts';

export type OutputFormat = 'text' | 'json' | 'csv' | 'rttm';

export interface VadArguments {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
  readonly format: OutputFormat;
  readonly watch: boolean;
  readonly benchmark: boolean;
  /** Of samples without a header. */
  readonly rateHz: number | undefined;
  readonly settings: SegmentSettings;
}

/** What was typed makes no sense; the message says what does. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

const { sensitivity, minSpeechMs, minSilenceMs, paddingMs } = defaultSegmentSettings;

export const help = `Usage: parley vad [options] FILES…

Finds speech in recordings: ${readableNames}.
A folder stands for the recordings in it, "-" for standard input. Nothing leaves this computer.

  --json             results as JSON
  --csv              results as CSV
  --rttm             results as RTTM
  --watch            go on, and take recordings that are new in the folders or have changed
  --benchmark        say how fast it was
  --sensitivity S    0 to 1; the threshold is 1 minus it (${sensitivity})
  --min-speech MS    drop shorter speech (${minSpeechMs})
  --min-silence MS   end no segment at a shorter pause (${minSilenceMs})
  --padding MS       add before and after each segment (${paddingMs})
  --rate HZ          rate of samples without a header (16 bits, little-endian, one channel)
  --help             this text

Exit codes: 0 all were read, 1 some were not, 2 wrong usage, 130 stopped, 141 nobody reads the results.
`;

/** Undefined when help was asked for. Throws a `UsageProblem`. */
export function readArguments(args: readonly string[]): VadArguments | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const formats = (['json', 'csv', 'rttm'] as const).filter((format) => values[format]);
  if (formats.length > 1) throw new UsageProblem('Choose one of --json, --csv and --rttm.');
  if (positionals.length === 0) {
    throw new UsageProblem('Name the recordings, or "-" for standard input.');
  }
  const rate = number('rate', values.rate, lowestRateHz, highestRateHz, Number.NaN);
  const settings: SegmentSettings = {
    sensitivity: number('sensitivity', values.sensitivity, 0, 1, sensitivity),
    minSpeechMs: number('min-speech', values['min-speech'], 0, longestSettingMs, minSpeechMs),
    minSilenceMs: number('min-silence', values['min-silence'], 0, longestSettingMs, minSilenceMs),
    paddingMs: number('padding', values.padding, 0, longestSettingMs, paddingMs),
  };
  return {
    paths: positionals,
    format: formats[0] ?? 'text',
    watch: values.watch ?? false,
    benchmark: values.benchmark ?? false,
    rateHz: Number.isNaN(rate) ? undefined : Math.round(rate),
    settings,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
        rttm: { type: 'boolean' },
        watch: { type: 'boolean' },
        benchmark: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        sensitivity: { type: 'string' },
        'min-speech': { type: 'string' },
        'min-silence': { type: 'string' },
        padding: { type: 'string' },
        rate: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error));
  }
}

function number(
  name: string,
  text: string | undefined,
  lowest: number,
  highest: number,
  or: number,
): number {
  if (text === undefined) return or;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= lowest && value <= highest) return value;
  throw new UsageProblem(`--${name} takes a number from ${lowest} to ${highest}.`);
}
