import { ReadableStream } from 'node:stream/web';
import { stt } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { speechData } from '../embedded/speech-events.ts';
import { withoutOverlap } from './overlap.ts';

const { START_OF_SPEECH, INTERIM_TRANSCRIPT, FINAL_TRANSCRIPT, END_OF_SPEECH } =
  stt.SpeechEventType;

/** An utterance whose last text is final. */
function utterance(...texts: string[]): stt.SpeechEvent[] {
  return heardWith(1, ...texts);
}

/** The same, in which the recogniser has only so much confidence. */
function heardWith(confidence: number, ...texts: string[]): stt.SpeechEvent[] {
  const said = texts.map((text, index): stt.SpeechEvent => ({
    type: index === texts.length - 1 ? FINAL_TRANSCRIPT : INTERIM_TRANSCRIPT,
    alternatives: [speechData({ text, startMs: 0, endMs: 0, confidence })],
  }));
  return [{ type: START_OF_SPEECH }, ...said, { type: END_OF_SPEECH }];
}

interface Circumstances {
  /** Whether the assistant speaks when each event comes; the last one holds on. */
  readonly speaking: readonly boolean[];
  readonly spoken?: (text: string) => boolean;
}

async function textsOf(
  events: stt.SpeechEvent[],
  { speaking, spoken = () => true }: Circumstances,
): Promise<string[]> {
  const texts: string[] = [];
  let at = 0;
  const heard = withoutOverlap(ReadableStream.from(events), {
    isAssistantSpeaking: () => speaking[Math.min(at++, speaking.length - 1)] ?? false,
    mayHaveSaid: (text) => spoken(text),
  });
  for await (const event of heard) {
    if (typeof event !== 'string' && event.alternatives) texts.push(event.alternatives[0].text);
  }
  return texts;
}

describe('signs of listening', () => {
  it('are not heard over the assistant, and are an answer when it is silent', async () => {
    const said = utterance('Yeah', 'Yeah, okay.');
    expect(await textsOf(said, { speaking: [true] })).toEqual([]);
    expect(await textsOf(said, { speaking: [false] })).toEqual(['Yeah', 'Yeah, okay.']);
  });

  it('are heard as soon as more is said, and the next one is weighed anew', async () => {
    const said = [...utterance('Okay', 'Okay, stop', 'Okay.'), ...utterance('Mm-hm.')];
    expect(await textsOf(said, { speaking: [true] })).toEqual(['Okay, stop', 'Okay.']);
  });
});

describe('words where nobody was heard to speak', () => {
  const said = utterance('And with', 'And with.');

  it('are not heard over the assistant', async () => {
    expect(await textsOf(said, { speaking: [true], spoken: () => false })).toEqual([]);
  });

  it('are not heard either when the assistant has come to its end meanwhile', async () => {
    expect(await textsOf(said, { speaking: [true, false], spoken: () => false })).toEqual([]);
  });

  it('are weighed anew with each text, until one is taken for the person’s', async () => {
    const more = utterance('And with', 'And what is', 'And what is that?');
    const spoken = (text: string): boolean => text === 'And what is';
    expect(await textsOf(more, { speaking: [true], spoken })).toEqual([
      'And what is',
      'And what is that?',
    ]);
  });

  it('are heard as soon as they can be the person’s, whatever the recogniser does meanwhile', async () => {
    const [begin, interim] = utterance('Tell me', 'Tell me more.');
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    async function* source(): AsyncGenerator<stt.SpeechEvent> {
      if (begin) yield begin;
      if (interim) yield interim;
      await arrived;
    }
    let weighed = 0;
    const heard = withoutOverlap(ReadableStream.from(source()), {
      isAssistantSpeaking: () => true,
      mayHaveSaid: () => (weighed += 1) > 2,
    });
    const texts: string[] = [];
    for await (const event of heard) {
      if (typeof event === 'string' || !event.alternatives) continue;
      texts.push(event.alternatives[0].text);
      arrive();
    }
    expect(texts).toEqual(['Tell me']);
  });

  it('are not heard over the assistant where the recogniser does not stand by them, as by those of a laugh', async () => {
    const laughed = heardWith(0.2, 'Potato', 'Turtle, turtle.');
    expect(await textsOf(laughed, { speaking: [true] })).toEqual([]);
    expect(await textsOf(laughed, { speaking: [false] })).toEqual(['Potato', 'Turtle, turtle.']);
  });

  it('are heard when the assistant is silent: somebody may speak too softly for the page', async () => {
    expect(await textsOf(said, { speaking: [false], spoken: () => false })).toEqual([
      'And with',
      'And with.',
    ]);
  });
});
