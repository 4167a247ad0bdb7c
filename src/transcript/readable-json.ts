/** JSON as a person reads it: a flat object as lines of `name: value`, anything else indented. Other text stays as it is. */
export function readableJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.trim();
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value, null, 2);
  return Object.entries(value)
    .map(
      ([name, part]) =>
        `${name}: ${typeof part === 'string' ? part : JSON.stringify(part, null, 2)}`,
    )
    .join('\n');
}
