import { RpcError } from 'livekit-client';
import { describe, expect, it, vi } from 'vitest';
import { decode, encode } from '#protocol/codec.ts';
import { documentRequest, documentResponse, mostDocuments } from '#protocol/documents.ts';
import type { DocumentReader, GivenDocument } from './document.ts';
import { GivenDocuments } from './given-documents.ts';

const file = (name: string, content = 'words') => new File([content], name);

function reader(refusal?: RpcError) {
  const held = new Map<string, string>();
  const one: DocumentReader = {
    sendDocument: ({ name }) => {
      held.set(`stream-${name}`, name);
      return Promise.resolve(`stream-${name}`);
    },
    document: (payload) => {
      const request = decode(documentRequest, payload);
      if (!request.ok) throw new Error(request.reason);
      if (refusal) return Promise.reject(refusal);
      if (request.value.want === 'forget') held.delete(request.value.id);
      return Promise.resolve(encode(documentResponse, { passages: 3 }));
    },
  };
  return { ...one, held };
}

function table() {
  let now: readonly GivenDocument[] = [];
  const notes: string[] = [];
  const documents = new GivenDocuments({
    changed: (views) => (now = views),
    note: (_, text) => void notes.push(text),
  });
  const states = () => now.map(({ state }) => state.kind);
  return { documents, states, notes, views: () => now };
}

describe('documents that a person gives', () => {
  it('are sent, named in the transcript, and forgotten when they are taken back', async () => {
    const { documents, states, notes, views } = table();
    const assistant = reader();
    documents.assistant(assistant);
    documents.give([file('house.md')]);
    expect(states()).toEqual(['reading']);
    await vi.waitFor(() => expect(states()).toEqual(['ready']));
    expect(notes).toEqual(['“house.md” can be asked about (3 passages).']);
    documents.takeBack(views()[0]?.id ?? '');
    expect(notes.at(-1)).toBe('“house.md” was taken away.');
    await vi.waitFor(() => expect(assistant.held.size).toBe(0));
    expect(views()).toEqual([]);
  });

  it('are not sent where they could not be taken', () => {
    const { documents, states } = table();
    documents.give([file('early.md')]);
    const assistant = reader();
    documents.assistant(assistant);
    documents.give([file('photo.jpg'), file('empty.txt', '')]);
    expect(states()).toEqual(['refused', 'refused', 'refused']);
    const many = Array.from({ length: mostDocuments + 1 }, (_, at) => file(`${at}.txt`));
    documents.give(many);
    expect(states().filter((kind) => kind === 'reading')).toHaveLength(mostDocuments);
    expect(states().at(-1)).toBe('refused');
  });

  it('say why the assistant cannot read them', async () => {
    const { documents, views } = table();
    documents.assistant(reader(new RpcError(4409, 'It cannot be read: it is not UTF-8.')));
    documents.give([file('odd.txt')]);
    await vi.waitFor(() =>
      expect(views()[0]?.state).toEqual({
        kind: 'refused',
        why: 'It cannot be read: it is not UTF-8.',
      }),
    );
  });

  it('are given to the next assistant of the conversation as well, and are gone with it', async () => {
    const { documents, states, notes } = table();
    documents.assistant(reader());
    documents.give([file('house.md')]);
    await vi.waitFor(() => expect(states()).toEqual(['ready']));
    const next = reader();
    documents.assistant(undefined);
    documents.assistant(next);
    await vi.waitFor(() => expect(next.held.size).toBe(1));
    expect(notes).toHaveLength(1);
    documents.clear();
    expect(states()).toEqual([]);
  });
});
