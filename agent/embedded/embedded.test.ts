import { initializeLogger, stt, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineTestTimeoutMs, startTestEngine, type TestEngine } from '../engine/test-engine.ts';
import { listeningRateHz, speakingRateHz } from '../engine/wire/messages.ts';
import { EmbeddedSTT } from './stt.ts';
import { spokenAtListeningRate } from './test-speech.ts';
import { EmbeddedTTS } from './tts.ts';

const { SpeechEventType } = stt;
const { SynthesizeStream } = tts;

let engine: TestEngine;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  engine = await startTestEngine();
}, engineTestTimeoutMs);

afterAll(async () => {
  await engine.release();
});

/** Speech in frames of 10 ms as a room gives them, with silence around it. */
async function spokenFrames(text: string): Promise<AudioFrame[]> {
  const speech = await spokenAtListeningRate(engine.client, text);
  const padded = new Int16Array(speech.length + 2 * listeningRateHz);
  padded.set(speech, listeningRateHz / 2);
  const length = listeningRateHz / 100;
  return Array.from({ length: Math.floor(padded.length / length) }, (_, i) => {
    const data = padded.slice(i * length, (i + 1) * length);
    return new AudioFrame(data, listeningRateHz, 1, length);
  });
}

async function listeningStreams(): Promise<number> {
  return (await engine.client.status()).listening;
}

describe('EmbeddedSTT', () => {
  it('gives the events of a turn in the order that a session needs', async () => {
    const stream = new EmbeddedSTT({ client: engine.client }).stream();
    for (const frame of await spokenFrames('What time is it in Tokyo?')) stream.pushFrame(frame);
    stream.endInput();
    const events: stt.SpeechEvent[] = [];
    for await (const event of stream) events.push(event);

    const types = events.map(({ type }) => type);
    expect(types[0]).toBe(SpeechEventType.START_OF_SPEECH);
    expect(types.slice(-2)).toEqual([
      SpeechEventType.FINAL_TRANSCRIPT,
      SpeechEventType.END_OF_SPEECH,
    ]);
    expect(events.at(-2)?.alternatives?.[0].text).toMatch(/what time is it in tokyo/i);
    expect(await listeningStreams()).toBe(0);
  });

  it('recognises finished audio in one go', async () => {
    const frames = await spokenFrames('The weather is nice.');
    const event = await new EmbeddedSTT({ client: engine.client }).recognize(frames);
    expect(event.alternatives?.[0].text).toMatch(/weather is nice/i);
  });

  it('leaves nothing open in the engine when it is closed in mid-speech', async () => {
    const stream = new EmbeddedSTT({ client: engine.client }).stream();
    const frames = await spokenFrames('This sentence is never finished.');
    for (const frame of frames.slice(0, frames.length / 2)) stream.pushFrame(frame);
    expect(await stream.next()).toMatchObject({
      value: { type: SpeechEventType.START_OF_SPEECH },
    });
    expect(await listeningStreams()).toBe(1);
    stream.close();
    expect(await stream.next()).toMatchObject({ done: true });
    expect(await listeningStreams()).toBe(0);
  });
});

describe('EmbeddedTTS', () => {
  const speaker = () => new EmbeddedTTS({ client: engine.client });

  /** A stream that speaks what is written to the other end. */
  function speaking() {
    const stream = speaker().stream();
    const { readable, writable } = new TransformStream<string, string>();
    stream.updateInputStream(readable);
    const writer = writable.getWriter();
    return {
      stream,
      write: (text: string) => void writer.write(text),
      end: () => void writer.close(),
    };
  }

  async function collect(stream: tts.SynthesizeStream): Promise<tts.SynthesizedAudio[]> {
    const spoken: tts.SynthesizedAudio[] = [];
    for await (const audio of stream) {
      if (audio !== SynthesizeStream.END_OF_STREAM) spoken.push(audio);
    }
    return spoken;
  }

  it('speaks text that arrives bit by bit, and marks the end', async () => {
    const { stream, write, end } = speaking();
    const text = 'Well my friend, here it is. The answer is 391.';
    for (const bit of text.match(/.{1,4}/gu) ?? []) write(bit);
    end();
    const spoken = await collect(stream);
    expect(spoken.filter(({ final }) => final)).toEqual([spoken.at(-1)]);
    expect(new Set(spoken.map(({ segmentId }) => segmentId)).size).toBe(1);
    for (const { frame } of spoken) expect(frame.sampleRate).toBe(speakingRateHz);
    const seconds = spoken.reduce((sum, { frame }) => sum + frame.samplesPerChannel, 0);
    expect(seconds / speakingRateHz).toBeGreaterThan(2);
    const words = spoken.flatMap(({ timedTranscripts = [] }) => timedTranscripts);
    expect(words.map((word) => word.text).join('')).toBe(text);
  });

  it('begins to speak before the text is complete', async () => {
    const { stream, write, end } = speaking();
    write('The first sentence is here. And the second');
    const first = await stream.next();
    expect(first.done).toBe(false);
    write(' comes later.');
    end();
    expect((await collect(stream)).at(-1)?.final).toBe(true);
  });

  it('falls silent at once when it is closed', async () => {
    const { stream, write } = speaking();
    write('One sentence is said. '.repeat(100));
    await stream.next();
    stream.close();
    await collect(stream);
    expect((await engine.client.status()).waiting.voice).toBe(0);
  });

  it('ends without sound when there is nothing to say', async () => {
    const { stream, write, end } = speaking();
    write(' 👋 ');
    end();
    expect(await collect(stream)).toEqual([]);
  });

  it('speaks a whole text in one go', async () => {
    const whole = await speaker().synthesize('Good morning. How are you?').collect();
    expect(whole.samplesPerChannel / whole.sampleRate).toBeGreaterThan(1);
  });

  it('goes on with the sentence at which the engine died', async () => {
    const { stream, write, end } = speaking();
    write('The first sentence is short. ');
    await stream.next();
    const { pid } = await engine.client.status();
    process.kill(pid, 'SIGKILL');
    write('The second sentence is said all the same.');
    end();
    const words = (await collect(stream)).flatMap(({ timedTranscripts = [] }) => timedTranscripts);
    expect(words.map(({ text }) => text).join('')).toMatch(/all the same/);
  }, 60_000);
});
