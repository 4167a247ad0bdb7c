import { z } from 'zod';
import { PreparationError } from './preparation-error.ts';

/** What of Piper's `*.onnx.json` is needed. */
const voiceConfig = z.object({
  audio: z.object({ sample_rate: z.number().int().positive() }),
  espeak: z.object({ voice: z.string().min(1) }),
  num_speakers: z.number().int().positive(),
  phoneme_id_map: z.record(z.string(), z.tuple([z.number().int()], z.number().int())),
});
export type VoiceConfig = z.infer<typeof voiceConfig>;

/** Throws a `PreparationError` when the text is not a Piper voice's description. */
export function readVoiceConfig(json: string): VoiceConfig {
  try {
    return voiceConfig.parse(JSON.parse(json));
  } catch (error) {
    throw new PreparationError(
      'unexpected_content',
      'The description of the voice cannot be read: update Parley.',
      error instanceof Error ? error.message : undefined,
    );
  }
}

/** What sherpa-onnx looks for in the model file, and without which its native code ends the whole process. */
export function voiceMetadata(config: VoiceConfig): Record<string, string> {
  return {
    model_type: 'vits',
    comment: 'piper',
    language: 'English',
    voice: config.espeak.voice,
    has_espeak: '1',
    n_speakers: String(config.num_speakers),
    sample_rate: String(config.audio.sample_rate),
  };
}

/** The phonemes in the form that sherpa-onnx reads: a line each, the symbol (which may be a space), a space, the number. */
export function voiceTokensFile(config: VoiceConfig): string {
  return Object.entries(config.phoneme_id_map)
    .map(([symbol, [id]]) => `${symbol} ${id}\n`)
    .join('');
}

const metadataField = 14;
const keyField = 1;
const valueField = 2;
const lengthDelimited = 2;

/**
 * An ONNX file is one protobuf message, and fields of a message may come in any order: metadata can be appended as it
 * is. Returns the bytes to append. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (ModelProto.metadata_props)
 */
export function metadataBytes(metadata: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.concat(
    Object.entries(metadata).map(([key, value]) =>
      field(
        metadataField,
        Buffer.concat([field(keyField, Buffer.from(key)), field(valueField, Buffer.from(value))]),
      ),
    ),
  );
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + lengthDelimited), varint(content.byteLength), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
