import {
  ConnectionState,
  LogLevel,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  type DisconnectReason,
  type LocalAudioTrack,
  type LocalTrack,
  type RemoteParticipant,
} from 'livekit-client';
import type { AgentEvent } from '#protocol/events.ts';
import type { InterruptReason } from '#protocol/interrupt.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import { chatTopic, maxMessageLength } from '#protocol/topics.ts';
import { AgentInRoom } from '../assistant/agent.ts';
import { AssistantPresence } from '../assistant/presence.ts';
import { askForCapabilities, askToInterrupt } from '../assistant/requests.ts';
import { requestDispatch } from '../connect/server.ts';
import type { SoundEdge } from '../latency/sound-gate.ts';
import { TurnLatency } from '../latency/turn-latency.ts';
import { unansweredCutMs } from '../playback/duck.ts';
import type { Playback } from '../playback/playback.ts';
import { playRemoteAudio } from '../playback/remote-audio.ts';
import { connectRoom } from '../room/connect.ts';
import { callInRoom } from '../room/connection-state.ts';
import { problemOfDisconnect } from '../room/failure.ts';
import { AgentClock } from '../transcript/clock.ts';
import { actionOfEvent } from '../transcript/events.ts';
import type { TranscriptAction } from '../transcript/reducer.ts';
import { followTranscription } from '../transcript/streams.ts';
import { Releases } from './releases.ts';
import type { ConversationState, Problem, RoomTarget } from './state.ts';

setLogLevel(LogLevel.warn);

/** What a call tells the conversation that it belongs to. Nothing is told after `end`. */
export interface CallHost {
  update(state: Partial<ConversationState>): void;
  report(problem: Problem): void;
  clear(...codes: ProblemCode[]): void;
  record(action: TranscriptAction): void;
  /** The call has ended without the person's doing. */
  over(problem: Problem | undefined): void;
}

/** News of a cut that is older than this, in ms, may come after the next reply has begun. */
const freshNewsMs = 150;

/**
 * One stay in one room, from the click to the end. All that it acquires it gives back in `end`, and from then on
 * nothing of it reaches the page any more, however late its events are.
 */
export class Call {
  readonly #ended = new AbortController();
  readonly #releases = new Releases();
  readonly #playback: Playback;
  readonly #host: CallHost;
  readonly #room: Room;
  readonly #agent: AgentInRoom;
  readonly #presence: AssistantPresence;
  readonly #latency = new TurnLatency();
  #clock = new AgentClock();
  #target: RoomTarget | undefined;
  #sendsForAssistant = false;
  #sinceMs = 0;
  #published: LocalAudioTrack | undefined;
  #speaking = false;
  #sounding = false;
  /** When the reply that is being spoken was first heard, in s on the audio context's clock. */
  #replySinceS: number | undefined;
  #agentGone = new AbortController();

  constructor(playback: Playback, host: CallHost) {
    this.#playback = playback;
    this.#host = whileNotAborted(this.signal, host);
    // The room is given the page's own context, or it would open a second one.
    this.#room = new Room({ webAudioMix: { audioContext: playback.context } });
    this.#agent = new AgentInRoom(this.#room, {
      came: (agent, state) => this.#agentCame(agent, state),
      left: () => this.#agentLeft(),
      stateChanged: (state) => this.#agentStateChanged(state),
      event: (event) => this.#agentSaid(event),
    });
    this.#presence = new AssistantPresence({
      changed: (assistant) => this.#host.update({ assistant }),
      absent: (absent) => {
        if (absent) this.#host.report({ code: 'assistant_absent' });
        else this.#host.clear('assistant_absent');
      },
      sendFor: () => {
        if (this.#sendsForAssistant) void this.sendForAssistant();
      },
    });
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Joins the room. Rejects with what LiveKit says if that fails; `end` has to be called then as well. */
  async join(target: RoomTarget, options: { sendForAssistant: boolean }): Promise<void> {
    this.#target = target;
    this.#sendsForAssistant = options.sendForAssistant;
    const room = this.#room;
    this.#releases.add(() => room.disconnect());
    this.#releases.add(playRemoteAudio(room, this.#playback));
    this.#releases.add(
      followTranscription({
        room,
        toPageMs: (agentMs) => this.#clock.toPage(agentMs, Date.now()),
        isAssistant: (identity) => identity === this.#agent.agent?.identity,
        dispatch: (action) => this.#host.record(action),
      }),
    );
    this.#releases.add(this.#agent.follow());
    await connectRoom(room, target, this.signal);
    this.signal.throwIfAborted();
    this.#sinceMs = Date.now();
    this.#host.update({ room });
    this.#showConnection();
    room
      .on(RoomEvent.ConnectionStateChanged, this.#showConnection)
      .on(RoomEvent.Disconnected, this.#disconnected);
  }

  /** Ends everything that this call has begun. */
  async end(): Promise<void> {
    this.#presence.end();
    this.#ended.abort();
    this.#agentGone.abort();
    this.#room
      .off(RoomEvent.ConnectionStateChanged, this.#showConnection)
      .off(RoomEvent.Disconnected, this.#disconnected);
    await this.#releases.run();
  }

  /** Sends the microphone to the room, as soon as the room is joined. */
  async publish(track: LocalAudioTrack): Promise<void> {
    if (this.#published === track || this.#room.state !== ConnectionState.Connected) return;
    this.#published = track;
    try {
      await this.#room.localParticipant.publishTrack(sendable(track), {
        source: Track.Source.Microphone,
      });
    } catch (error) {
      this.#published = undefined;
      const detail = error instanceof Error ? error.message : String(error);
      this.#host.report({ code: 'unknown', detail: `The microphone was not published: ${detail}` });
    }
  }

  async unpublish(track: LocalAudioTrack): Promise<void> {
    if (this.#published !== track) return;
    this.#published = undefined;
    await this.#room.localParticipant.unpublishTrack(sendable(track)).catch(() => undefined);
  }

  microphoneSound(edge: SoundEdge): void {
    this.#latency.microphone(edge);
  }

  replySound(edge: SoundEdge): void {
    this.#sounding = edge.kind === 'began';
    if (this.#sounding) {
      this.#replySinceS ??= edge.atS;
      this.#presence.soundBegan();
    } else if (!this.#speaking) {
      this.#replySinceS = undefined;
    }
    const latencyMs = this.#latency.reply(edge);
    if (latencyMs !== undefined) this.#host.record({ type: 'reply_heard_first', latencyMs });
  }

  /** Silences the reply at once, then tells the agent. */
  interrupt(reason: InterruptReason): void {
    const agent = this.#agent.agent;
    if (!agent) return;
    const heardMs = this.#heardMs();
    this.#cut();
    askToInterrupt(this.#room, agent.identity, {
      reason,
      ...(heardMs === undefined ? {} : { heardMs }),
    }).then(
      () => this.#dropped(),
      // The agent goes on, so the person has to hear it.
      () => this.#whileCalling(() => this.#unduck()),
    );
  }

  /** Sends typed text to the assistant; a reply that is being spoken falls silent. False if it could not be sent. */
  async say(text: string): Promise<boolean> {
    const problem = this.#reasonNotToSend(text);
    const agent = this.#agent.agent;
    if (problem !== undefined || !agent) {
      this.#host.report({ code: 'message_not_sent', ...(problem ? { detail: problem } : {}) });
      return false;
    }
    this.#cut(unansweredCutMs);
    this.#latency.forget();
    try {
      const { id, timestamp } = await this.#room.localParticipant.sendText(text, {
        topic: chatTopic,
        destinationIdentities: [agent.identity],
      });
      this.#host.clear('message_not_sent');
      this.#host.record({ type: 'user_typed', id, text, atMs: timestamp });
      return true;
    } catch (error) {
      this.#whileCalling(() => this.#unduck());
      const detail = error instanceof Error ? error.message : String(error);
      this.#host.report({ code: 'message_not_sent', detail });
      return false;
    }
  }

  /** Asks this page's server for an assistant in this room. A refusal goes with the news that nobody is here. */
  async sendForAssistant(): Promise<void> {
    if (!this.#target || this.#agent.agent) return;
    try {
      const answer = await requestDispatch(this.#target.token, this.signal);
      if (answer.ok) return;
      const { code, detail } = answer.problem;
      this.#host.report({ code: 'assistant_absent', detail: detail ?? code });
    } catch {
      // The call has ended meanwhile.
    }
  }

  #reasonNotToSend(text: string): string | undefined {
    if (text.trim() === '') return 'The message is empty.';
    if (text.length > maxMessageLength) return `It is longer than ${maxMessageLength} characters.`;
    if (this.#room.state !== ConnectionState.Connected) return 'The connection is interrupted.';
    return this.#agent.agent ? undefined : 'No assistant is in the room.';
  }

  #heardMs(): number | undefined {
    if (this.#replySinceS === undefined) return undefined;
    const heardMs = (this.#playback.context.currentTime - this.#replySinceS) * 1000;
    return Math.max(0, Math.round(heardMs));
  }

  #cut(longestMs?: number): void {
    if (!this.#speaking && !this.#sounding) return;
    this.#playback.duck.cut(performance.now(), longestMs);
    this.#presence.interrupted();
  }

  #unduck(): void {
    this.#playback.duck.open();
    this.#presence.soundBegan();
  }

  #dropped(): void {
    this.#whileCalling(() => this.#playback.duck.dropped(performance.now()));
  }

  #agentCame(agent: RemoteParticipant, state: string | undefined): void {
    this.#clock = new AgentClock();
    this.#agentGone = new AbortController();
    this.#speaking = state === 'speaking';
    this.#presence.came(state);
    const { signal } = this.#agentGone;
    void askForCapabilities(this.#room, agent.identity, signal).then((capabilities) => {
      if (capabilities && !signal.aborted) this.#host.update({ capabilities });
    });
  }

  #agentLeft(): void {
    this.#agentGone.abort();
    this.#speaking = false;
    this.#replySinceS = undefined;
    this.#latency.forget();
    this.#playback.duck.open();
    this.#host.record({ type: 'settled' });
    this.#host.update({ capabilities: undefined });
    this.#showConnection();
  }

  #agentStateChanged(state: string | undefined): void {
    const speaks = state === 'speaking';
    if (speaks && !this.#speaking) this.#playback.duck.replyBegan(performance.now());
    if (!speaks && this.#speaking) this.#dropped();
    this.#speaking = speaks;
    if (!speaks && !this.#sounding) this.#replySinceS = undefined;
    this.#presence.stateChanged(state);
  }

  #agentSaid(event: AgentEvent): void {
    const nowMs = Date.now();
    const atMs = this.#clock.toPage(event.atMs, nowMs);
    const action = actionOfEvent(event, atMs);
    if (action) this.#host.record(action);
    if (event.type === 'user_speech' && event.phase === 'stopped') {
      this.#latency.turnEnded(this.#playback.context.currentTime);
    } else if (event.type === 'interrupted') {
      // What is still on its way of a reply that was talked over is not to be heard either.
      if (event.by === 'speech' && nowMs - atMs < freshNewsMs) this.#cut();
      this.#presence.interrupted();
      this.#dropped();
    } else if (event.type === 'error') {
      this.#host.report({ code: event.code, detail: event.detail });
    }
  }

  readonly #showConnection = (): void => {
    const { state, name: roomName } = this.#room;
    const call = callInRoom(state, { sinceMs: this.#sinceMs, roomName });
    if (!call) return;
    this.#host.update({ call });
    if (this.#agent.agent) return;
    if (call.kind === 'connected') this.#presence.await();
    else this.#presence.hold();
  };

  readonly #disconnected = (reason?: DisconnectReason): void => {
    this.#host.over(problemOfDisconnect(reason));
  };

  /** The page's sound outlives this call; once that is over, it is none of its business. */
  #whileCalling(act: () => void): void {
    if (!this.signal.aborted) act();
  }
}

/** LiveKit's own types disagree about a processor that may be undefined under exactOptionalPropertyTypes. */
function sendable(track: LocalAudioTrack): LocalTrack {
  return track as unknown as LocalTrack;
}

/** The same host, deaf to whatever comes after the signal. */
function whileNotAborted(signal: AbortSignal, host: CallHost): CallHost {
  const guard =
    <A extends unknown[]>(tell: (...args: A) => void) =>
    (...args: A): void => {
      if (!signal.aborted) tell(...args);
    };
  return {
    update: guard((state) => host.update(state)),
    report: guard((problem) => host.report(problem)),
    clear: guard((...codes) => host.clear(...codes)),
    record: guard((action) => host.record(action)),
    over: guard((problem) => host.over(problem)),
  };
}
