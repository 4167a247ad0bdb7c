import { defaultSegmentSettings } from '../../vad/segmenting/segments.ts';
import { highestRateHz, lowestRateHz } from '../../vad/wav/format.ts';
import { readableNames } from './decoding/formats.ts';

/** JSON Schema of the routes; the OpenAPI document is made of it. */
const text = (description: string) => ({ type: 'string', description });
const number = (description: string) => ({ type: 'number', description });

const failure = (description: string) => ({
  description,
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'cure'],
      properties: {
        code: text('For programs; does not change.'),
        message: text('What went wrong.'),
        cure: text('What to do about it.'),
      },
    },
  },
});

const segments = {
  type: 'array',
  items: {
    type: 'object',
    required: ['start', 'end'],
    properties: { start: number('In seconds.'), end: number('In seconds.') },
  },
};

const header = (description: string, or: number | string) => text(`${description} Default: ${or}.`);
const { sensitivity, minSpeechMs, minSilenceMs, paddingMs } = defaultSegmentSettings;
const headers = {
  type: 'object',
  properties: {
    'x-audio-sample-rate': text(
      `Rate of samples that have no header, in Hz, ${lowestRateHz} to ${highestRateHz}. A file tells its own.`,
    ),
    'x-vad-sensitivity': header('0 to 1; the threshold is 1 minus it.', sensitivity),
    'x-vad-min-speech-ms': header('Shorter speech is dropped.', minSpeechMs),
    'x-vad-min-silence-ms': header('A shorter pause ends no segment.', minSilenceMs),
    'x-vad-padding-ms': header('Added before and after each segment.', paddingMs),
  },
};

/** In the query of a stream, for clients that cannot set headers. */
const queryNames: Readonly<Record<keyof typeof headers.properties, string>> = {
  'x-audio-sample-rate': 'sample_rate',
  'x-vad-sensitivity': 'sensitivity',
  'x-vad-min-speech-ms': 'min_speech_ms',
  'x-vad-min-silence-ms': 'min_silence_ms',
  'x-vad-padding-ms': 'padding_ms',
};

const refusals = {
  400: failure('A header that cannot be.'),
  401: failure('No key, or one that is not known.'),
  429: failure('Too many requests with this key; Retry-After says when to come again.'),
  500: failure('A fault of the service; its log says more.'),
  503: failure(
    'Too much in hand, the detector was lost, or the service is being stopped; send it again.',
  ),
};

const security = [{ key: [] }];

export const detectSchema = {
  summary: 'Find speech in a recording',
  description: `The body is the bytes of a recording (${readableNames}), or samples of 16 bits, little-endian, one channel.`,
  // Says nothing of what the bytes have to be: they are told apart as they come.
  body: { content: { 'application/octet-stream': { schema: { description: 'The bytes.' } } } },
  headers,
  security,
  response: {
    200: {
      description: 'Where speech is.',
      type: 'object',
      required: [
        'voice_segments',
        'original_duration',
        'voice_duration',
        'saved_percent',
        'tokens_saved',
        'processing_time_ms',
      ],
      properties: {
        voice_segments: segments,
        original_duration: number('In seconds.'),
        voice_duration: number('In seconds.'),
        saved_percent: number('What is not speech, in percent of the duration.'),
        tokens_saved: number('What is not speech, at ten tokens a second.'),
        processing_time_ms: number('From the first byte to the answer.'),
        note: text('Something worth knowing of a recording that was read all the same.'),
      },
    },
    ...refusals,
    408: failure('Nothing came for half a minute.'),
    413: failure('Larger than the key allows, or longer than a day.'),
    415: failure('No recording by its type, or no decoder for it.'),
    422: failure('The recording cannot be read.'),
  },
} as const;

/**
 * OpenAPI has no word for a WebSocket: this is the request that opens it. Written out, since what is made of the routes
 * leaves out those that are upgraded.
 */
export const streamPath = {
  '/v1/vad/stream': {
    get: {
      summary: 'Find speech in a stream (WebSocket)',
      description:
        'Binary messages of samples (16 bits, little-endian, one channel; 100 ms is usual) are each answered with {"type":"vad_update","is_speaking":…,"timestamp":…,"probability":…}; the timestamp is in seconds of sound. {"type":"end"} is answered with {"type":"vad_result","voice_segments":[…],"original_duration":…}. Errors come as {"type":"error","error":{code,message,cure}}. Settings are headers or, under the names sample_rate, sensitivity, min_speech_ms, min_silence_ms and padding_ms, part of the query.',
      security: [...security],
      parameters: Object.entries(headers.properties).flatMap(([name, schema]) =>
        [
          { in: 'header' as const, name },
          { in: 'query' as const, name: queryNames[name as keyof typeof headers.properties] },
        ].map((place) => ({
          ...place,
          schema: { type: 'string' as const },
          description: schema.description,
        })),
      ),
      responses: {
        101: { description: 'The stream begins.' },
        ...Object.fromEntries(
          Object.entries(refusals).map(([status, { description, ...schema }]) => [
            status,
            { description, content: { 'application/json': { schema } } },
          ]),
        ),
      },
    },
  },
};

const state = (description: string) => ({
  description,
  type: 'object',
  required: ['status', 'version', 'model', 'compute', 'threads', 'open'],
  properties: {
    status: { type: 'string', enum: ['ok', 'starting', 'failed'] },
    version: text('Of the service.'),
    model: text('Which net tells speech.'),
    compute: { type: 'string', enum: ['wasm-simd', 'javascript', 'starting'] },
    threads: { type: 'integer', description: 'That find speech.' },
    open: { type: 'integer', description: 'Recordings and streams in hand.' },
  },
});

export const healthSchema = {
  summary: 'Whether recordings are taken',
  response: { 200: state('They are.'), 503: state('They are not.') },
} as const;
