import { WebSocket, type MessageEvent } from 'ws';
import type { Loss } from '../attempts.ts';

export interface Address {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const openTimeoutMs = 10_000;

/** Why a socket did not open. */
export class DialError extends Error {
  override readonly name = 'DialError';
  readonly loss: Loss;

  constructor(loss: Loss) {
    super(loss.detail);
    this.loss = loss;
  }
}

/**
 * Opens a socket; `onBroken` hears of each message that cannot be read. Rejects with a `DialError`. The plugin's own way (1.9.0) listens to no `error` before the socket is open, so that
 * a refused upgrade or a server that is away ends the process.
 */
export async function dial({ url, headers }: Address, onBroken: () => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, handshakeTimeout: openTimeoutMs });
  guardHandler(socket, onBroken);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      const { statusCode = 0, statusMessage = '' } = response;
      request.destroy();
      reject(new DialError(readStatus(statusCode, statusMessage)));
    });
    socket.once('error', ({ message }) =>
      reject(new DialError({ code: 'provider_unreachable', detail: message, final: false })),
    );
  });
  // From here on the plugin listens; this one is for errors after it has let go.
  socket.on('error', () => undefined);
  return socket;
}

function readStatus(status: number, text: string): Loss {
  const detail = `The service answered with ${status} ${text}`.trim() + '.';
  if (status === 401 || status === 403) return { code: 'provider_refused', detail, final: true };
  if (status === 429) return { code: 'provider_limited', detail, final: false };
  if (status >= 500) return { code: 'provider_unreachable', detail, final: false };
  return { code: 'provider_failed', detail, final: true };
}

type Handler = WebSocket['onmessage'];

function isEvent(data: unknown): boolean {
  try {
    const event: unknown = JSON.parse(String(data));
    return typeof event === 'object' && event !== null && 'type' in event;
  } catch {
    return false;
  }
}

/** The plugin parses in its handler with nothing around it, and sets the handler when the first message may be there already. */
function guardHandler(socket: WebSocket, onBroken: () => void): void {
  let inner: Handler = null;
  const early: MessageEvent[] = [];
  const deliver = (event: MessageEvent) => {
    if (!inner) {
      early.push(event);
      return;
    }
    if (!isEvent(event.data)) {
      onBroken();
      return;
    }
    try {
      inner(event);
    } catch {
      // There is nobody above a socket's handler: what it throws ends the process.
      onBroken();
    }
  };
  socket.addEventListener('message', deliver);
  Object.defineProperty(socket, 'onmessage', {
    get: () => inner,
    set: (handler: Handler) => {
      inner = handler;
      for (const event of early.splice(0)) deliver(event);
    },
  });
}
