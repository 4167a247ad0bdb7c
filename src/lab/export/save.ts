/** How long a file that is being saved stays readable. */
const graceMs = 60_000;

/** Hands a file to the browser's downloads. */
export function save(fileName: string, content: Blob | string): void {
  const blob = typeof content === 'string' ? new Blob([content]) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), graceMs);
}

/** The name without its last extension. */
export function baseName(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, '');
}
