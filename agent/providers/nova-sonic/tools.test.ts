import { llm } from '@livekit/agents';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { peeledArguments, toolChoiceFor, toolResult, toolSpecs } from './tools.ts';

test('describes a tool with its schema as a string', () => {
  const weather = llm.tool({
    name: 'weather',
    description: 'The weather of a place.',
    parameters: z.object({ place: z.string() }),
    execute: () => Promise.resolve('sunny'),
  });
  const [spec] = toolSpecs(new llm.ToolContext([weather]));
  expect(spec).toMatchObject({ name: 'weather', description: 'The weather of a place.' });
  expect(JSON.parse(spec?.schema ?? '')).toMatchObject({
    type: 'object',
    properties: { place: { type: 'string' } },
    required: ['place'],
  });
});

test('peels arguments that were encoded twice, and only those', () => {
  const once = JSON.stringify({ place: 'Huế' });
  expect(peeledArguments(JSON.stringify(once))).toBe(once);
  expect(peeledArguments(once)).toBe(once);
  expect(peeledArguments('"just a word"')).toBe('"just a word"');
  expect(peeledArguments('{broken')).toBe('{broken');
});

test('makes an object of every result', () => {
  expect(toolResult('{"degrees":31}', false)).toBe('{"degrees":31}');
  expect(toolResult('"sunny"', false)).toBe('{"tool_result":"sunny"}');
  expect(toolResult('sunny', false)).toBe('{"tool_result":"sunny"}');
  expect(toolResult('[1,2]', false)).toBe('{"tool_result":[1,2]}');
  expect(toolResult('"no such place"', true)).toBe('{"error":"no such place"}');
});

test('says only those choices of a tool that the service knows', () => {
  expect(toolChoiceFor('required')).toEqual({ any: {} });
  expect(toolChoiceFor({ type: 'function', function: { name: 'weather' } })).toEqual({
    tool: { name: 'weather' },
  });
  expect(toolChoiceFor('none')).toBeUndefined();
  expect(toolChoiceFor('auto')).toBeUndefined();
});
