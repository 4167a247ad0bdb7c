/** The stack that the tests talk to: the product's own launcher on ports that a running Parley does not use. */
export interface Stack {
  readonly pageUrl: string;
  readonly livekitUrl: string;
  /** A site of somebody else, which a test opens there. */
  readonly siteUrl: string;
  /** What the launcher is given beside the environment of the tests. */
  readonly env: Readonly<Record<string, string>>;
}

/** The keys of LiveKit's development mode, known to everybody and good only on this machine. */
export const developmentKeys = { key: 'devkey', secret: 'secret' } as const;

/** What a process of a conversation may hold on this stack, in megabytes. */
export const jobMegabytes = 700;

export const inCi = process.env.CI !== undefined;

export const stack = stackOn({ pagePort: 4300, livekitPort: 7980 });

/** Media takes the two ports above `livekitPort`. */
export function stackOn({
  pagePort,
  livekitPort,
}: {
  pagePort: number;
  livekitPort: number;
}): Stack {
  // By another name than the page, which makes it another site as well.
  const siteUrl = `http://127.0.0.1:${pagePort + 1}`;
  return {
    pageUrl: `http://localhost:${pagePort}`,
    livekitUrl: `ws://localhost:${livekitPort}`,
    siteUrl,
    env: {
      PORT: String(pagePort),
      HOST: 'localhost',
      PARLEY_LIVEKIT_PORT: String(livekitPort),
      // Each test begins in silence; the greeting has a test of its own.
      PARLEY_GREETING: '',
      PARLEY_EMBED_ORIGINS: siteUrl,
      // Far more than any conversation of the tests takes, and little enough to be used up in one of them.
      PARLEY_JOB_MEMORY: String(jobMegabytes),
      // A suite opens more rooms in a minute than a person does.
      PARLEY_TOKEN_RATE: '600',
      // A developer's own .env must not lead the tests to another server or to a paid model; empty counts as not set.
      LIVEKIT_URL: '',
      LIVEKIT_PUBLIC_URL: '',
      LIVEKIT_API_KEY: '',
      LIVEKIT_API_SECRET: '',
      LIVEKIT_AGENT_NAME: '',
      PARLEY_TOKEN_SECRET: '',
      LLM_BASE_URL: '',
      LLM_MODEL: '',
    },
  };
}
