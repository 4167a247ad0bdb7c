import { decodeG711, encodeG711, type G711Law } from './g711.ts';

/**
 * How sound travels on the socket, both ways, mono. `pcm16` is 16-bit little-endian.
 * https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference-2026-04-10#audio-formats
 */
export const audioFormats = [
  'pcm16',
  'pcm16_16000hz',
  'pcm16_8000hz',
  'g711_ulaw',
  'g711_alaw',
] as const;
export type AudioFormat = (typeof audioFormats)[number];

const rates: Readonly<Record<AudioFormat, number>> = {
  pcm16: 24_000,
  pcm16_16000hz: 16_000,
  pcm16_8000hz: 8_000,
  g711_ulaw: 8_000,
  g711_alaw: 8_000,
};

const laws: Readonly<Partial<Record<AudioFormat, G711Law>>> = {
  g711_ulaw: 'ulaw',
  g711_alaw: 'alaw',
};

export function rateHz(format: AudioFormat): number {
  return rates[format];
}

/** Samples at the format's rate to the bytes that it has on the wire. (Every machine that rtc-node runs on is little-endian.) */
export function encodeSamples(samples: Int16Array, format: AudioFormat): Buffer {
  const law = laws[format];
  if (law) return Buffer.from(encodeG711(samples, law));
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Whole samples only: an odd last byte of PCM is left out. */
export function decodeSamples(bytes: Uint8Array, format: AudioFormat): Int16Array {
  const law = laws[format];
  if (law) return decodeG711(bytes, law);
  const samples = new Int16Array(bytes.byteLength >> 1);
  new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.byteLength));
  return samples;
}

export function bytesPerSample(format: AudioFormat): 1 | 2 {
  return laws[format] ? 1 : 2;
}

/**
 * Input has its rate in a field of its own; of G.711 the service knows it.
 * (Output names the rate within the format.)
 */
export function inputFormatFields(format: AudioFormat): {
  input_audio_format: 'pcm16' | 'g711_ulaw' | 'g711_alaw';
  input_audio_sampling_rate: number;
} {
  return {
    input_audio_format: format === 'g711_ulaw' || format === 'g711_alaw' ? format : 'pcm16',
    input_audio_sampling_rate: rates[format],
  };
}
