import type { PicturePart } from './conversation.ts';
import { WireError } from './wire-error.ts';

const prefix = 'data:image/jpeg;base64,';
/** With which every JPEG begins. */
const beginning = Buffer.from([0xff, 0xd8, 0xff]);

/** The picture in a `data:` address. Throws the error that a client gets for any other. */
export function readPicture(url: string): PicturePart {
  const jpeg = Buffer.from(url.startsWith(prefix) ? url.slice(prefix.length) : '', 'base64');
  if (jpeg.subarray(0, beginning.length).equals(beginning)) return { kind: 'picture', jpeg };
  throw new WireError(
    'invalid_value',
    'The image data you provided does not represent a valid image.',
    {
      param: 'item.content.image_url',
    },
  );
}

/** As both services tell of it. */
export function pictureOnWire({ jpeg }: PicturePart): object {
  return { type: 'input_image', image_url: `${prefix}${jpeg.toString('base64')}`, detail: 'auto' };
}
