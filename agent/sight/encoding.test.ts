import { VideoBufferType, VideoFrame, VideoRotation } from '@livekit/rtc-node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encode } from './encoding.ts';

/** A frame as a room delivers it: planes of brightness and of two colours, the latter at half the size. */
function frameOf(width: number, height: number, fill: (at: number) => number): VideoFrame {
  const data = Uint8Array.from({ length: width * height * 1.5 }, (_, at) => fill(at));
  return new VideoFrame(data, width, height, VideoBufferType.I420);
}

async function sizeOf(jpeg: Buffer) {
  const { format, width, height } = await sharp(jpeg).metadata();
  return { format, width, height };
}

describe('a frame of video as a picture', () => {
  it('is a JPEG that stands upright and is no larger than is looked at', async () => {
    const frame = frameOf(1600, 1200, () => 128);
    const { VIDEO_ROTATION_0, VIDEO_ROTATION_90 } = VideoRotation;
    const screen = await encode({ frame, rotation: VIDEO_ROTATION_0, source: 'screen' });
    expect(await sizeOf(screen.jpeg)).toEqual({ format: 'jpeg', width: 1280, height: 960 });
    const camera = await encode({ frame, rotation: VIDEO_ROTATION_90, source: 'camera' });
    expect(await sizeOf(camera.jpeg)).toEqual({ format: 'jpeg', width: 576, height: 768 });
  });

  it('has the colours that were seen', async () => {
    // Red, in the way of BT.601.
    const frame = frameOf(64, 64, (at) => (at < 4096 ? 81 : at < 5120 ? 90 : 240));
    const { jpeg } = await encode({
      frame,
      rotation: VideoRotation.VIDEO_ROTATION_0,
      source: 'camera',
    });
    const [red, green, blue] = (await sharp(jpeg).stats()).channels.map(({ mean }) => mean);
    expect(red).toBeGreaterThan(200);
    expect(green).toBeLessThan(60);
    expect(blue).toBeLessThan(60);
  });

  it('is coarser where it would be too large to be sent', async () => {
    let seed = 1;
    const noise = () => (seed = (seed * 48_271) % 2_147_483_647) & 255;
    const frame = frameOf(1280, 720, noise);
    const { jpeg } = await encode({
      frame,
      rotation: VideoRotation.VIDEO_ROTATION_0,
      source: 'screen',
    });
    const finer = await sharp(jpeg).jpeg({ quality: 75 }).toBuffer();
    expect(jpeg.length).toBeLessThan(finer.length);
  });
});
