import type { Sensitivity } from '../barge-in/policy.ts';

interface Named {
  readonly name: string;
  readonly note: string;
}

const sensitivities: Readonly<Record<Sensitivity, Named>> = {
  off: {
    name: 'Off',
    note: 'The assistant alone decides when you cut in, about a second after you begin.',
  },
  gentle: {
    name: 'Gentle',
    note: 'It lowers its voice after a clear word and stops only when you go on; best for noisy rooms.',
  },
  normal: {
    name: 'Normal',
    note: 'It lowers its voice at the first sound of speech, and stops when you go on for more than an “mm-hm”.',
  },
  eager: {
    name: 'Eager',
    note: 'It stops for good at half a word; best with headphones in a quiet room.',
  },
};

/** The texts of cutting in by voice: its setting, its panel and its tuning. They come with these and not before. */
export const bargeInWords = {
  title: 'When I speak',
  sensitivities,
} as const;
