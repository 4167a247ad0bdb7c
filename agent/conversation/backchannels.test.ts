import { ReadableStream } from 'node:stream/web';
import { stt } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { speechData } from '../embedded/speech-events.ts';
import { withoutBackchannels } from './backchannels.ts';

const { START_OF_SPEECH, INTERIM_TRANSCRIPT, FINAL_TRANSCRIPT, END_OF_SPEECH } =
  stt.SpeechEventType;

/** An utterance whose last text is final. */
function utterance(...texts: string[]): stt.SpeechEvent[] {
  const said = texts.map((text, index): stt.SpeechEvent => ({
    type: index === texts.length - 1 ? FINAL_TRANSCRIPT : INTERIM_TRANSCRIPT,
    alternatives: [speechData(text, 0, 0)],
  }));
  return [{ type: START_OF_SPEECH }, ...said, { type: END_OF_SPEECH }];
}

async function textsOf(events: stt.SpeechEvent[], isSpeaking: boolean): Promise<string[]> {
  const texts: string[] = [];
  for await (const event of withoutBackchannels(ReadableStream.from(events), () => isSpeaking)) {
    if (typeof event !== 'string' && event.alternatives) texts.push(event.alternatives[0].text);
  }
  return texts;
}

describe('signs of listening', () => {
  it('are not heard over the assistant, and are an answer when it is silent', async () => {
    const said = utterance('Yeah', 'Yeah, okay.');
    expect(await textsOf(said, true)).toEqual([]);
    expect(await textsOf(said, false)).toEqual(['Yeah', 'Yeah, okay.']);
  });

  it('are heard as soon as more is said, and the next one is weighed anew', async () => {
    const said = [...utterance('Okay', 'Okay, stop', 'Okay.'), ...utterance('Mm-hm.')];
    expect(await textsOf(said, true)).toEqual(['Okay, stop', 'Okay.']);
  });
});
