import { aptInstall, hasApt } from './apt.ts';
import { findOnPath } from './on-path.ts';
import type { Terminal } from './terminal.ts';

/** What the ffmpeg that comes with the packages cannot decode. */
export const ffmpegPurpose = 'Only needed to find speech in AAC, M4A, WMA and AMR files.';

/** Installs ffmpeg where the system has a package of it. Without it a few formats are refused; that stops nothing. */
export function obtainFfmpeg(terminal: Terminal): void {
  if (findOnPath(['ffmpeg']) !== undefined) return;
  if (hasApt()) {
    terminal.step('Installing ffmpeg');
    aptInstall(['ffmpeg']);
  }
  if (findOnPath(['ffmpeg']) === undefined) {
    terminal.warn(`There is no ffmpeg on PATH. ${ffmpegPurpose} Its tests are skipped.`);
  }
}
