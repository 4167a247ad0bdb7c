import { capabilitiesResponse, type Capabilities } from '#protocol/capabilities.ts';

/**
 * The answer, made small enough to be sent: notes go first, then examples, then the last voices of a long list. What
 * can be set stays.
 */
export function fitting(answer: Capabilities): Capabilities {
  const steps = [withoutNotes, withoutExamples, ...[48, 24, 12].map(withVoices)];
  let smaller = answer;
  for (const step of steps) {
    if (Buffer.byteLength(JSON.stringify(smaller)) <= capabilitiesResponse.maxBytes) return smaller;
    smaller = step(smaller);
  }
  return smaller;
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
