import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getFfmpegPath } from '@livekit/av';
import { findOnPath } from '../../launcher/on-path.ts';
import { DecodingProblem } from './problem.ts';
import type { RecordingKind } from './sniff.ts';

export type CompressedKind = Exclude<RecordingKind, 'text' | 'unknown'>;

/** ffmpeg's names. It is told the format, so that nothing in a file makes it read other files or addresses. */
const demuxers: Readonly<Record<CompressedKind, string>> = {
  wav: 'wav',
  mp3: 'mp3',
  ogg: 'ogg',
  flac: 'flac',
  mp4: 'mov',
  aac: 'aac',
  webm: 'matroska',
  aiff: 'aiff',
  caf: 'caf',
};

/** How people call them. */
const names: Readonly<Record<CompressedKind, string>> = {
  wav: 'WAV',
  mp3: 'MP3',
  ogg: 'OGG',
  flac: 'FLAC',
  mp4: 'M4A',
  aac: 'AAC',
  webm: 'WebM',
  aiff: 'AIFF',
  caf: 'CAF',
};

/** A decoder that gives nothing for so long is stuck, in ms. */
const stuckMs = 20_000;

/**
 * Turns a compressed recording into the bytes of a WAV file, as it comes. An M4A is kept on disk for the while, since its
 * table of contents may lie at its end. Throws a `DecodingProblem`.
 */
export async function* transcode(
  kind: CompressedKind,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const program = findOnPath(['ffmpeg']) ?? getFfmpegPath();
  if (program === undefined) throw missing(kind);
  if (kind !== 'mp4') {
    yield* run(program, kind, 'pipe:0', bytes, signal);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-vad-'));
  try {
    const file = join(folder, 'recording');
    await pipeline(bytes, createWriteStream(file), { signal });
    yield* run(program, kind, `file:${file}`, undefined, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* run(
  program: string,
  kind: CompressedKind,
  input: string,
  bytes: AsyncIterable<Uint8Array> | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(
    program,
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-protocol_whitelist', 'pipe,file'],
      ...['-f', demuxers[kind], '-i', input, '-map', '0:a:0', '-vn'],
      ...['-f', 'wav', '-c:a', 'pcm_s16le', '-flags', '+bitexact', 'pipe:1'],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
  );
  const said = collect(child.stderr);
  const ended = exitOf(child);
  const fed = feed(child, bytes);
  // They are awaited below, but may fail before that; nobody else may be told.
  for (const outcome of [said, ended, fed]) outcome.catch(() => undefined);
  let any = false;
  const watch = setTimeout(() => child.kill('SIGKILL'), stuckMs);
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      watch.refresh();
      // A WAV file of nothing but its header is what is left of a recording that could not be read.
      any ||= chunk.length > 100;
      yield chunk;
    }
    const code = await ended;
    await fed;
    if (code !== 0 && !any) throw problemOf(kind, await said);
  } finally {
    clearTimeout(watch);
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

function problemOf(kind: CompressedKind, said: string): DecodingProblem {
  if (/Unknown input format|Decoder .*not found|Could not find codec|no decoder/i.test(said)) {
    return missing(kind);
  }
  if (/matches no streams/i.test(said)) {
    return new DecodingProblem('damaged', `There is no sound in this ${names[kind]} file.`);
  }
  return new DecodingProblem(
    'damaged',
    `This looks like ${names[kind]}, but it cannot be decoded: it is damaged or cut short.`,
  );
}

function missing(kind: CompressedKind): DecodingProblem {
  return new DecodingProblem(
    'decoder',
    `${names[kind]} cannot be decoded here: install ffmpeg so that it is found on PATH, or convert the recording to WAV.`,
  );
}
