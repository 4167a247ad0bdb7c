import { z } from 'zod';
import { Refusal } from './refusal.ts';

const transcription = z.strictObject({
  languageCodes: z.array(z.string()).optional(),
  customVocabulary: z.array(z.string()).optional(),
});

/** `BidiGenerateContentSetup` of https://ai.google.dev/api/live: what this emulator knows of it. */
const setupSchema = z.strictObject({
  model: z.string(),
  generationConfig: z
    .strictObject({
      candidateCount: z.literal(1).optional(),
      maxOutputTokens: z.int().positive().optional(),
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().min(0).max(1).optional(),
      topK: z.number().positive().optional(),
      seed: z.int().optional(),
      responseModalities: z.array(z.enum(['AUDIO', 'TEXT'])).optional(),
      mediaResolution: z.string().optional(),
      enableAffectiveDialog: z.boolean().optional(),
      thinkingConfig: z
        .strictObject({
          includeThoughts: z.boolean().optional(),
          thinkingBudget: z.int().min(-1).max(24_576).optional(),
          thinkingLevel: z.enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']).optional(),
        })
        .optional(),
      speechConfig: z
        .strictObject({
          languageCode: z.string().optional(),
          voiceConfig: z
            .strictObject({ prebuiltVoiceConfig: z.strictObject({ voiceName: z.string() }) })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  systemInstruction: z
    .strictObject({
      role: z.string().optional(),
      parts: z.array(z.strictObject({ text: z.string() })),
    })
    .optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z
          .array(
            z.strictObject({
              name: z.string().regex(/^[A-Za-z_][\w.-]{0,63}$/),
              description: z.string().optional(),
              parameters: z.record(z.string(), z.unknown()).optional(),
              parametersJsonSchema: z.record(z.string(), z.unknown()).optional(),
              behavior: z.enum(['BLOCKING', 'NON_BLOCKING']).optional(),
            }),
          )
          .optional(),
        googleSearch: z.strictObject({}).optional(),
      }),
    )
    .optional(),
  realtimeInputConfig: z
    .strictObject({
      automaticActivityDetection: z
        .strictObject({
          disabled: z.boolean().optional(),
          startOfSpeechSensitivity: z
            .enum(['START_SENSITIVITY_HIGH', 'START_SENSITIVITY_LOW'])
            .optional(),
          endOfSpeechSensitivity: z
            .enum(['END_SENSITIVITY_HIGH', 'END_SENSITIVITY_LOW'])
            .optional(),
          prefixPaddingMs: z.int().nonnegative().optional(),
          silenceDurationMs: z.int().nonnegative().optional(),
        })
        .optional(),
      activityHandling: z.enum(['START_OF_ACTIVITY_INTERRUPTS', 'NO_INTERRUPTION']).optional(),
      turnCoverage: z
        .enum([
          'TURN_INCLUDES_ONLY_ACTIVITY',
          'TURN_INCLUDES_ALL_INPUT',
          'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
        ])
        .optional(),
    })
    .optional(),
  inputAudioTranscription: transcription.optional(),
  outputAudioTranscription: transcription.optional(),
  sessionResumption: z.strictObject({ handle: z.string().optional() }).optional(),
  contextWindowCompression: z
    .strictObject({
      triggerTokens: z.string().optional(),
      slidingWindow: z.strictObject({ targetTokens: z.string().optional() }).optional(),
    })
    .optional(),
  proactivity: z.strictObject({ proactiveAudio: z.boolean().optional() }).optional(),
});
export type Setup = z.infer<typeof setupSchema>;

export type ApiVersion = 'v1alpha' | 'v1beta';

/** Checks a setup as the service does. Throws the `Refusal` with which the connection is closed. */
export function readSetup(value: unknown, version: ApiVersion): Setup {
  const parsed = setupSchema.safeParse(value);
  if (!parsed.success) throw Refusal.invalidPayload('setup', parsed.error);
  const setup = parsed.data;
  const rules = models[setup.model];
  if (!rules) {
    throw new Refusal(
      1008,
      `${setup.model} is not found for API version ${version}, or is not supported for bidiGenerateContent.`,
    );
  }
  const { generationConfig, proactivity, tools } = setup;
  const modalities = generationConfig?.responseModalities ?? ['AUDIO'];
  if (modalities.length !== 1 || modalities[0] !== 'AUDIO') {
    throw invalid(`The model ${setup.model} answers only with AUDIO.`);
  }
  const voice = generationConfig?.speechConfig?.voiceConfig?.prebuiltVoiceConfig.voiceName;
  if (voice !== undefined && !voices.has(voice)) {
    throw invalid(`Requested voice api_name '${voice}' is not available for model ${setup.model}`);
  }
  const thinking = generationConfig?.thinkingConfig;
  if (thinking?.thinkingLevel !== undefined && !rules.thinkingLevel) {
    throw invalid('Thinking level is not supported for this model.');
  }
  if (thinking?.thinkingBudget !== undefined && !rules.thinkingBudget) {
    throw invalid('Thinking budget is not supported for this model.');
  }
  const expressive = generationConfig?.enableAffectiveDialog !== undefined;
  if ((expressive || proactivity) && rules.expressive && version !== 'v1alpha') {
    const name = expressive ? 'enableAffectiveDialog' : 'proactivity';
    throw invalid(
      `Invalid JSON payload received. Unknown name "${name}" at 'setup': Cannot find field.`,
    );
  }
  if (expressive && !rules.expressive) throw invalid('Affective dialog is not supported.');
  if (proactivity && !rules.expressive && !(rules.proactive && proactivity.proactiveAudio)) {
    throw invalid('Proactive audio cannot be set for this model.');
  }
  const declared = (tools ?? []).flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  if (!rules.asynchronousTools && declared.some(({ behavior }) => behavior === 'NON_BLOCKING')) {
    throw invalid('Non-blocking function calls are not supported for this model.');
  }
  return setup;
}

interface ModelRules {
  readonly thinkingLevel: boolean;
  readonly thinkingBudget: boolean;
  /** Affective dialogue and proactive audio, in v1alpha only. */
  readonly expressive: boolean;
  /** Proactive audio is always on. */
  readonly proactive: boolean;
  readonly asynchronousTools: boolean;
}

/** From the migration notes of https://ai.google.dev/gemini-api/docs/models/gemini-3.8-live and its predecessors. */
const models: Readonly<Record<string, ModelRules>> = {
  'models/gemini-3.8-live': {
    thinkingLevel: false,
    thinkingBudget: false,
    expressive: false,
    proactive: true,
    asynchronousTools: true,
  },
  'models/gemini-3.1-flash-live-preview': {
    thinkingLevel: true,
    thinkingBudget: false,
    expressive: false,
    proactive: false,
    asynchronousTools: false,
  },
  'models/gemini-2.5-flash-native-audio-preview-12-2025': {
    thinkingLevel: false,
    thinkingBudget: true,
    expressive: true,
    proactive: false,
    asynchronousTools: true,
  },
};

/** https://ai.google.dev/gemini-api/docs/speech-generation#voices */
const voices = new Set(
  (
    'Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina Erinome ' +
    'Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi Vindemiatrix Sadachbia ' +
    'Sadaltager Sulafat'
  ).split(' '),
);

const invalid = (reason: string) => new Refusal(1007, reason);
