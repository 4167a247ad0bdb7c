import {
  alternatives,
  isNullable,
  isObject,
  itemOf,
  propertiesOf,
  resolved,
  textsOf,
  typeOf,
  valuesOf,
  type JsonSchema,
  type JsonType,
} from './json-schema.ts';

/** The part of JSON Schema that every provider takes. */
export interface PortableSchema {
  type?: JsonType | JsonType[];
  description?: string;
  enum?: string[];
  properties?: Record<string, PortableSchema>;
  required?: string[];
  items?: PortableSchema;
  anyOf?: PortableSchema[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

const deepest = 10;
const mostParts = 400;
const longestDescription = 1000;

/**
 * A tool's input schema, rewritten so that no provider refuses it: the Gemini API refuses a whole session for one
 * schema with a reference, a tuple, a number in an `enum`, an unknown format or an object without properties
 * (https://ai.google.dev/api/caching#Schema), OpenAI one whose root is not a plain object. What cannot be said is told
 * in descriptions; the server checks its arguments itself. What may hold anything becomes JSON text: see `restoredInput`.
 */
export function portableSchema(schema: unknown): PortableSchema {
  const root = isObject(schema) ? schema : {};
  return new Rewriter(root).object(resolved(root, root).schema, 0, []);
}

class Rewriter {
  readonly #root: JsonSchema;
  /** Schemas may refer to each other so often that written out they would not end. */
  #left = mostParts;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  object(schema: JsonSchema, depth: number, open: readonly string[]): PortableSchema {
    const members = propertiesOf(schema);
    const required = textsOf(schema['required']).filter((name) => Object.hasOwn(members, name));
    const properties = Object.fromEntries(
      Object.entries(members).map(([name, member]) => [name, this.#part(member, depth + 1, open)]),
    );
    return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }

  #part(source: unknown, depth: number, open: readonly string[]): PortableSchema {
    const { schema, followed } = resolved(source, this.#root);
    this.#left -= 1;
    const endless = followed.some((reference) => open.includes(reference));
    if (endless || depth > deepest || this.#left < 0 || holdsAnything(schema)) {
      return described({ type: 'string' }, schema, ['As JSON text.']);
    }
    const within = [...open, ...followed];
    const choices = alternatives(schema);
    if (choices) {
      const anyOf = choices.map((choice) => this.#part(choice, depth + 1, within));
      return described({ anyOf }, schema, []);
    }
    const part = this.#plain(schema, depth, within);
    const type = part.type;
    if (isNullable(schema) && typeof type === 'string') part.type = [type, 'null'];
    return described(part, schema, notesOn(schema, part));
  }

  #plain(schema: JsonSchema, depth: number, open: readonly string[]): PortableSchema {
    const type = typeOf(schema) ?? 'string';
    switch (type) {
      case 'object':
        return this.object(schema, depth, open);
      case 'array': {
        const items = this.#part(itemOf(schema), depth + 1, open);
        return { type, items, ...numbersIn(schema, ['minItems', 'maxItems']) };
      }
      case 'number':
      case 'integer':
        return { type, ...numbersIn(schema, ['minimum', 'maximum']) };
      case 'string': {
        const texts = textsOf(valuesOf(schema));
        return { type, ...(texts.length > 0 ? { enum: [...texts] } : {}) };
      }
      case 'boolean':
      case 'null':
        return { type };
    }
  }
}

/** The arguments as the server wants them: what a model had to give as JSON text is parsed. */
export function restoredInput(input: unknown, schema: unknown): Record<string, unknown> {
  const root = isObject(schema) ? schema : {};
  const restored = restore(input, root, root);
  return isObject(restored) ? { ...restored } : {};
}

function restore(value: unknown, source: unknown, root: JsonSchema): unknown {
  const { schema } = resolved(source, root);
  const choices = alternatives(schema);
  if (typeof value === 'string') {
    const kinds = (choices ?? [schema]).map((choice) => typeOf(resolved(choice, root).schema));
    return kinds.includes('string') ? value : parsedIfJson(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => restore(item, itemOf(schema), root));
  }
  if (!isObject(value)) return value;
  const members = propertiesOf(schema);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      Object.hasOwn(members, name) ? restore(member, members[name], root) : member,
    ]),
  );
}

/** Only what stands for an object or a list is parsed: a text that happens to be a number stays a text. */
function parsedIfJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function holdsAnything(schema: JsonSchema): boolean {
  if (alternatives(schema) || valuesOf(schema)) return false;
  const type = typeOf(schema);
  return !type || (type === 'object' && Object.keys(propertiesOf(schema)).length === 0);
}

/** What the portable form had to leave out and a model should know. */
function notesOn(schema: JsonSchema, part: PortableSchema): string[] {
  const notes: string[] = [];
  const values = valuesOf(schema);
  if (values && values.length !== part.enum?.length) {
    notes.push(`One of: ${values.map((value) => JSON.stringify(value)).join(', ')}.`);
  }
  if (typeof schema['format'] === 'string') notes.push(`Format: ${schema['format']}.`);
  if (typeof schema['pattern'] === 'string') notes.push(`Pattern: ${schema['pattern']}`);
  return notes;
}

function described(part: PortableSchema, schema: JsonSchema, notes: string[]): PortableSchema {
  const own = schema['description'] ?? schema['title'];
  const parts = typeof own === 'string' ? [own.trim(), ...notes] : notes;
  const description = parts.filter(Boolean).join(' ').slice(0, longestDescription);
  return description ? { ...part, description } : part;
}

function numbersIn<Key extends string>(
  schema: JsonSchema,
  keys: readonly Key[],
): Partial<Record<Key, number>> {
  const found: Partial<Record<Key, number>> = {};
  for (const key of keys) {
    const value = schema[key];
    if (typeof value === 'number') found[key] = value;
  }
  return found;
}
