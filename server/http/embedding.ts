import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a page of another site asks for when it has the assistant in it. */
const needed = /^\/(embed\/|api\/(token|dispatch|room)(\?|$))/;

/** How long a browser may remember that it may ask, in seconds. */
const rememberedSeconds = 600;

/**
 * Lets pages of these origins read the parts of the assistant and the answers of the API about rooms; without any, nothing is
 * answered otherwise than to the server's own pages. Comes before the rate limit, so that a page can read its refusals too.
 */
export async function addEmbedding(
  app: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  if (origins.length === 0) return;
  app.addHook('onRequest', async (_request, reply) => {
    // What is set on the reply takes the place of what is set with a file, so both have to be said here.
    reply.header('Vary', 'Accept-Encoding');
  });
  await app.register(cors, {
    delegator: (request: FastifyRequest) =>
      Promise.resolve({
        origin: needed.test(request.url) && [...origins],
        methods: ['GET', 'POST'],
        allowedHeaders: ['Authorization', 'Content-Type'],
        maxAge: rememberedSeconds,
      }),
  });
}
