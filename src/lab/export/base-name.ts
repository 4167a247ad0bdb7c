/** The name without its last extension. */
export function baseName(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, '');
}
