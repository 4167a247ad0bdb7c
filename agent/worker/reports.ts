import { createServer, request } from 'node:http';
import { z } from 'zod';
import { problemCode } from '#protocol/problems.ts';
import { providerId } from '#protocol/provider.ts';
import type { CloudProvider } from '../providers/provider.ts';
import { serveOn } from './local-http.ts';

/** The environment variable by which a job learns where the worker takes reports. */
export const reportSocketVariable = 'PARLEY_REPORT_SOCKET';

const providerReport = z.object({
  provider: providerId,
  /** What is wrong with it; absent where it answers. */
  problem: z.optional(problemCode),
});
export type ProviderReport = z.infer<typeof providerReport>;

const maxBytes = 4096;

/** Takes the reports of job processes over a local socket. Resolves when it listens; `close` ends it. */
export async function takeReports(
  socketPath: string,
  take: (report: ProviderReport) => void,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => {
      body += text;
      if (body.length > maxBytes) incoming.destroy();
    });
    incoming.on('end', () => {
      const report = providerReport.safeParse(parsed(body));
      if (report.success) take(report.data);
      outgoing.writeHead(report.success ? 204 : 400).end();
    });
  });
  return serveOn(server, socketPath);
}

/** A job's side. A report that does not arrive costs nothing but itself. */
export function sendReport(socketPath: string, report: ProviderReport): void {
  const outgoing = request({ socketPath, agent: false, method: 'POST' }, (answer) => {
    answer.resume();
  });
  outgoing.on('error', () => undefined);
  outgoing.end(JSON.stringify(report));
}

/** The same provider, which tells the worker as well when it answers and when it fails. */
export function reporting(
  provider: CloudProvider,
  report: (report: ProviderReport) => void,
): CloudProvider {
  const { id } = provider;
  return {
    ...provider,
    connect: (env, settings, observer) =>
      provider.connect(env, settings, {
        viseme: (visemeId, offsetMs) => observer.viseme(visemeId, offsetMs),
        approve: (request) => observer.approve(request),
        toolStarted: (call) => observer.toolStarted(call),
        toolFinished: (call) => observer.toolFinished(call),
        connection: (state, detail) => {
          if (state !== 'reconnecting') report({ provider: id });
          observer.connection(state, detail);
        },
        problem: (code, detail) => {
          report({ provider: id, problem: code });
          observer.problem(code, detail);
        },
      }),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
