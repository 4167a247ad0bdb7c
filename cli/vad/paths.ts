import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** Endings that a folder is searched for; a file that is named itself may end in anything. */
const endings = new Set(
  (
    '.wav .w64 .rf64 .mp3 .ogg .oga .opus .flac .m4a .mp4 .mov .3gp .aac .webm .mka .mkv .wma .wmv .amr ' +
    '.aif .aiff .caf .au .snd .wv .ape .tta .avi .flv'
  ).split(' '),
);

/** Size in bytes, or 0 for what is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export function isRecordingName(name: string): boolean {
  return endings.has(extname(name).toLowerCase());
}

/** The recordings below a folder, in order of their names; anything else stands for itself. Throws for a folder that may not be read. */
export function recordingsAt(path: string): string[] {
  if (!isFolder(path)) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(isRecordingName)
    .sort()
    .map((name) => join(path, name));
}

/** What results call each file: its name, or its whole path where two have the same name. */
export function namesOf(paths: readonly string[]): (path: string) => string {
  const counted = new Map<string, number>();
  for (const path of new Set(paths)) {
    counted.set(basename(path), (counted.get(basename(path)) ?? 0) + 1);
  }
  return (path) => ((counted.get(basename(path)) ?? 0) > 1 ? path : basename(path));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
