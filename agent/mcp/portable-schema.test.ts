import { describe, expect, it } from 'vitest';
import { portableSchema, restoredInput, type PortableSchema } from './portable-schema.ts';
import { modelToolName } from './tool-names.ts';

const known = new Set(
  'type description enum properties required items anyOf minimum maximum minItems maxItems'.split(
    ' ',
  ),
);

/** What the strictest of the providers asks of every part of a schema. */
function expectPortable(schema: PortableSchema, depth = 0): void {
  for (const key of Object.keys(schema)) expect(known).toContain(key);
  expect(Boolean(schema.type) !== Boolean(schema.anyOf)).toBe(true);
  const types = [schema.type ?? []].flat();
  expect(types.filter((type) => type !== 'null').length).toBeLessThanOrEqual(1);
  if (schema.enum) expect(schema.enum.every((value) => typeof value === 'string')).toBe(true);
  if (types.includes('array')) expect(schema.items).toBeDefined();
  if (types.includes('object')) {
    const names = Object.keys(schema.properties ?? {});
    if (depth > 0) expect(names).not.toEqual([]);
    for (const name of schema.required ?? []) expect(names).toContain(name);
  }
  const parts = [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? [])];
  if (schema.items) parts.push(schema.items);
  for (const part of parts) expectPortable(part, depth + 1);
}

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['item', 'gone'],
  $defs: {
    size: { type: 'integer', enum: [1, 2, 3], description: 'How large.' },
    node: {
      type: 'object',
      properties: { next: { $ref: '#/$defs/node' }, id: { type: 'string' } },
    },
    named: { properties: { name: { type: 'string' } }, required: ['name'] },
  },
  properties: {
    item: { type: 'string', format: 'uri', pattern: '^https:' },
    size: { $ref: '#/$defs/size' },
    colour: { oneOf: [{ const: 'red' }, { const: 'blue' }, { type: 'null' }] },
    note: { type: ['string', 'null'] },
    either: { type: ['string', 'number'], title: 'Either' },
    point: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }] },
    tags: { type: 'array', items: {}, minItems: 1, uniqueItems: true },
    extra: { type: 'object', additionalProperties: true },
    anything: true,
    list: { $ref: '#/$defs/node' },
    owner: { allOf: [{ $ref: '#/$defs/named' }, { properties: { age: { type: 'number' } } }] },
    elsewhere: { $ref: 'https://example.org/schema' },
  },
};

describe('a schema for every provider', () => {
  it('says the same as the tool did, as far as it can be said', () => {
    const schema = portableSchema(order);
    expectPortable(schema);
    expect(schema.required).toEqual(['item']);
    expect(schema.properties).toMatchObject({
      item: { type: 'string', description: 'Format: uri. Pattern: ^https:' },
      size: { type: 'integer', description: 'How large. One of: 1, 2, 3.' },
      colour: { anyOf: [{ enum: ['red'] }, { enum: ['blue'] }, { type: 'null' }] },
      note: { type: ['string', 'null'] },
      either: { anyOf: [{ type: 'string' }, { type: 'number' }], description: 'Either' },
      point: { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
      tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
      extra: { type: 'string', description: 'As JSON text.' },
      list: { type: 'object', properties: { next: { type: 'string' }, id: { type: 'string' } } },
      owner: { type: 'object', required: ['name'], properties: { age: { type: 'number' } } },
    });
  });

  it('comes to an end, whatever refers to what', () => {
    const names = Array.from({ length: 12 }, (_, at) => `n${at}`);
    const $defs = Object.fromEntries(
      names.map((name) => [
        name,
        {
          type: 'object',
          properties: Object.fromEntries(names.map((next) => [next, { $ref: `#/$defs/${next}` }])),
        },
      ]),
    );
    const schema = portableSchema({ $defs, properties: { start: { $ref: '#/$defs/n0' } } });
    expectPortable(schema);
    expect(JSON.stringify(schema).length).toBeLessThan(100_000);
    expectPortable(portableSchema({ $ref: '#' }));
    expectPortable(portableSchema({ properties: { a: { $ref: '#/properties/a' } } }));
  });

  it.each([[undefined], [true], [{}], [{ type: 'string' }]])(
    'is one of an object for %j',
    (schema) => {
      expect(portableSchema(schema)).toEqual({ type: 'object', properties: {} });
    },
  );

  it('is undone for the server: JSON text where anything may stand, and only there', () => {
    const given = {
      item: '{"a":1}',
      extra: '{"deep":[1,{"b":2}]}',
      anything: '[1]',
      tags: ['{"c":3}', 'plain'],
      list: { id: '[not json]', next: '{"id":"x"}' },
      either: '[5]',
      unknown: '{}',
    };
    expect(restoredInput(given, order)).toEqual({
      item: '{"a":1}',
      extra: { deep: [1, { b: 2 }] },
      anything: [1],
      tags: [{ c: 3 }, 'plain'],
      list: { id: '[not json]', next: { id: 'x' } },
      either: '[5]',
      unknown: '{}',
    });
    expect(restoredInput('nonsense', order)).toEqual({});
  });
});

describe('the name of a tool', () => {
  it('is plain where it can be, and otherwise short, valid and its own', () => {
    expect(modelToolName('files', 'read_file')).toBe('files__read_file');
    const names = ['read.file', 'read/file', 'read file', 'x'.repeat(90), `${'x'.repeat(90)}y`].map(
      (tool) => modelToolName('files', tool),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
  });
});
