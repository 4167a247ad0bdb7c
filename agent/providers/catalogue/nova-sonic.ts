import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProblemCode } from '#protocol/problems.ts';
import type { Settings } from '#protocol/settings.ts';
import { defaultSettings, languages, NovaSonicRealtimeModel, voices } from '../nova-sonic/index.ts';
import type {
  EndpointingSensitivity,
  FailureKind,
  NovaSonicOptions,
  NovaSonicSettings,
} from '../nova-sonic/index.ts';
import type { CloudProvider, Environment } from '../provider.ts';

const model = 'amazon.nova-2-sonic-v1:0';

const sensitivities: readonly { value: EndpointingSensitivity; label: string }[] = [
  { value: 'HIGH', label: 'Fast: after a pause of 1.5 s' },
  { value: 'MEDIUM', label: 'Balanced: after a pause of 1.75 s' },
  { value: 'LOW', label: 'Patient: after a pause of 2 s' },
];

/** What a connection lives at most; set it only where the service is an emulated one. */
const sessionLimitVariable = 'NOVA_SONIC_SESSION_LIMIT_MS';

const problems: Readonly<Record<FailureKind, ProblemCode>> = {
  refused: 'provider_refused',
  limited: 'provider_limited',
  unreachable: 'provider_unreachable',
  failed: 'provider_failed',
};

export const novaSonic: CloudProvider = {
  id: 'nova-sonic',
  name: 'Amazon Nova 2 Sonic',
  description: 'A speech model of Amazon, in your AWS account (Amazon Bedrock).',
  runsLocally: false,

  missing: (env) => [
    ...(env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] ? [] : ['AWS_REGION (e.g. us-east-1)']),
    ...(hasCredentials(env) ? [] : [missingCredentials(env)]),
  ],

  sees: () => false,
  offer: () => ({
    provider: 'nova-sonic',
    model,
    voices: voices.map(({ id, name, language, sound, polyglot }) => ({
      id,
      label: `${name}, ${sound}${polyglot ? ', speaks every language' : ''}`,
      language,
    })),
    takesOtherVoices: false,
    languages: Object.keys(languages),
    turnDetection: [
      {
        kind: 'pause',
        label: 'By the model, after a pause',
        note: 'Nova Sonic finds the end of a turn by itself; it has no turns by hand.',
        fields: [
          {
            kind: 'choice',
            name: 'sensitivity',
            label: 'How soon it answers',
            choices: [...sensitivities],
            default: defaultSettings.endpointingSensitivity,
          },
        ],
      },
    ],
    noiseReduction: [],
    options: [
      {
        kind: 'number',
        name: 'temperature',
        label: 'Temperature',
        note: 'Higher is more varied.',
        min: 0,
        max: 1,
        step: 0.05,
        default: defaultSettings.temperature,
      },
      {
        kind: 'number',
        name: 'topP',
        label: 'Top P',
        min: 0.05,
        max: 1,
        step: 0.05,
        default: defaultSettings.topP,
      },
      {
        kind: 'number',
        name: 'maxTokens',
        label: 'Longest reply, in tokens',
        min: 64,
        max: 4096,
        step: 64,
        default: defaultSettings.maxTokens,
      },
    ],
    pushToTalk: 'gated',
    captions: false,
  }),

  connect: (env, settings, observer) => {
    const lacking = novaSonic.missing(env);
    if (lacking.length > 0) throw new Error(`Amazon Nova Sonic needs ${lacking.join(' and ')}.`);
    const novaModel = new NovaSonicRealtimeModel({
      ...address(env),
      ...novaSettings(settings),
      ...limits(env),
      model,
      onConnection: (state, detail) => observer.connection(state, detail.slice(0, 300)),
      onProblem: ({ kind, message }) => observer.problem(problems[kind], message.slice(0, 500)),
    });
    return {
      model: novaModel,
      applyLive: (changed) => {
        // Captions need a session that does not answer, which this provider cannot give.
        if (changed.mode === 'captions') return false;
        novaModel.updateSettings(novaSettings(changed));
        return true;
      },
    };
  },
};

function novaSettings(settings: Settings): NovaSonicSettings {
  const { voice, language, turnDetection, options = {} } = settings;
  const sensitivity = sensitivities.find(
    ({ value }) => value === turnDetection?.values['sensitivity'],
  );
  return {
    voice: voice ?? defaultSettings.voice,
    endpointingSensitivity: sensitivity?.value ?? defaultSettings.endpointingSensitivity,
    language: language === undefined ? undefined : languages[language],
    temperature: numberOf(options['temperature']) ?? defaultSettings.temperature,
    topP: numberOf(options['topP']) ?? defaultSettings.topP,
    maxTokens: numberOf(options['maxTokens']) ?? defaultSettings.maxTokens,
  };
}

/** Renewed from three quarters of a connection's life on. */
function limits(env: Environment): Pick<NovaSonicOptions, 'limits'> {
  const lifeMs = Number(env[sessionLimitVariable]);
  if (!(lifeMs > 0)) return {};
  return {
    limits: {
      renewAfterMs: lifeMs * 0.75,
      forceAfterMs: lifeMs * 0.9,
      cutAfterMs: lifeMs * 0.97,
    },
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Keys in the environment are handed over as they stand; a profile, a role and the rest are left to the AWS SDK. */
function address(env: Environment): Pick<NovaSonicOptions, 'region' | 'endpoint' | 'credentials'> {
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const endpoint = env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'];
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(accessKeyId &&
      secretAccessKey &&
      !env['AWS_PROFILE'] && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
      }),
  };
}

/** Where the default chain of the AWS SDK may find credentials, without asking any service. */
function hasCredentials(env: Environment): boolean {
  const byKeys = env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'];
  const elsewhere = [
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ].some((name) => env[name]);
  return Boolean(byKeys) || elsewhere || existsSync(credentialsFile(env));
}

function credentialsFile(env: Environment): string {
  return (
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(env['HOME'] ?? homedir(), '.aws', 'credentials')
  );
}

function missingCredentials(env: Environment): string {
  return env['AWS_BEARER_TOKEN_BEDROCK']
    ? 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: a Bedrock API key alone is not enough, because Nova Sonic signs every piece of sound'
    : 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile or role)';
}
