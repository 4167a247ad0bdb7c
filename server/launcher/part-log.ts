import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { logLevels, type LogLevel } from '../environment.ts';
import type { Terminal } from './terminal.ts';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** Pino's numbers for its levels. */
const levelOfNumber: Readonly<Record<number, LogLevel>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** Shown elsewhere, or of no interest to a reader. */
const quietFields = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name', 'v']);

/** The framework reports each stall of over 100 ms as a warning: on a busy machine many a minute, with nothing to do. */
const stall = /^(?:event loop blocked|process not scheduled)/;

/** Reads a line of pino (JSON) or of LiveKit (tab-separated); anything else takes `otherwise` as its level. */
export function parseLogLine(line: string, otherwise: LogLevel): LogLine {
  if (line.startsWith('{')) {
    const parsed = parseJson(line);
    if (parsed !== undefined) return parsed;
  }
  const [, level, , ...rest] = line.split('\t');
  const known = logLevels.find((name) => name.toUpperCase() === level);
  if (known !== undefined) return { level: known, text: rest.join(' ').trim() };
  return { level: otherwise, text: line };
}

function parseJson(line: string): LogLine | undefined {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const level = levelOfNumber[Number(fields.level)];
  if (level === undefined) return undefined;
  const others = Object.entries(fields)
    .filter(([key]) => !quietFields.has(key))
    .map(([key, value]) => [key, briefly(value)] as const);
  const details = others.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(others))}`;
  const message = typeof fields.msg === 'string' ? fields.msg : '';
  return { level: stall.test(message) ? 'info' : level, text: `${message}${details}` };
}

/** An error in its own words; its stack is in the log file. */
function briefly(value: unknown): unknown {
  const { message } = (value ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : value;
}

export function isShown(level: LogLevel, threshold: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(threshold);
}

export interface LogSinks {
  readonly terminal: Terminal;
  readonly file: Writable;
  /** From which level on a line of this part is shown. Asked for each line: nothing is while all is being stopped. */
  readonly threshold: (part: string) => LogLevel;
}

/** Sends every line of `stream` to the log file, and those at or over the threshold to the terminal. */
export function followLog(name: string, stream: Readable, otherwise: LogLevel, sinks: LogSinks) {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    if (line.trim() === '' || !sinks.file.writable) return;
    sinks.file.write(`${new Date().toISOString()} ${name} ${line}\n`);
    const { level, text } = parseLogLine(line, otherwise);
    if (isShown(level, sinks.threshold(name))) sinks.terminal.log(name, text);
  });
}
