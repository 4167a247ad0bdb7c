import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getFfmpegPath } from '@livekit/av';
import { findOnPath } from '../../launcher/on-path.ts';
import { DecoderWatch } from './decoder-watch.ts';
import { formatOf, type PackedFormat, type PackedKind } from './formats.ts';
import { DecodingProblem } from './problem.ts';

/** No single piece of memory that a damaged header may ask ffmpeg for is larger, in bytes. */
const largestPiece = 256 * 1024 * 1024;

export interface Transcoded {
  /** Of a WAV file, as they are decoded. Reading them throws a `DecodingProblem`. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Known when all have been read: that some of it could not be decoded. */
  readonly note: () => string | undefined;
}

/** Has ffmpeg decode a recording while it comes. It is told the format, so that nothing in a file makes it read others. */
export function transcode(
  kind: PackedKind,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Transcoded {
  const format = formatOf(kind);
  const outcome: Outcome = { note: undefined };
  return { bytes: decoded(format, bytes, signal, outcome), note: () => outcome.note };
}

interface Outcome {
  note: string | undefined;
}

async function* decoded(
  format: PackedFormat,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  outcome: Outcome,
): AsyncGenerator<Uint8Array> {
  const program = findOnPath(['ffmpeg']) ?? getFfmpegPath();
  if (program === undefined) throw missing(format);
  if (!format.needsWhole) {
    yield* run({ program, format, input: 'pipe:0', bytes, signal, outcome });
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-vad-'));
  try {
    const file = join(folder, 'recording');
    await pipeline(bytes, createWriteStream(file), { signal });
    yield* run({ program, format, input: `file:${file}`, bytes: undefined, signal, outcome });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly program: string;
  readonly format: PackedFormat;
  readonly input: string;
  /** What goes to its standard input. */
  readonly bytes: AsyncIterable<Uint8Array> | undefined;
  readonly signal: AbortSignal;
  readonly outcome: Outcome;
}

async function* run({
  program,
  format,
  input,
  bytes,
  signal,
  outcome,
}: Run): AsyncGenerator<Uint8Array> {
  const child = spawn(
    program,
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-max_alloc', String(largestPiece)],
      ...['-protocol_whitelist', bytes ? 'pipe' : 'file', '-f', format.demuxer, '-i', input],
      ...[
        '-map',
        '0:a:0',
        '-vn',
        '-f',
        'wav',
        '-c:a',
        'pcm_s16le',
        '-flags',
        '+bitexact',
        'pipe:1',
      ],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
  );
  const watch = new DecoderWatch(() => child.kill('SIGKILL'));
  const said = collect(child.stderr);
  const ended = exitOf(child);
  const fed = feed(child, bytes && watch.input(bytes));
  // They are awaited below, but may fail before that; nobody else may be told.
  for (const promise of [said, ended, fed]) promise.catch(() => undefined);
  let any = false;
  try {
    for await (const chunk of watch.output(child.stdout)) {
      // A WAV file of nothing but its header is what is left of a recording that could not be read.
      any ||= chunk.length > 100;
      yield chunk;
    }
    const code = await ended;
    await fed;
    if (!any && code !== 0) throw problemOf(format, await said);
    if (any && (code !== 0 || (await said) !== '')) {
      outcome.note = `Not all of this ${format.name} file could be decoded; what could be was heard.`;
    }
  } finally {
    watch.stop();
    child.kill('SIGKILL');
    // What could not be delivered does not matter any more.
    await Promise.allSettled([fed, ended, said]);
  }
}

/** A decoder that has heard enough closes its end: that is no failure of the recording. */
async function feed(
  child: ChildProcess,
  bytes: AsyncIterable<Uint8Array> | undefined,
): Promise<void> {
  if (!child.stdin) return;
  if (!bytes) {
    child.stdin.end();
    return;
  }
  try {
    await pipeline(bytes, child.stdin);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes(code ?? '')) throw error;
  }
}

function exitOf(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? undefined));
  });
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (text.length < 4000) text += String(chunk);
  return text;
}

function problemOf(format: PackedFormat, said: string): DecodingProblem {
  if (/Unknown input format|Decoder .*not found|Could not find codec|no decoder/i.test(said)) {
    return missing(format);
  }
  if (/matches no streams/i.test(said)) {
    return new DecodingProblem('damaged', `There is no sound in this ${format.name} file.`);
  }
  return new DecodingProblem(
    'damaged',
    `This looks like ${format.name}, but it cannot be decoded: it is damaged or cut short.`,
  );
}

function missing({ name }: PackedFormat): DecodingProblem {
  return new DecodingProblem(
    'decoder',
    `${name} needs ffmpeg, and none on PATH here decodes it. Install it (apt-get install ffmpeg, brew install ffmpeg, winget install ffmpeg), or convert the recording to WAV.`,
  );
}
