import { readdir } from 'node:fs/promises';
import { plot } from './report.ts';

const folder = new URL('./results/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
for (const name of names) await plot(name.slice(0, -'.json'.length));
