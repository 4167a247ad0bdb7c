import { afterEach, expect, test } from 'vitest';
import { Connection, type ConnectionListener, type Opening } from './connection.ts';
import { bedrockClient, credentialExpiry } from './credentials.ts';
import type { NovaSonicError } from './errors.ts';
import { TestBedrock, type ServedStream } from './test-bedrock.ts';
import type { OutputEvent } from './wire/output-events.ts';

const opening: Opening = {
  inference: { maxTokens: 1024, topP: 0.9, temperature: 0.7 },
  sensitivity: 'HIGH',
  voice: 'amy',
  system: 'Be brief. '.repeat(150),
  tools: [{ name: 'now', description: 'The time.', schema: '{"type":"object"}' }],
  toolChoice: undefined,
  history: [
    { role: 'USER', text: 'Hello.' },
    { role: 'ASSISTANT', text: 'Hello to you.' },
  ],
};

const clean: (() => void)[] = [];
afterEach(() => {
  for (const undo of clean.splice(0)) undo();
});

async function connect(onStream: (stream: ServedStream) => void) {
  const bedrock = await TestBedrock.start(onStream);
  const client = bedrockClient({
    endpoint: bedrock.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  });
  const events: OutputEvent[] = [];
  const malformed: string[] = [];
  let accept!: () => void;
  let fail!: (error: NovaSonicError) => void;
  const accepted = new Promise<void>((resolve) => (accept = resolve));
  const failed = new Promise<NovaSonicError>((resolve) => (fail = resolve));
  const listener: ConnectionListener = {
    accepted: () => accept(),
    event: (event) => void events.push(event),
    malformed: (reason) => void malformed.push(reason),
    failed: (error) => fail(error),
  };
  const connection = new Connection(client, 'amazon.nova-2-sonic-v1:0', opening, listener);
  clean.push(() => {
    connection.abort();
    client.destroy();
    bedrock.stop();
  });
  return { connection, served: await bedrock.stream(0), accepted, failed, events, malformed };
}

test('opens with session, prompt, system, history and audio in this order, and ends in order', async () => {
  const { connection, served, accepted } = await connect((stream) => stream.accept());
  await accepted;
  connection.sendAudio(new Int16Array(512).fill(7));
  connection.sendText('Typed.');
  connection.sendToolResult('tool-1', '{"a":1}');
  connection.close();
  await served.until('sessionEnd');

  const block = ['contentStart', 'textInput', 'contentEnd'];
  expect(served.names()).toEqual([
    'sessionStart',
    'promptStart',
    ...['contentStart', 'textInput', 'textInput', 'contentEnd'],
    ...block,
    ...block,
    'contentStart',
    'audioInput',
    ...block,
    ...['contentStart', 'toolResult', 'contentEnd'],
    ...['contentEnd', 'promptEnd', 'sessionEnd'],
  ]);
  const [session, prompt, system] = served.received;
  expect(session?.fields).toMatchObject({
    turnDetectionConfiguration: { endpointingSensitivity: 'HIGH' },
  });
  expect(prompt?.fields).toMatchObject({
    audioOutputConfiguration: { voiceId: 'amy', sampleRateHertz: 24_000 },
    toolConfiguration: {
      tools: [{ toolSpec: { name: 'now', inputSchema: { json: '{"type":"object"}' } } }],
    },
  });
  expect(system?.fields).toMatchObject({ type: 'TEXT', role: 'SYSTEM', interactive: false });
  const starts = served.received.filter(({ name }) => name === 'contentStart');
  expect(
    starts.map(({ fields }) => [fields['role'], fields['type'], fields['interactive']]),
  ).toEqual([
    ['SYSTEM', 'TEXT', false],
    ['USER', 'TEXT', false],
    ['ASSISTANT', 'TEXT', false],
    ['USER', 'AUDIO', true],
    ['USER', 'TEXT', true],
    ['TOOL', 'TOOL', false],
  ]);
  const names = starts.map(({ fields }) => fields['contentName']);
  expect(new Set(names).size).toBe(names.length);
});

test('is accepted while the service says nothing, and sends meanwhile', async () => {
  const { connection, served, accepted, events } = await connect((stream) => stream.accept());
  await accepted;
  for (let count = 0; count < 50; count += 1) connection.sendAudio(new Int16Array(512));
  await served.until('audioInput', 50);
  expect(events).toEqual([]);
});

test('passes events on, and leaves out what is malformed or unknown', async () => {
  const { served, accepted, events, malformed, failed } = await connect((stream) =>
    stream.accept(),
  );
  await accepted;
  served.sendRaw('not json');
  served.send('textOutput', { contentId: 5 });
  served.send('somethingNew', { a: 1 });
  served.send('contentStart', {
    contentId: 'c1',
    type: 'TEXT',
    role: 'ASSISTANT',
    additionalModelFields: '{"generationStage":"SPECULATIVE"}',
  });
  served.stream.end();
  await failed;
  expect(events).toEqual([
    {
      type: 'contentStart',
      contentId: 'c1',
      kind: 'TEXT',
      role: 'ASSISTANT',
      stage: 'SPECULATIVE',
    },
  ]);
  expect(malformed).toHaveLength(2);
  expect(malformed[1]).toContain('textOutput is malformed at contentId');
});

test.each([
  ['an end that nobody asked for', (served: ServedStream) => served.stream.end()],
  ['a reset stream', (served: ServedStream) => served.stream.close(0)],
  ['a dropped socket', (served: ServedStream) => served.stream.session?.destroy()],
])('takes %s as a loss', async (_, end) => {
  const { served, accepted, failed } = await connect((stream) => stream.accept());
  await accepted;
  end(served);
  expect(await failed).toMatchObject({ kind: 'unreachable', retryable: true });
});

test('tells what the service refuses, before and within the stream', async () => {
  const refused = await connect((stream) => stream.refuse(403, 'AccessDeniedException', 'no'));
  expect(await refused.failed).toMatchObject({ kind: 'refused' });
  const limited = await connect((stream) => stream.refuse(429, 'ThrottlingException', 'slow'));
  expect(await limited.failed).toMatchObject({ kind: 'limited' });
  const ended = await connect((stream) => {
    stream.accept();
    stream.fail('modelTimeoutException', 'Model has timed out in processing the request.');
  });
  expect(await ended.failed).toMatchObject({ kind: 'failed', retryable: true });
});

test('nothing is told of a connection that was closed', async () => {
  const { connection, served, accepted, failed } = await connect((stream) => stream.accept());
  await accepted;
  connection.close();
  await served.until('sessionEnd');
  served.stream.end();
  await connection.done;
  const told = await Promise.race([failed, Promise.resolve('nothing')]);
  expect(told).toBe('nothing');
});

test('says what is missing where there is only a Bedrock API key', async () => {
  const client = bedrockClient({
    region: 'us-east-1',
    credentials: () => Promise.reject(new Error('nothing in the chain')),
  });
  await expect(credentialExpiry(client, { AWS_BEARER_TOKEN_BEDROCK: 'key' })).rejects.toThrow(
    /Only a Bedrock API key .* AWS_ACCESS_KEY_ID/,
  );
  await expect(credentialExpiry(client, {})).rejects.toThrow(/No AWS credentials were found/);
});
