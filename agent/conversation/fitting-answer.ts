import { capabilitiesResponse, type Capabilities } from '#protocol/capabilities.ts';
import type { MessageKind } from '#protocol/codec.ts';
import { configureResponse, type Configured, type Settings } from '#protocol/settings.ts';

/**
 * The answer, made small enough to be sent: notes go first, then examples, then the last voices of a long list, then the
 * text of the instructions, which the page has anyway. What can be set stays.
 */
export function fittingCapabilities(answer: Capabilities): Capabilities {
  const voices = [48, 24, 12].map(withVoices);
  return made(answer, capabilitiesResponse, [
    withoutNotes,
    withoutExamples,
    ...voices,
    withoutInstructions,
  ]);
}

/** The same for the answer to settings. */
export function fittingConfigured(answer: Configured): Configured {
  return made(answer, configureResponse, [
    (whole) => ({ ...whole, refused: whole.refused.slice(0, 12) }),
    withoutInstructions,
  ]);
}

function made<T>(whole: T, { maxBytes }: MessageKind<T>, steps: readonly ((one: T) => T)[]): T {
  let smaller = whole;
  for (const step of steps) {
    if (Buffer.byteLength(JSON.stringify(smaller)) <= maxBytes) return smaller;
    smaller = step(smaller);
  }
  return smaller;
}

function withoutInstructions<T extends { settings: Settings }>(answer: T): T {
  const settings = { ...answer.settings };
  delete settings.instructions;
  return { ...answer, settings };
}

function withoutNotes(answer: Capabilities): Capabilities {
  const { offer } = answer;
  const plain = <T extends { note?: string | undefined }>(setting: T): T => {
    const copy = { ...setting };
    delete copy.note;
    return copy;
  };
  const turnDetection = offer.turnDetection.map((kind) => ({
    ...plain(kind),
    fields: kind.fields.map(plain),
  }));
  return { ...answer, offer: { ...offer, turnDetection, options: offer.options.map(plain) } };
}

function withoutExamples(answer: Capabilities): Capabilities {
  return { ...answer, tools: answer.tools.map((tool) => ({ ...tool, example: '' })) };
}

function withVoices(most: number): (answer: Capabilities) => Capabilities {
  return (answer) => ({
    ...answer,
    offer: { ...answer.offer, voices: answer.offer.voices.slice(0, most) },
  });
}
