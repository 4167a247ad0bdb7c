import sharp from 'sharp';
import type { Picture } from './eyes.ts';

export const askedColour = 'What colour do you see?';

/** Something of one colour in front of a camera. */
export async function pictureOf(background: string): Promise<Picture> {
  const size = { width: 320, height: 240, channels: 3 } as const;
  const jpeg = await sharp({ create: { ...size, background } })
    .jpeg()
    .toBuffer();
  return { jpeg, source: 'camera' };
}
