import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, it } from 'vitest';
import { openai } from './catalogue/openai.ts';
import { GeminiModel } from './gemini/model.ts';
import { Told } from './test-call.ts';
import { serve, survives } from './test-service.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** The plugins throw at each of these where nobody catches anything, which ends the process or goes unsaid. */
describe('a message that a plugin cannot read', () => {
  it.each([
    'null',
    '7',
    '"text"',
    '[]',
    '{"type":null}',
    '{"type":"error","error":"no object"}',
    '{"type":"error","error":{"message":7,"code":{}}}',
    '{"type":"response.done","response":null}',
    '{"type":"response.done","response":{"status_details":{"error":"x"}}}',
  ])('of OpenAI costs nothing but itself: %s', async (text) => {
    const service = await serve([{ type: 'session.created', session: {} }], () => []);
    const environment = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: `http://${service.url}/v1` };
    const told = new Told();
    const { model } = openai.connect(environment, { voice: 'marin' }, told);
    await survives(
      model,
      told,
      () => service.send(text),
      () => service.send('{"type":"response.created","response":{"id":"r"}}'),
    );
  });

  it.each([
    'null',
    '"text"',
    '{"serverContent":{"modelTurn":{"parts":[null]}}}',
    '{"serverContent":{"modelTurn":{"parts":{}}}}',
    '{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":7}}]}}}',
    '{"serverContent":7}',
    '{"toolCall":{"functionCalls":[null]}}',
    '{"goAway":{"timeLeft":7}}',
    '{"usageMetadata":{"promptTokensDetails":[null]}}',
  ])('of Gemini costs nothing but itself: %s', async (text) => {
    const service = await serve([], (message) =>
      'setup' in message ? [{ setupComplete: {} }] : [],
    );
    const httpOptions = { baseUrl: `http://${service.url}` };
    const told = new Told();
    await survives(
      new GeminiModel({ model: 'gemini-live', apiKey: 'key', httpOptions }, told),
      told,
      () => service.send(text),
      () => service.send('{"serverContent":{"modelTurn":{"parts":[{"text":"Here."}]}}}'),
    );
  });
});
