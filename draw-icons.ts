// Draws the icons of the installed page from the one of its tab: `npm run icons`, whenever that has changed.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const folder = fileURLToPath(new URL('public/', import.meta.url));
const rounded = await readFile(`${folder}favicon.svg`, 'utf8');

/** Systems cut these to a shape of their own, so the ground goes to the edge; the bars lie well within the safe circle. */
const filled = rounded.replace('rx="16"', 'rx="0"');
if (filled === rounded) throw new Error('The ground of favicon.svg has no corners to fill.');

const icons = [
  { name: 'icon-192', svg: rounded, size: 192 },
  { name: 'icon-512', svg: rounded, size: 512 },
  { name: 'icon-maskable-512', svg: filled, size: 512 },
  { name: 'apple-touch-icon', svg: filled, size: 180 },
];

const unitsOfSvg = 64;
const dpiOfOneUnit = 72;

for (const { name, svg, size } of icons) {
  await sharp(Buffer.from(svg), { density: (dpiOfOneUnit * size) / unitsOfSvg })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`${folder}${name}.png`);
}
