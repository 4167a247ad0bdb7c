/** Firefox reads the file only after the click has been dealt with, and tells nobody when it is done. */
const graceMs = 60_000;

/** Hands a file to the browser's downloads. */
export function save(fileName: string, content: Blob | string): void {
  const blob =
    typeof content === 'string'
      ? new Blob([content], { type: 'text/plain;charset=utf-8' })
      : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), graceMs);
}
