import { readFileSync, readdirSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** A variable of a container: its value, or undefined where a secret or a map has it. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** A program as something starts it: what it is called there, its image and its environment. */
export interface Started {
  readonly where: string;
  readonly image: string;
  readonly variables: Variables;
}

const folder = new URL('./', import.meta.url);

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      environment: z.record(z.string(), z.string()).optional(),
      build: z.object({ target: z.string() }).optional(),
      stop_grace_period: z.string().optional(),
    }),
  ),
});

const container = z.object({
  name: z.string(),
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
});
const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(container),
        terminationGracePeriodSeconds: z.number(),
      }),
    }),
  }),
});

/** The services of compose.yaml; a variable that a person sets has what stands after `:-`, or undefined where it is required. */
export function composeServices(): readonly (Started & { readonly target: string | undefined })[] {
  return Object.entries(services()).map(([name, { image, environment = {}, build }]) => ({
    where: `compose.yaml, ${name}`,
    image,
    target: build?.target,
    variables: new Map(
      Object.entries(environment).map(([key, value]) => [key, substituted(value)] as const),
    ),
  }));
}

/** The containers of all deployments of the manifests. */
export function kubernetesContainers(): readonly Started[] {
  return deployments().flatMap(({ metadata, spec }) =>
    spec.template.spec.containers.map(({ image, env }) => ({
      where: `kubernetes, ${metadata.name}`,
      image,
      variables: new Map(env.map(({ name, value }) => [name, value] as const)),
    })),
  );
}

/** How long a worker that was told to go has before it is killed, in ms, by what says so. */
export function graceMs(): Readonly<Record<string, number>> {
  const [, minutes] = /^(\d+)m$/.exec(services()['agent']?.stop_grace_period ?? '') ?? [];
  const pod = deployments().find(({ metadata }) => metadata.name === 'parley-agent');
  return {
    compose: Number(minutes) * 60_000,
    kubernetes: (pod?.spec.template.spec.terminationGracePeriodSeconds ?? 0) * 1000,
  };
}

/** Every document of every manifest, with the file it stands in. */
export function manifests(): readonly { readonly file: string; readonly document: unknown }[] {
  return readdirSync(new URL('kubernetes/', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) =>
      parseAllDocuments(read(`kubernetes/${file}`)).map((document) => {
        if (document.errors[0]) throw document.errors[0];
        return { file, document: document.toJS() as unknown };
      }),
    );
}

/** The stages of the Dockerfile, and the variables that they set. */
export function dockerfile(): {
  readonly stages: readonly string[];
  readonly variables: Variables;
} {
  const text = read('Dockerfile');
  const stages = [...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage = '']) => stage);
  const lines = [...text.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '));
  const variables = lines.map((assignment) => {
    const at = assignment.indexOf('=');
    return [assignment.slice(0, at), assignment.slice(at + 1)] as const;
  });
  return { stages, variables: new Map(variables) };
}

function services(): z.infer<typeof compose>['services'] {
  return compose.parse(parse(read('compose.yaml'), { merge: true })).services;
}

function deployments(): z.infer<typeof deployment>[] {
  return manifests().flatMap(({ document }) => deployment.safeParse(document).data ?? []);
}

function substituted(value: string): string | undefined {
  const [, operator, otherwise] = /^\$\{\w+(:[-?])?(.*)\}$/.exec(value) ?? [];
  if (operator === undefined) return value.startsWith('${') ? undefined : value;
  return operator === ':-' ? otherwise : undefined;
}

function read(path: string): string {
  return readFileSync(new URL(path, folder), 'utf8');
}
