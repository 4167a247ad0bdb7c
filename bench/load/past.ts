import { ParticipantKind, RoomEvent, type Room } from '@livekit/rtc-node';
import { decode, encode } from '../../protocol/codec.ts';
import { agentEventMessage } from '../../protocol/events.ts';
import { recallRequest, recallResponse, type Past } from '../../protocol/recall.ts';
import {
  eventTopic,
  recallMethod,
  segmentIdAttribute,
  transcriptionTopic,
} from '../../protocol/topics.ts';

/** What was said and done in a caller's conversation, as a page keeps it, to tell it to whoever comes next. */
export class KeptPast {
  readonly #room: Room;
  /** By segment or call; a later version of the same replaces it. */
  readonly #past = new Map<string, Past>();

  constructor(room: Room) {
    this.#room = room;
    room.registerTextStreamHandler(transcriptionTopic, (reader, { identity }) => {
      const by = identity === room.localParticipant?.identity ? 'user' : 'assistant';
      void reader.readAll().then(
        (text) => {
          if (text.trim() === '') return;
          const id = reader.info.attributes?.[segmentIdAttribute] ?? reader.info.streamId;
          this.#past.set(`${by} ${id}`, {
            kind: 'said',
            by,
            text: text.slice(0, 2000),
            cut: false,
          });
        },
        () => undefined,
      );
    });
    const inputs = new Map<string, Past>();
    room.on(RoomEvent.DataReceived, (data, _participant, _kind, topic) => {
      if (topic !== eventTopic) return;
      const event = decode(agentEventMessage, new TextDecoder().decode(data));
      if (!event.ok) return;
      const { value } = event;
      if (value.type === 'tool_started') {
        inputs.set(value.callId, { kind: 'called', name: value.name, input: value.input });
      } else if (value.type === 'tool_finished' && value.outcome === 'done') {
        const call = inputs.get(value.callId);
        if (call) this.#past.set(value.callId, call);
      }
    });
  }

  /** What the assistant has said so far. */
  get answers(): readonly string[] {
    return [...this.#past.values()].flatMap((item) =>
      item.kind === 'said' && item.by === 'assistant' ? [item.text] : [],
    );
  }

  /** Tells the assistant that is there now. Resolves to whether it did not know. */
  async tell(): Promise<boolean> {
    if (this.#past.size === 0) return false;
    const agent = [...this.#room.remoteParticipants.values()].find(
      ({ info }) => info.kind === ParticipantKind.AGENT,
    );
    if (!agent || !this.#room.localParticipant) throw new Error('There is no assistant.');
    const answer = await this.#room.localParticipant.performRpc({
      destinationIdentity: agent.identity,
      method: recallMethod,
      payload: encode(recallRequest, { past: [...this.#past.values()] }),
      responseTimeout: 10_000,
    });
    const decoded = decode(recallResponse, answer);
    return decoded.ok && decoded.value.taken;
  }
}
