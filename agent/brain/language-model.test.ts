import { initializeLogger, llm, voice } from '@livekit/agents';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBrain, describeBrain } from './brain.ts';
import { LanguageModelLLM } from './language-model.ts';
import { Rehearsal } from './rehearsal.ts';
import { RulesLLM } from './rules.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string().min(1) }),
  z.object({ role: z.literal('user'), content: z.string().min(1) }),
  z.object({
    role: z.literal('assistant'),
    content: z.string().nullish(),
    tool_calls: z
      .array(
        z.object({
          id: z.string().min(1),
          type: z.literal('function'),
          function: z.object({ name: z.string(), arguments: z.string() }),
        }),
      )
      .optional(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
]);
const completionRequest = z.object({
  model: z.literal('test-model'),
  stream: z.literal(true),
  messages: z.array(message).min(1),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
          description: z.string().min(1),
          parameters: z.object({
            type: z.literal('object'),
            properties: z.record(z.string(), z.unknown()),
          }),
        }),
      }),
    )
    .optional(),
});
type Completion = z.infer<typeof completionRequest>;

/**
 * A chat-completions server on a real socket, as strict as the strictest: it refuses a wrong key, an unknown model,
 * a malformed request and tool results that answer no call. Its "model" calls `calculate` and then reads the result.
 */
class CompletionServer {
  readonly requests: Completion[] = [];
  readonly complaints: string[] = [];
  /** What to do instead of answering. */
  fault: 'none' | 'silence' | 'cut' | { status: number; body: string } = 'none';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async listen(port = 0): Promise<CompletionServer> {
    const server = new CompletionServer();
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { fault } = this;
    if (fault === 'silence') return;
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body);
      return;
    }
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      this.#refuse(response, 404, `no such address ${String(request.url)}`);
      return;
    }
    if (request.headers.authorization !== 'Bearer test-key') {
      this.#refuse(response, 401, 'wrong key');
      return;
    }
    const parsed = completionRequest.safeParse(JSON.parse(body));
    if (!parsed.success) {
      this.#refuse(response, 400, z.prettifyError(parsed.error));
      return;
    }
    const orphan = unansweredOrOrphaned(parsed.data.messages);
    if (orphan !== undefined) {
      this.#refuse(response, 400, orphan);
      return;
    }
    this.requests.push(parsed.data);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const data of think(parsed.data)) {
      response.write(`data: ${JSON.stringify(data)}\n\n`);
      if (fault === 'cut') {
        response.destroy();
        return;
      }
    }
    response.end('data: [DONE]\n\n');
  }

  #refuse(response: ServerResponse, status: number, reason: string): void {
    this.complaints.push(reason);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: reason, type: 'invalid_request_error' } }));
  }
}

/** Every tool result must answer a call just before it, and every call must be answered. */
function unansweredOrOrphaned(messages: Completion['messages']): string | undefined {
  const open = new Set<string>();
  for (const item of messages) {
    if (item.role === 'tool') {
      if (!open.delete(item.tool_call_id))
        return `tool result ${item.tool_call_id} answers no call`;
    } else if (open.size > 0) {
      return 'a tool call was left without a result';
    } else if (item.role === 'assistant') {
      for (const call of item.tool_calls ?? []) open.add(call.id);
    }
  }
  return open.size > 0 ? 'a tool call was left without a result' : undefined;
}

/** `callId` is the same in every reply, as some servers have it. */
function think({ messages }: Completion): object[] {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'test-model',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const last = messages.at(-1);
  if (last?.role === 'tool') {
    const { result } = JSON.parse(last.content) as { result: number };
    return [
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: `It comes to ${result}, ` }),
      chunk({ content: 'says the model.' }),
      chunk({}, 'stop'),
    ];
  }
  const call = (part: object) => chunk({ tool_calls: [{ index: 0, ...part }] });
  return [
    chunk({ role: 'assistant', content: null }),
    call({
      id: 'call_0',
      type: 'function',
      function: { name: 'calculate', arguments: '' },
    }),
    call({ function: { arguments: '{"expression":' } }),
    call({ function: { arguments: ' "6 * 7"}' } }),
    chunk({}, 'tool_calls'),
  ];
}

describe('a language model as the brain', () => {
  let server: CompletionServer;
  let rehearsal: Rehearsal;
  let problems: string[];
  let session: voice.AgentSession;

  const begin = async (apiKey = 'test-key', model = 'test-model') => {
    const brain = new LanguageModelLLM({
      server: { baseUrl: server.baseUrl, model, apiKey },
      rules: new RulesLLM({ knowledge: rehearsal.knowledge }),
      onUnreachable: (detail) => problems.push(detail),
      patienceMs: 2000,
      impatienceMs: 1000,
    });
    session = new voice.AgentSession({ llm: brain, vad: null });
    const tools = Object.values(rehearsal.tools.functionTools);
    await session.start({
      agent: new voice.Agent({ instructions: 'Be brief.', tools }),
      record: false,
    });
  };

  const say = async (userInput: string): Promise<string> => {
    const result = session.run({ userInput });
    await result.wait();
    return result.events
      .flatMap((event) => (event.type === 'message' ? [event.item.textContent ?? ''] : []))
      .join(' ')
      .trim();
  };

  beforeEach(async () => {
    server = await CompletionServer.listen();
    rehearsal = new Rehearsal();
    problems = [];
  });

  afterEach(async () => {
    await session.close();
    await server.close();
  });

  it('calls the same tools, and speaks what the model makes of their results', async () => {
    await begin();
    expect(await say('What is six times seven?')).toBe('It comes to 42, says the model.');
    expect(await say('And again?')).toBe('It comes to 42, says the model.');
    expect(server.complaints).toEqual([]);
    expect(problems).toEqual([]);
    expect(server.requests).toHaveLength(4);
    const [first] = server.requests;
    expect(first?.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
    expect(first?.tools?.map((tool) => tool.function.name).sort()).toEqual(
      Object.keys(rehearsal.tools.functionTools).sort(),
    );
  });

  it('lets the rules answer when no server is there, and tells it once until it is back', async () => {
    await begin();
    const { port } = server;
    await server.close();
    expect(await say('What is six times seven?')).toBe('Six times seven is 42.');
    expect(await say('Flip a coin.')).toBe("It's heads.");
    expect(problems).toEqual([`127.0.0.1:${port} cannot be reached.`]);

    server = await CompletionServer.listen(port);
    expect(await say('What is six times seven?')).toBe('It comes to 42, says the model.');
    expect(problems).toHaveLength(1);
    await server.close();
    expect(await say('What is six times seven?')).toBe('Six times seven is 42.');
    expect(problems).toHaveLength(2);
  });

  it.each([
    ['a wrong key', 'wrong-key', 'test-model', /refused the key \(HTTP 401\)/],
    ['no key where one is needed', '', 'test-model', /refused the key \(HTTP 401\)/],
    ['an unknown model', 'test-key', 'other-model', /answered HTTP 400/],
  ])('lets the rules answer with %s', async (_name, key, model, problem) => {
    await begin(key, model);
    expect(await say('What is six times seven?')).toBe('Six times seven is 42.');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it('says plainly what a 404 means, and never shows the key', async () => {
    await begin();
    server.fault = { status: 404, body: '{"error":{"message":"model not found, pull it first"}}' };
    await say('Flip a coin.');
    expect(problems[0]).toMatch(/does not know the model test-model.*LLM_MODEL/);
    server.fault = 'none';
    await say('What is six times seven?');
    server.fault = { status: 500, body: '{"error":{"message":"boom with test-key inside"}}' };
    await say('Flip a coin.');
    expect(problems[1]).toMatch(/HTTP 500.*boom with \[key\] inside/);
  });

  it('does not wait for a server that never answers', async () => {
    await begin();
    server.fault = 'silence';
    expect(await say('What is six times seven?')).toBe('Six times seven is 42.');
    expect(problems).toEqual([`127.0.0.1:${server.port} did not answer in time.`]);
  });

  it('lets the rules answer when the connection breaks before a word has come', async () => {
    await begin();
    server.fault = 'cut';
    expect(await say('What is six times seven?')).toBe('Six times seven is 42.');
    expect(problems).toHaveLength(1);
  });
});

describe('describing the brain', () => {
  const rehearsal = new Rehearsal();

  it('is the rules where no language model is named', () => {
    const brain = createBrain({ languageModel: undefined }, rehearsal.knowledge);
    expect(brain.llm).toBeInstanceOf(RulesLLM);
    expect(brain.thinksAhead).toBe(false);
    expect(brain.engine.runsLocally).toBe(true);
  });

  it.each([
    ['http://localhost:11434/v1', true, /nothing leaves it/],
    ['http://127.0.0.1:8080/v1', true, /nothing leaves it/],
    [
      'http://192.168.1.20:8000/v1',
      false,
      /goes as text to the language model llama at 192.168.1.20:8000/,
    ],
    ['https://api.openai.com/v1', false, /api.openai.com/],
  ])('says of %s whether text leaves the machine', (baseUrl, runsLocally, description) => {
    const { engine, thinking } = describeBrain({ baseUrl, model: 'llama', apiKey: 'secret-key' });
    expect(engine.runsLocally).toBe(runsLocally);
    expect(engine.description).toMatch(description);
    expect(thinking).toMatch(/^llama, /);
    expect(JSON.stringify({ engine, thinking })).not.toContain('secret-key');
  });

  it('passes problems on to whoever listens, until they stop', async () => {
    const brain = createBrain(
      { languageModel: { baseUrl: 'http://127.0.0.1:1/v1', model: 'none', apiKey: undefined } },
      rehearsal.knowledge,
    );
    const heard: string[] = [];
    const release = brain.onProblem((code) => heard.push(code));
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: 'Hello' });
    expect((await brain.llm.chat({ chatCtx }).collect()).text).toMatch(/^Hello/);
    expect(heard).toEqual(['brain_unreachable']);
    release();
  });
});
