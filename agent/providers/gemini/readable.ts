import type { LiveServerMessage } from '@google/genai';
import { z } from 'zod';

const text = z.string().nullish();
const transcription = z.looseObject({ text, finished: z.boolean().nullish() }).nullish();
const flag = z.boolean().nullish();
const count = z.number().nonnegative().nullish();
const details = z.array(z.looseObject({ modality: text, tokenCount: count })).nullish();

/** What the plugin (1.9.0) takes for granted of a message, and no more. */
const message = z.looseObject({
  serverContent: z
    .looseObject({
      modelTurn: z
        .looseObject({
          parts: z
            .array(
              z.looseObject({
                text,
                inlineData: z.looseObject({ mimeType: text, data: text }).nullish(),
              }),
            )
            .nullish(),
        })
        .nullish(),
      inputTranscription: transcription,
      outputTranscription: transcription,
      generationComplete: flag,
      turnComplete: flag,
      interrupted: flag,
    })
    .nullish(),
  toolCall: z
    .looseObject({
      functionCalls: z
        .array(z.looseObject({ id: text, name: z.string(), args: z.looseObject({}).nullish() }))
        .nullish(),
    })
    .nullish(),
  toolCallCancellation: z.looseObject({ ids: z.array(z.string()).nullish() }).nullish(),
  usageMetadata: z
    .looseObject({
      promptTokenCount: count,
      responseTokenCount: count,
      totalTokenCount: count,
      cachedContentTokenCount: count,
      promptTokensDetails: details,
      responseTokensDetails: details,
      cacheTokensDetails: details,
    })
    .nullish(),
  sessionResumptionUpdate: z.looseObject({ newHandle: text, resumable: flag }).nullish(),
  goAway: z.looseObject({ timeLeft: text }).nullish(),
});

/**
 * Whether the plugin can read this message. What it cannot read it throws at in a promise that nobody handles: at best the
 * message is lost without a word, and where nobody listens for such promises it ends the process.
 */
export function isReadable(received: unknown): received is LiveServerMessage {
  return message.safeParse(received).success;
}
