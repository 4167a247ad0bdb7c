/** The object in a JSON text, also where it was encoded a second time; an empty one if there is none. */
export function readRecord(json: string): Readonly<Record<string, unknown>> {
  const value = readValue(json);
  return isRecord(value) ? value : {};
}

/** The value in a JSON text, also where it was encoded a second time; the text itself if it is none. */
export function readValue(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? readValue(value) : value;
  } catch {
    return json;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
