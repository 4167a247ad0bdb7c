import { VideoBufferType, type VideoFrame, VideoRotation } from '@livekit/rtc-node';
import sharp from 'sharp';
import type { Picture } from '../providers/eyes.ts';

/** The longest side, in pixels: words on a screen have to stay readable. */
const longestSide: Readonly<Record<Picture['source'], number>> = { screen: 1280, camera: 768 };
/** A picture is waited for by the sound behind it. */
const mostBytes = 200_000;
/** The first is taken that is small enough, else the last. */
const qualities = [75, 50, 30];

const degrees: Readonly<Record<VideoRotation, number>> = {
  [VideoRotation.VIDEO_ROTATION_0]: 0,
  [VideoRotation.VIDEO_ROTATION_90]: 90,
  [VideoRotation.VIDEO_ROTATION_180]: 180,
  [VideoRotation.VIDEO_ROTATION_270]: 270,
};

export interface Seen {
  readonly frame: VideoFrame;
  /** How it has to be turned to stand upright: phones send what their sensor sees. */
  readonly rotation: VideoRotation;
  readonly source: Picture['source'];
}

/** A frame as JPEG, of bounded sides and, but for the busiest, of bounded size. */
export async function encode({ frame, rotation, source }: Seen): Promise<Picture> {
  const { data, width, height } = frame.convert(VideoBufferType.RGBA);
  const side = longestSide[source];
  const upright = sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .rotate(degrees[rotation])
    .resize(side, side, { fit: 'inside', withoutEnlargement: true });
  let jpeg = Buffer.alloc(0);
  for (const quality of qualities) {
    jpeg = await upright.clone().jpeg({ quality }).toBuffer();
    if (jpeg.length <= mostBytes) break;
  }
  return { jpeg, source };
}
