import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { EnvironmentError } from '../environment.ts';

/** One who may use the service. */
export interface VadKey {
  readonly secret: string;
  /** The largest recording that this key may send, in bytes. */
  readonly maxBytes: number;
}

export interface VadSettings {
  /** Empty: any key will do, from this machine only. */
  readonly keys: readonly VadKey[];
  /** For a key that names no size of its own, in bytes. */
  readonly maxBytes: number;
  /** Recordings and streams that one key may begin in a minute. */
  readonly requestsPerMinute: number;
  /** How long a recording may be, in ms: a megabyte can unpack to days of silence. */
  readonly longestMs: number;
  /** A client that sends nothing for so long is given up, in ms. */
  readonly stalledMs: number;
  readonly threads: number;
  /** Recordings and streams at the same time; whoever comes then is asked to come again. */
  readonly mostOpen: number;
  /** How often a client of a stream is asked whether it is there, in ms; one that has not answered is dropped. */
  readonly pingEveryMs: number;
}

const megabyte = 1_000_000;
const key = /^([^\s,:]{8,256})(?::([1-9]\d{0,6}))?$/;
const count = (highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= 1 && value <= highest);

const variables = z.object({
  PARLEY_VAD_KEYS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => key.test(part)))
    .default([]),
  PARLEY_VAD_MAX_MB: count(1_000_000).default(2000),
  PARLEY_VAD_RATE: count(1_000_000).default(600),
  PARLEY_VAD_THREADS: count(256).optional(),
  PARLEY_VAD_OPEN: count(100_000).default(1000),
});

/** What would be right; a wrong value is not repeated, since it may hold keys. */
const rightValue: Readonly<Record<keyof z.infer<typeof variables>, string>> = {
  PARLEY_VAD_KEYS:
    'must be keys of at least 8 characters with commas between them, each with a limit in MB after a colon if it has one of its own, such as first-secret:500,second-secret',
  PARLEY_VAD_MAX_MB: 'must be the largest recording in MB, such as 2000',
  PARLEY_VAD_RATE: 'must be a number of requests in a minute, such as 600',
  PARLEY_VAD_THREADS: 'must be a number of threads, such as 2',
  PARLEY_VAD_OPEN: 'must be a number of recordings at the same time, such as 1000',
};

/** Reads what the detector as a service takes from the environment. Throws an `EnvironmentError` that names wrong values. */
export function readVadSettings(source: Readonly<Record<string, string | undefined>>): VadSettings {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const names = new Set(
      parsed.error.issues.map(({ path }) => path[0] as keyof typeof rightValue),
    );
    throw new EnvironmentError([...names].map((name) => `${name} ${rightValue[name]}.`));
  }
  const values = parsed.data;
  const maxBytes = values.PARLEY_VAD_MAX_MB * megabyte;
  return {
    keys: values.PARLEY_VAD_KEYS.map((part) => {
      const [, secret = '', limit] = key.exec(part) ?? [];
      return { secret, maxBytes: limit === undefined ? maxBytes : Number(limit) * megabyte };
    }),
    maxBytes,
    requestsPerMinute: values.PARLEY_VAD_RATE,
    longestMs: 24 * 3_600_000,
    stalledMs: 30_000,
    threads: values.PARLEY_VAD_THREADS ?? availableParallelism(),
    mostOpen: values.PARLEY_VAD_OPEN,
    pingEveryMs: 15_000,
  };
}
