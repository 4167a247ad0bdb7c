import { RpcError, type Room } from 'livekit-client';
import { refusal } from '#protocol/refusal.ts';
import { pageMethod } from '#protocol/topics.ts';
import type { PageTools, PageToolsHost } from './page-tools.ts';

/** Does in this page what the assistant asks for, and nobody else, with the person's consent. Returns the release. */
export function answerPageCalls(
  room: Room,
  isAssistant: (identity: string) => boolean,
  host: PageToolsHost,
): () => void {
  let tools: Promise<PageTools> | undefined;
  room.registerRpcMethod(pageMethod, async ({ callerIdentity, payload }) => {
    if (!isAssistant(callerIdentity)) {
      throw new RpcError(refusal.stranger, 'Only the assistant may ask this.');
    }
    // It comes late: few conversations need it, and none at its beginning.
    tools ??= import('./page-tools.ts').then((late) => new late.PageTools(host));
    tools.catch(() => (tools = undefined));
    return (await tools).answer(payload);
  });
  return () => room.unregisterRpcMethod(pageMethod);
}
