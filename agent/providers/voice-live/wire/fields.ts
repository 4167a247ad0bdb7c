/** Without the fields that are undefined: the service refuses some nulls, and takes what is absent for its default. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
