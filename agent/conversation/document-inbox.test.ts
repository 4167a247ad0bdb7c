import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { decode, encode } from '#protocol/codec.ts';
import {
  documentRequest,
  documentResponse,
  mostDocumentBytes,
  mostDocuments,
  type DocumentRequest,
} from '#protocol/documents.ts';
import { refusal } from '#protocol/refusal.ts';
import { documentMethod, documentTopic } from '#protocol/topics.ts';
import { runLivekit, type RunningLivekit } from '../../server/testing/livekit.ts';
import { GivenKnowledge } from '../knowledge/given.ts';
import { DocumentInbox } from './document-inbox.ts';
import { registerRemoteControl, type RemoteControlHandlers } from './remote-control.ts';

let livekit: RunningLivekit;

beforeAll(async () => {
  livekit = await runLivekit();
}, 300_000);

afterAll(() => livekit.stop());

async function join(room: string, identity: string): Promise<Room> {
  const { url, apiKey, apiSecret } = livekit.environment.livekit;
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
  token.addGrant({ roomJoin: true, room });
  const joined = new Room();
  await joined.connect(url, await token.toJwt());
  onTestFinished(() => joined.disconnect());
  return joined;
}

const boiler = '# Boiler\n\nThe boiler in the cellar is serviced by Hartmann every March.';

/** As the page does it: a stream of bytes, and then a call that names it. */
function hand(room: Room) {
  return {
    send: async (
      name: string,
      content: string | Uint8Array,
      more?: { readonly totalSize: number },
    ) => {
      const writer = await room.localParticipant?.streamBytes({
        name,
        topic: documentTopic,
        destinationIdentities: ['agent'],
        ...more,
      });
      await writer?.write(typeof content === 'string' ? Buffer.from(content) : content);
      await writer?.close();
      return writer?.info.streamId ?? '';
    },
    ask: async (want: DocumentRequest['want'], id: string) => {
      const payload = await room.localParticipant?.performRpc({
        destinationIdentity: 'agent',
        method: documentMethod,
        payload: encode(documentRequest, { want, id }),
      });
      const answer = decode(documentResponse, payload ?? '');
      return answer.ok ? answer.value.passages : answer.reason;
    },
  };
}

/** A person and an agent whose inbox is open to that person, in a room of their own. */
async function opened(room: string) {
  const agent = await join(room, 'agent');
  const knowledge = new GivenKnowledge({ search: () => Promise.resolve([]) });
  const inbox = new DocumentInbox(knowledge);
  onTestFinished(inbox.open(agent, 'person'));
  const handlers: Partial<RemoteControlHandlers> = { document: (request) => inbox.answer(request) };
  onTestFinished(registerRemoteControl(agent, 'person', handlers as RemoteControlHandlers));
  return { knowledge, ...hand(await join(room, 'person')) };
}

const refused = (why: string) => ({
  code: refusal.impossible,
  message: `It cannot be read: ${why}.`,
});

describe('documents that a person hands over', () => {
  it('are read once, under the name of the file alone, until they are to be forgotten', async () => {
    const { knowledge, send, ask } = await opened('reading');
    const id = await send('/home/jo/house.md', boiler);
    expect(await ask('read', id)).toBe(1);
    const [best] = await knowledge.search('Who services the boiler?');
    expect(best).toMatchObject({ file: 'house.md', heading: 'Boiler' });
    await expect(ask('read', id)).rejects.toMatchObject(refused('it has not arrived'));
    expect(await ask('forget', id)).toBe(0);
    expect(await knowledge.search('Who services the boiler?')).toHaveLength(0);
  });

  it('are taken from nobody else in the room', async () => {
    const { knowledge, ask } = await opened('strangers');
    const stranger = hand(await join('strangers', 'stranger'));
    const id = await stranger.send('house.md', boiler);
    await expect(stranger.ask('read', id)).rejects.toMatchObject({ code: refusal.stranger });
    await expect(ask('read', id)).rejects.toMatchObject(refused('it has not arrived'));
    expect(knowledge.count).toBe(0);
  });

  it('are refused with the reason where they are of no kind that can be read, or too large', async () => {
    const { send, ask } = await opened('refusing');
    const program = await send('tool.exe', boiler);
    await expect(ask('read', program)).rejects.toMatchObject(
      refused('it is of no kind that can be read'),
    );
    const announced = await send('a.txt', boiler, { totalSize: mostDocumentBytes + 1 });
    await expect(ask('read', announced)).rejects.toMatchObject(refused('it is larger than 8 MB'));
  });

  it('are as many as a conversation may hold, and no more', async () => {
    const { knowledge, send, ask } = await opened('many');
    for (let count = 1; count <= mostDocuments; count += 1) {
      expect(await ask('read', await send(`${count}.md`, boiler))).toBe(1);
    }
    const more = await send('more.md', boiler);
    await expect(ask('read', more)).rejects.toMatchObject(
      refused('there are as many as can be held'),
    );
    expect(knowledge.count).toBe(mostDocuments);
  });
});
