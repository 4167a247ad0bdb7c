export type JsonSchema = Readonly<Record<string, unknown>>;
export type JsonType = (typeof jsonTypes)[number];

const jsonTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;
const mostHops = 16;

/** A schema with its references followed, and which these were. */
interface Resolved {
  readonly schema: JsonSchema;
  readonly followed: readonly string[];
}

/** Follows references and merges `allOf`. A reference to elsewhere, or to itself, leaves a schema that says nothing. */
export function resolved(source: unknown, root: JsonSchema): Resolved {
  let schema = isObject(source) ? source : {};
  const followed: string[] = [];
  for (;;) {
    const { $ref: reference, ...rest } = schema;
    if (typeof reference !== 'string') break;
    if (followed.length >= mostHops) return { schema: {}, followed };
    followed.push(reference);
    schema = { ...pointed(reference, root), ...rest };
  }
  if (!Array.isArray(schema['allOf'])) return { schema, followed };
  const { allOf, ...own } = schema;
  let merged: JsonSchema = own;
  for (const part of allOf as unknown[]) {
    const { $ref: reference, ...rest } = isObject(part) ? part : {};
    if (typeof reference === 'string') followed.push(reference);
    const other: JsonSchema =
      typeof reference === 'string' ? { ...pointed(reference, root), ...rest } : rest;
    merged = {
      ...other,
      ...merged,
      properties: { ...propertiesOf(other), ...propertiesOf(merged) },
      required: [...textsOf(other['required']), ...textsOf(merged['required'])],
    };
  }
  return { schema: merged, followed };
}

function pointed(reference: string, root: JsonSchema): JsonSchema {
  if (!reference.startsWith('#')) return {};
  let found: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return isObject(found) ? found : {};
}

/** The schemas of which one has to fit; undefined where the schema says by itself what it wants. */
export function alternatives(schema: JsonSchema): readonly unknown[] | undefined {
  if (Object.keys(propertiesOf(schema)).length > 0) return undefined;
  for (const list of [schema['anyOf'], schema['oneOf']]) {
    if (Array.isArray(list) && list.length > 0) return list as unknown[];
  }
  const types = textsOf(schema['type']);
  if (types.filter((type) => type !== 'null').length < 2) return undefined;
  return types.map((type) => ({ ...schema, type, title: undefined, description: undefined }));
}

/** Undefined where nothing tells: any value fits. Of a type that may also be null, the type. */
export function typeOf(schema: JsonSchema): JsonType | undefined {
  const named = [schema['type']].flat().filter(isJsonType);
  const type = named.find((name) => name !== 'null') ?? named[0];
  if (type) return type;
  if (Object.keys(propertiesOf(schema)).length > 0) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  const [value] = valuesOf(schema) ?? [];
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' || typeof value === 'boolean'
    ? (typeof value as JsonType)
    : undefined;
}

export function isNullable(schema: JsonSchema): boolean {
  return textsOf(schema['type']).includes('null');
}

/** The only values that fit, where they are listed. */
export function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'] as unknown[];
  return 'const' in schema ? [schema['const']] : undefined;
}

export function propertiesOf(schema: JsonSchema): JsonSchema {
  return isObject(schema['properties']) ? schema['properties'] : {};
}

/** Of a tuple, one schema for whatever may stand in it. */
export function itemOf(schema: JsonSchema): unknown {
  const items = schema['prefixItems'] ?? schema['items'];
  return Array.isArray(items) ? { anyOf: items } : items;
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJsonType(value: unknown): value is JsonType {
  return (jsonTypes as readonly unknown[]).includes(value);
}
