import { describe, expect, it } from 'vitest';
import { isToolUse, silence, talkingTo, TestBench } from './test-bench.ts';
import { microphone, RawClient, voiceOutput } from './test-client.ts';

const bench = new TestBench();

describe('order and limits', () => {
  const names = { promptName: 'p', contentName: 'x' };
  const history = 'Chat history should be sent completely before streaming audio';

  it.each<[string, RegExp, (client: RawClient) => void]>([
    [
      'a prompt before the session',
      /promptStart/u,
      (c) => c.send('promptStart', { promptName: 'p' }),
    ],
    [
      'turn detection in the form of version 1',
      /Invalid input request.*endpointingSensitivity/su,
      (c) =>
        c.send('sessionStart', {
          inferenceConfiguration: { maxTokens: 1024, topP: 0.9, temperature: 0.7 },
          endpointingSensitivity: 'HIGH',
        }),
    ],
    [
      'an event that there is not',
      /no event response\.create/u,
      (c) => c.send('response.create', {}),
    ],
    ['no JSON', /no JSON/u, (c) => c.sendText('{"event":')],
    [
      'a voice that there is not',
      /voiceId/u,
      (c) => {
        c.send('sessionStart', {
          inferenceConfiguration: { maxTokens: 1, topP: 1, temperature: 1 },
        });
        c.send('promptStart', {
          promptName: 'p',
          textOutputConfiguration: { mediaType: 'text/plain' },
          audioOutputConfiguration: { ...voiceOutput, voiceId: 'alloy' },
        });
      },
    ],
    [
      'a tool schema that is no string',
      /inputSchema/u,
      (c) => {
        c.send('sessionStart', {
          inferenceConfiguration: { maxTokens: 1, topP: 1, temperature: 1 },
        });
        c.send('promptStart', {
          promptName: 'p',
          textOutputConfiguration: { mediaType: 'text/plain' },
          audioOutputConfiguration: voiceOutput,
          toolConfiguration: {
            tools: [{ toolSpec: { name: 'a', description: 'b', inputSchema: { json: {} } } }],
          },
        });
      },
    ],
    [
      'history that begins with the assistant',
      /begins with the role USER/u,
      (c) => {
        c.start();
        c.text('ASSISTANT', 'Hi.');
      },
    ],
    [
      'the same role twice',
      /alternate/u,
      (c) => {
        c.start();
        c.text('USER', 'One.');
        c.text('USER', 'Two.');
      },
    ],
    [
      'a long message',
      /1 KB/u,
      (c) => {
        c.start();
        c.text('USER', 'é'.repeat(513));
      },
    ],
    [
      'a long history',
      /40 KB/u,
      (c) => {
        c.start();
        for (let n = 0; n < 41; n++) c.text(n % 2 === 0 ? 'USER' : 'ASSISTANT', 'x'.repeat(1024));
      },
    ],
    [
      'history after the audio',
      new RegExp(history, 'u'),
      (c) => {
        c.start();
        c.openMicrophone();
        c.text('USER', 'Late.');
      },
    ],
    [
      'audio while text is open',
      new RegExp(history, 'u'),
      (c) => {
        c.start();
        c.openMicrophone();
        c.send('contentStart', {
          ...names,
          type: 'TEXT',
          interactive: true,
          role: 'USER',
          textInputConfiguration: { mediaType: 'text/plain' },
        });
        c.say(silence(32));
      },
    ],
    [
      'audio in a format of 8 bits',
      /sampleSizeBits/u,
      (c) => {
        c.start();
        c.send('contentStart', {
          ...names,
          type: 'AUDIO',
          interactive: true,
          role: 'USER',
          audioInputConfiguration: { ...microphone, sampleSizeBits: 8 },
        });
      },
    ],
    [
      'half a sample',
      /half a sample/u,
      (c) => {
        c.start();
        c.openMicrophone();
        c.send('audioInput', { promptName: 'p', contentName: 'mic', content: 'AAAA' });
      },
    ],
    [
      'audio before its contentStart',
      /no open audio block/u,
      (c) => {
        c.start();
        c.say(silence(32));
      },
    ],
    [
      'audio of another prompt',
      /no open prompt q/u,
      (c) => {
        c.start();
        c.openMicrophone();
        c.send('audioInput', { promptName: 'q', contentName: 'mic', content: 'AAA=' });
      },
    ],
    [
      'a tool result that nobody waits for',
      /toolUseId t1/u,
      (c) => {
        c.start();
        c.openMicrophone();
        c.toolResult('t1', '{}');
      },
    ],
    [
      'typed text while no audio is streamed',
      /no audio/u,
      (c) => {
        c.start();
        c.text('USER', 'Hello.', { interactive: true });
      },
    ],
    [
      'an end of the prompt with the audio open',
      /content block is open/u,
      (c) => {
        c.start();
        c.openMicrophone();
        c.send('promptEnd', { promptName: 'p' });
      },
    ],
    [
      'an end of the session with the prompt open',
      /sessionEnd may not/u,
      (c) => {
        c.start();
        c.send('sessionEnd', {});
      },
    ],
  ])('refuses %s', async (_name, message, act) => {
    const emulator = await bench.emulate();
    const client = new RawClient(emulator.url);
    act(client);
    await expect(client.finished).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message) as string,
    });
    expect(emulator.open).toBe(0);
  });

  it('ends what lives too long, and what is idle, but not while silence is sent', async () => {
    const emulator = await bench.emulate({ sessionLimitMs: 900, idleLimitMs: 300 });
    const [idle, busy] = [talkingTo(emulator), talkingTo(emulator)];
    const feeding = setInterval(() => busy.say(silence(32)), 50);
    await expect(idle.finished).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Timed out waiting for audio bytes') as string,
    });
    await expect(busy.finished).rejects.toMatchObject({ name: 'ModelTimeoutException' });
    clearInterval(feeding);
  });

  it('takes only its own model, so many streams, and tool results that are JSON', async () => {
    const emulator = await bench.emulate({ concurrentLimit: 1 });
    await expect(new RawClient(emulator.url, 'amazon.titan').finished).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const client = talkingTo(emulator, { tools: ['flip_coin'] });
    client.text('USER', 'Flip a coin.', { interactive: true });
    const { toolUseId = '' } = await client.until(isToolUse);
    await expect(new RawClient(emulator.url).finished).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    client.toolResult(toolUseId, 'heads');
    await expect(client.finished).rejects.toThrow('Tool Response parsing error');
  });
});
