import type { FastifyReply, FastifyRequest } from 'fastify';
import { conversationId } from '#protocol/token.ts';
import type { LogLevel } from '../environment.ts';

/**
 * One JSON object a line. Of a request only what it asked for is written: no header, and nothing behind a question mark,
 * since both may hold a secret.
 */
export function requestLog(level: LogLevel) {
  return {
    level,
    // Fastify's own destination writes past `process.stdout`, and so past what hides secrets there.
    stream: process.stdout,
    serializers: {
      req: (request: FastifyRequest) => ({
        method: request.method,
        url: request.url.replace(/[?#].*/s, ''),
        remoteAddress: request.ip,
      }),
    },
  };
}

/** Puts the conversation's id into every further line about this request. What is no such id is left out. */
export function belongsTo(id: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const read = conversationId.safeParse(id);
  if (!read.success) return;
  const log = request.log.child({ conversation: read.data });
  request.log = log;
  reply.log = log;
}
