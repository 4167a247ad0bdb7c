import { ServerOptions } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { agentVariables, readAgentEnvironment } from '../agent/environment.ts';
import { readEnvironment, serverVariables } from '../server/environment.ts';
import {
  composeServices,
  dockerfile,
  graceMs,
  kubernetesContainers,
  manifests,
  type Started,
  type Variables,
} from './manifests.ts';

/** What each of our programs takes from its environment, and how it reads it. */
const programs = {
  'parley-server': { names: serverVariables, read: readEnvironment },
  'parley-agent': { names: agentVariables, read: readAgentEnvironment },
};

/** Stands for what a secret has, or a person sets: good for each variable that manifests leave to them. */
const given: Readonly<Record<string, string>> = {
  LIVEKIT_URL: 'wss://livekit.example.com',
  LIVEKIT_PUBLIC_URL: 'wss://livekit.example.com',
  LIVEKIT_API_KEY: 'a-key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  PARLEY_METRICS_KEY: 'a-key-for-those-who-measure',
  PARLEY_TRUSTED_PROXIES: '10.0.0.0/8',
  PARLEY_EMBED_ORIGINS: 'https://www.example.com',
};

const started = [...composeServices(), ...kubernetesContainers()];
const ours = (image: string): Started[] => started.filter((one) => one.image === image);

describe.each(Object.entries(programs))('%s', (image, { names, read }) => {
  it('is started by compose and by Kubernetes', () => {
    expect(ours(image)).toHaveLength(2);
  });

  it.each(ours(image))('is given variables that it knows: $where', ({ variables }) => {
    expect([...variables.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(ours(image))('can start with them: $where', ({ variables }) => {
    const environment = read(filled(variables));
    expect(environment.livekit).toMatchObject({
      apiKey: given['LIVEKIT_API_KEY'],
      apiSecret: given['LIVEKIT_API_SECRET'],
    });
    expect(environment.livekit.url).toMatch(/^wss?:\/\/(?!localhost)/);
  });
});

it('builds only what the Dockerfile has, with variables that somebody knows', () => {
  const { stages, variables } = dockerfile();
  const targets = composeServices().flatMap(({ target }) => target ?? []);
  expect(targets.toSorted()).toEqual(['agent', 'server']);
  expect(stages).toEqual(expect.arrayContaining(targets));
  const known = [...serverVariables, ...agentVariables, 'NODE_ENV', 'HOME'];
  expect([...variables.keys()].filter((name) => !known.includes(name))).toEqual([]);
});

it.each(Object.entries(graceMs()))('leaves a worker the time to drain: %s', (_, ms) => {
  // The framework's own limits, which the worker leaves as they are: for conversations to end, and for their processes to.
  const { drainTimeout, shutdownProcessTimeout } = new ServerOptions({ agent: 'job.js' });
  expect(ms).toBeGreaterThanOrEqual(drainTimeout + shutdownProcessTimeout);
});

it('has no secret in any manifest', () => {
  const kinds = manifests().map(({ document }) => (document as { kind?: string }).kind);
  expect(kinds).not.toContain('Secret');
  const secrets = kubernetesContainers().flatMap(({ variables }) =>
    [...variables].filter(([name]) => /SECRET|KEY$/.test(name)),
  );
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.filter(([, value]) => value !== undefined)).toEqual([]);
});

function filled(variables: Variables): Record<string, string | undefined> {
  return Object.fromEntries(
    [...variables].map(([name, value]) => {
      if (value === undefined && given[name] === undefined)
        throw new Error(`${name} has no value.`);
      return [name, value ?? given[name]];
    }),
  );
}
