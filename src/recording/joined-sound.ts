import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  OggOutputFormat,
  Output,
  WEBM,
} from 'mediabunny';
import { opusPacketS } from './opus-packet.ts';
import type { KeptSound, SoundPiece, SoundStretch } from './sound-record.ts';
import { placed, type PlacedStretch } from './sound-times.ts';

/** All sound of a conversation as one file: Ogg with Opus, the person left, the assistant right. */
export interface JoinedSound {
  readonly file: Blob;
  readonly stretches: readonly PlacedStretch[];
  readonly lengthMs: number;
}

/**
 * Joins the stretches to one file that any player can search through. The packets go over as they are. What is damaged is left
 * out; rejects if nothing can be read.
 */
export async function joinSound({ record, pieces }: KeptSound): Promise<JoinedSound> {
  const output = new Output({ format: new OggOutputFormat(), target: new BufferTarget() });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const lengths: { startedAtMs: number; lengthMs: number }[] = [];
  let endS = 0;
  for (const stretch of record.stretches) {
    const fromS = endS;
    endS = await addStretch(source, bytesOf(stretch, pieces), endS);
    lengths.push({ startedAtMs: stretch.startedAtMs, lengthMs: (endS - fromS) * 1000 });
  }
  if (endS === 0) throw new Error('The sound cannot be read.');
  await output.finalize();
  const file = new Blob([output.target.buffer ?? ''], { type: 'audio/ogg' });
  return { file, stretches: placed(lengths), lengthMs: endS * 1000 };
}

/** Its pieces as far as none is missing. */
function bytesOf({ startedAtMs }: SoundStretch, pieces: readonly SoundPiece[]): Uint8Array {
  const own = pieces
    .filter((piece) => piece.startedAtMs === startedAtMs)
    .sort((a, b) => a.piece - b.piece);
  const missing = own.findIndex(({ piece }, index) => piece !== index);
  const whole = missing < 0 ? own : own.slice(0, missing);
  const bytes = new Uint8Array(whole.reduce((sum, one) => sum + one.bytes.byteLength, 0));
  let at = 0;
  for (const one of whole) {
    bytes.set(new Uint8Array(one.bytes), at);
    at += one.bytes.byteLength;
  }
  return bytes;
}

/** Resolves with the end, in s. */
async function addStretch(
  source: EncodedAudioPacketSource,
  bytes: Uint8Array,
  fromS: number,
): Promise<number> {
  let atS = fromS;
  const input = new Input({ formats: [WEBM], source: new BufferSource(bytes) });
  try {
    const track = await input.getPrimaryAudioTrack();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || !decoderConfig) return fromS;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const duration = opusPacketS(packet.data);
      if (duration === 0) continue;
      await source.add(packet.clone({ timestamp: atS, duration }), { decoderConfig });
      atS += duration;
    }
  } catch {
    // A tab that was lost leaves a stretch without its end; what was read before is good.
  } finally {
    input.dispose();
  }
  return atS;
}
