import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  OGG,
  BlobSource,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { joinSound } from './joined-sound.ts';
import type { KeptSound, SoundPiece } from './sound-record.ts';

const atMs = Date.UTC(2026, 2, 4, 15);
/** 20 ms of silence for two channels, with its place as what comes after. */
const packetAt = (place: number): Uint8Array => new Uint8Array([0xfc, 0xff, 0xfe, place]);
const opusHead = new Uint8Array([
  ...new TextEncoder().encode('OpusHead'),
  ...[1, 2, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0],
]);

/** What a browser records: WebM whose time stamps are rounded. */
async function recorded(packets: number): Promise<Uint8Array> {
  const output = new Output({
    format: new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: 0.1 }),
    target: new BufferTarget(),
  });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  for (let place = 0; place < packets; place += 1) {
    const jitterS = place % 2 === 0 ? 0 : 0.004;
    await source.add(new EncodedPacket(packetAt(place), 'key', place * 0.02 + jitterS, 0.02), {
      decoderConfig: {
        codec: 'opus',
        numberOfChannels: 2,
        sampleRate: 48_000,
        description: opusHead,
      },
    });
  }
  await output.finalize();
  return new Uint8Array(output.target.buffer ?? new ArrayBuffer());
}

function inPieces(bytes: Uint8Array, startedAtMs: number, size: number): SoundPiece[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) => ({
    conversationId: 'x',
    startedAtMs,
    piece,
    bytes: bytes.slice(piece * size, (piece + 1) * size).buffer,
  }));
}

function kept(...stretches: SoundPiece[][]): KeptSound {
  return {
    record: {
      conversationId: 'x',
      bytes: 0,
      stretches: stretches.map((pieces) => ({
        startedAtMs: pieces[0]?.startedAtMs ?? 0,
        endedAtMs: 0,
        pieces: pieces.length,
      })),
    },
    pieces: stretches.flat().toReversed(),
  };
}

/** The place of each packet of a file, and when it ends, in s. */
async function packetsOf(file: Blob): Promise<{ places: number[]; endS: number }> {
  const input = new Input({ formats: [OGG], source: new BlobSource(file) });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error('There is no sound in it.');
  expect(await track.getNumberOfChannels()).toBe(2);
  const places: number[] = [];
  let endS = 0;
  for await (const { data, timestamp, duration } of new EncodedPacketSink(track).packets()) {
    places.push(data[3] ?? -1);
    endS = timestamp + duration;
  }
  return { places, endS };
}

describe('the sound of a conversation', () => {
  it('is one file of all stretches, each after the other, in even time', async () => {
    const first = inPieces(await recorded(50), atMs, 100);
    const second = inPieces(await recorded(30), atMs + 60_000, 77);
    const { file, lengthMs, stretches } = await joinSound(kept(first, second));
    expect(lengthMs).toBeCloseTo(1600);
    expect(stretches.map(({ fromMs }) => Math.round(fromMs))).toEqual([0, 1000]);
    const { places, endS } = await packetsOf(file);
    expect(places).toEqual([...Array(50).keys(), ...Array(30).keys()]);
    expect(endS).toBeCloseTo(1.6, 1);
  });

  it('goes as far as its pieces do', async () => {
    const whole = inPieces(await recorded(50), atMs, 100);
    const lost = whole.slice(0, 6);
    const holed = inPieces(await recorded(50), atMs + 60_000, 100).filter(
      ({ piece }) => piece !== 6,
    );
    const { lengthMs, stretches } = await joinSound(kept(lost, holed));
    expect(stretches.every((stretch) => stretch.lengthMs > 200)).toBe(true);
    expect(lengthMs).toBeLessThan(1000);
    await expect(joinSound(kept(whole.slice(1)))).rejects.toThrow('cannot be read');
  });
});
