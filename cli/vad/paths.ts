import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Endings that a folder is searched for; a file that is named itself may end in anything. */
const endings = new Set(
  (
    '.wav .w64 .rf64 .mp3 .ogg .oga .opus .flac .m4a .mp4 .mov .3gp .aac .webm .mka .mkv .wma .wmv .amr ' +
    '.aif .aiff .caf .au .snd .wv .ape .tta .avi .flv'
  ).split(' '),
);

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Size in bytes, or 0 for what is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export function isRecordingName(name: string): boolean {
  return endings.has(extname(name).toLowerCase());
}

/** A folder becomes the recordings below it, in order of their names; anything else stays what it is. */
export function expanded(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    isFolder(path)
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter(isRecordingName)
          .sort()
          .map((name) => join(path, name))
      : [path],
  );
}
