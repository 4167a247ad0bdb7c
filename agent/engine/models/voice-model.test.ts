import { describe, expect, it } from 'vitest';
import { PreparationError } from './preparation-error.ts';
import { metadataBytes, readVoiceConfig, voiceMetadata, voiceTokensFile } from './voice-model.ts';

const config = {
  audio: { sample_rate: 22050, quality: 'medium' },
  espeak: { voice: 'en-us' },
  num_speakers: 1,
  phoneme_id_map: { ' ': [3], a: [14], ˈ: [120] },
};

describe("the voice's description", () => {
  it('gives the metadata that sherpa-onnx wants', () => {
    expect(voiceMetadata(readVoiceConfig(JSON.stringify(config)))).toEqual({
      model_type: 'vits',
      comment: 'piper',
      language: 'English',
      voice: 'en-us',
      has_espeak: '1',
      n_speakers: '1',
      sample_rate: '22050',
    });
  });

  it('gives a line for every phoneme, the space among them', () => {
    expect(voiceTokensFile(readVoiceConfig(JSON.stringify(config)))).toBe('  3\na 14\nˈ 120\n');
  });

  it.each(['', '{', '[]', '{"audio":{}}'])('is refused as %j', (json) => {
    expect(() => readVoiceConfig(json)).toThrow(PreparationError);
  });
});

describe('metadata for a model file', () => {
  it('is written as fields of a protobuf message', () => {
    expect([...metadataBytes({ k: 'va' })]).toEqual([0x72, 7, 0x0a, 1, 0x6b, 0x12, 2, 0x76, 0x61]);
  });

  it('counts lengths in bytes, over 127 in two', () => {
    const bytes = metadataBytes({ ü: 'x'.repeat(200) });
    // Entry: key 2 + 2 bytes, value 1 + 2 + 200 bytes; 207 = 0x4f + 128, 1.
    expect([...bytes.subarray(0, 10)]).toEqual([
      0x72, 0xcf, 0x01, 0x0a, 2, 0xc3, 0xbc, 0x12, 0xc8, 0x01,
    ]);
    expect(bytes.byteLength).toBe(3 + 207);
  });
});
