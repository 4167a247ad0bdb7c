import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { postRecording, serve } from './testing/serve.ts';

const document = z.looseObject({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses: z.record(
          z.string(),
          z.looseObject({
            content: z
              .object({ 'application/json': z.object({ schema: z.looseObject({}) }) })
              .optional(),
          }),
        ),
      }),
    ),
  ),
});

it('is OpenAPI, and every kind of answer is as it says', async () => {
  const [app, address] = await serve({ PARLEY_VAD_RATE: '7' });
  onTestFinished(() => app.close());
  const url = `http://${address}/v1/vad`;
  const said = document.parse(await (await fetch(`${url}/openapi.json`)).json());
  expect(await new Validator().validate(said)).toEqual({ valid: true });
  expect(Object.keys(said.paths).sort()).toEqual([
    '/v1/vad/detect',
    '/v1/vad/health',
    '/v1/vad/stream',
  ]);

  const recording = new Uint8Array(
    await readFile(new URL('../../e2e/fixtures/human/best-of-times.flac', import.meta.url)),
  );
  const detect = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
    postRecording(address, body, headers);
  await expect.poll(async () => (await fetch(`${url}/health`)).status).toBe(200);
  const answers: [string, string, Response][] = [
    ['/v1/vad/health', 'get', await fetch(`${url}/health`)],
    ['/v1/vad/detect', 'post', await detect(recording)],
    ['/v1/vad/detect', 'post', await detect(recording, { 'x-vad-sensitivity': '2' })],
    ['/v1/vad/detect', 'post', await detect(recording, { authorization: '' })],
    [
      '/v1/vad/detect',
      'post',
      await detect(new Uint8Array(1_100_000), { authorization: 'Bearer small-key-1' }),
    ],
    ['/v1/vad/detect', 'post', await detect(recording, { 'content-type': 'text/html' })],
    ['/v1/vad/detect', 'post', await detect('A letter.')],
  ];
  for (let i = 0; i < 4; i += 1)
    answers.push(['/v1/vad/detect', 'post', await detect('A letter.')]);
  expect(new Set(answers.map(([, , { status }]) => status))).toEqual(
    new Set([200, 400, 401, 413, 415, 422, 429]),
  );
  const ajv = new Ajv2020({ strict: false });
  for (const [path, method, response] of answers) {
    const schema = said.paths[path]?.[method]?.responses[String(response.status)]?.content;
    if (!schema) throw new Error(`${path} says nothing of ${response.status}.`);
    const check = ajv.compile({
      ...schema['application/json'].schema,
      additionalProperties: false,
    });
    check(await response.json());
    expect(check.errors, `${path} ${response.status}`).toBeNull();
  }
});
