import type { FastifyRequest } from 'fastify';
import {
  defaultSegmentSettings,
  longestSettingMs,
  type SegmentSettings,
} from '../../vad/segmenting/segments.ts';
import { highestRateHz, lowestRateHz } from '../../vad/wav/format.ts';
import { VadFailure } from './failure.ts';

/** Types under which sound comes; others are surely no sound. */
const soundTypes = /^(application\/(octet-stream|ogg|mp4)|audio\/[\w.+-]+|video\/(mp4|webm|ogg))$/;

/** Throws 415 for a Content-Type that is none of sound. Without one the bytes tell. */
export function requireSound(request: FastifyRequest): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '' || soundTypes.test(type)) return;
  throw new VadFailure(415, {
    code: 'unsupported_media_type',
    message: `A body of the type ${type} is no recording.`,
    cure: 'Send the bytes of the recording as the body, with Content-Type: application/octet-stream.',
  });
}

/** From X-Audio-Sample-Rate, or `sample_rate` in the query of a stream. Throws 400 for what is no rate. */
export function rateOf(request: FastifyRequest): number | undefined {
  const text = valueOf(request, 'x-audio-sample-rate', 'sample_rate');
  if (text === undefined) return undefined;
  const rateHz = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (rateHz >= lowestRateHz && rateHz <= highestRateHz) return rateHz;
  throw new VadFailure(400, {
    code: 'bad_sample_rate',
    message: `X-Audio-Sample-Rate has to be a whole number from ${lowestRateHz} to ${highestRateHz}.`,
    cure: 'Send the rate of the recording in Hz, such as 8000, 16000, 24000 or 48000.',
  });
}

/** The defaults with what the headers say instead. Throws 400 for a value that cannot be. */
export function settingsOf(request: FastifyRequest): SegmentSettings {
  const number = (name: string, query: string, lowest: number, highest: number, or: number) => {
    const text = valueOf(request, name, query);
    if (text === undefined) return or;
    const value = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    throw new VadFailure(400, {
      code: name === 'x-vad-sensitivity' ? 'bad_sensitivity' : 'bad_setting',
      message: `${name} has to be a number from ${lowest} to ${highest}.`,
      cure: `Leave ${name} out, and it is ${or}.`,
    });
  };
  const { sensitivity, minSpeechMs, minSilenceMs, paddingMs } = defaultSegmentSettings;
  return {
    sensitivity: number('x-vad-sensitivity', 'sensitivity', 0, 1, sensitivity),
    minSpeechMs: number('x-vad-min-speech-ms', 'min_speech_ms', 0, longestSettingMs, minSpeechMs),
    minSilenceMs: number(
      'x-vad-min-silence-ms',
      'min_silence_ms',
      0,
      longestSettingMs,
      minSilenceMs,
    ),
    paddingMs: number('x-vad-padding-ms', 'padding_ms', 0, longestSettingMs, paddingMs),
  };
}

/** Of a header, or of the query for clients that cannot set one, as browsers in a WebSocket. */
function valueOf(request: FastifyRequest, header: string, query: string): string | undefined {
  const value = request.headers[header] ?? (request.query as Record<string, unknown>)[query];
  return typeof value === 'string' ? value.trim() : undefined;
}
