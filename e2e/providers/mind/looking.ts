import sharp from 'sharp';

/** What is made out of a picture: little, but from nothing but its pixels. */
export interface View {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of most of it. */
  readonly colour: string;
}

/** A picture is looked at in this many points to a side. */
const points = 32;

/** Rejects what is no whole JPEG. */
export async function look(jpeg: Uint8Array): Promise<View> {
  const { width, height } = await sharp(jpeg).metadata();
  const { data, info } = await sharp(jpeg)
    .resize(points, points, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const votes = new Map<string, number>();
  for (let at = 0; at < data.length; at += info.channels) {
    const colour = nameOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    votes.set(colour, (votes.get(colour) ?? 0) + 1);
  }
  const [most = ['nothing', 0]] = [...votes].sort(([, a], [, b]) => b - a);
  return { width, height, colour: most[0] };
}

/** Answers what is asked about what is seen; undefined where nothing is. */
export function describe(said: string, view: View | undefined): string | undefined {
  if (!/\bwhat (?:do|can) you see\b|\b(?:what|which) colou?r\b/iu.test(said)) return undefined;
  return view ? `I see something ${view.colour}.` : 'I see nothing, for nothing is shown to me.';
}

const hues: readonly (readonly [upToDegrees: number, name: string])[] = [
  [20, 'red'],
  [45, 'orange'],
  [70, 'yellow'],
  [170, 'green'],
  [260, 'blue'],
  [330, 'purple'],
  [360, 'red'],
];

/** Of levels of 0 to 255. */
function nameOf(red: number, green: number, blue: number): string {
  const brightest = Math.max(red, green, blue);
  const range = brightest - Math.min(red, green, blue);
  if (brightest < 50) return 'black';
  if (range < brightest * 0.2) return brightest > 200 ? 'white' : 'grey';
  const turn =
    brightest === red
      ? (green - blue) / range
      : brightest === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  const degrees = (turn * 60 + 360) % 360;
  return hues.find(([upTo]) => degrees <= upTo)?.[1] ?? 'red';
}
