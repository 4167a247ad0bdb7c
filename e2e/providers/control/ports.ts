/** Where the emulated services answer while the tests run. */
export const ports = {
  control: 7970,
  'nova-sonic': 7971,
  'voice-live': 7972,
  openai: 7973,
  gemini: 7974,
} as const;

export type EmulatedProvider = Exclude<keyof typeof ports, 'control'>;

const addressOf = (provider: EmulatedProvider): string => `http://127.0.0.1:${ports[provider]}`;

/** Good for nothing but the emulators, which accept no others. */
export const keys = {
  voiceLive: 'voice-live-test-key',
  openai: 'openai-test-key',
  gemini: 'gemini-test-key',
} as const;

/** What an agent is given to reach the emulators. Azure OpenAI stays without credentials, as one that cannot be chosen. */
export const emulatedEnvironment: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'an-example-that-opens-nothing',
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
  AWS_BEARER_TOKEN_BEDROCK: '',
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: addressOf('nova-sonic'),
  AZURE_VOICELIVE_ENDPOINT: addressOf('voice-live'),
  AZURE_VOICELIVE_API_KEY: keys.voiceLive,
  AZURE_VOICELIVE_MODEL: '',
  // Of the MCP server of the tests, which the service calls by itself.
  AZURE_VOICELIVE_MCP_AUTHORIZATION: 'Bearer shop-token',
  OPENAI_API_KEY: keys.openai,
  OPENAI_BASE_URL: `${addressOf('openai')}/v1`,
  OPENAI_API_VERSION: '',
  AZURE_OPENAI_ENDPOINT: '',
  AZURE_OPENAI_API_KEY: '',
  GOOGLE_API_KEY: keys.gemini,
  GOOGLE_GEMINI_BASE_URL: addressOf('gemini'),
  PARLEY_PROVIDER: '',
};
