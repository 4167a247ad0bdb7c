import {
  LoggerNames,
  LogLevel,
  getLogger,
  RoomEvent,
  type DisconnectReason,
  type LocalAudioTrack,
  type RemoteParticipant,
  type Room,
} from 'livekit-client';
import { plainDetail } from '#protocol/detail.ts';
import type { AgentEvent } from '#protocol/events.ts';
import type { InterruptReason } from '#protocol/interrupt.ts';
import { answerApprovals } from '../approval/answering.ts';
import type { ApprovalQueue } from '../approval/queue.ts';
import { AgentInRoom } from '../assistant/agent.ts';
import { tellHearing } from '../assistant/hearing.ts';
import { AssistantPresence } from '../assistant/presence.ts';
import { AssistantRequests } from '../assistant/requests.ts';
import { SpokenMouth, type Mouth } from '../avatar/mouth.ts';
import type { SpeechNews } from '../barge-in/page-barge-in.ts';
import { requestDispatch } from '../connect/server.ts';
import { hasExpired } from '../connect/target.ts';
import type { SoundEdge } from '../latency/sound-gate.ts';
import { obstacleToSending, sendTyped } from '../message/sending.ts';
import { PublishedMicrophone } from '../microphone/publishing.ts';
import { unansweredCutMs } from '../playback/duck.ts';
import type { Playback } from '../playback/playback.ts';
import { playRemoteAudio } from '../playback/remote-audio.ts';
import { SpokenReply } from '../playback/spoken-reply.ts';
import { answerPageCalls } from '../page-tools/answering.ts';
import { connectRoom } from '../room/connect.ts';
import { callInRoom } from '../room/connection-state.ts';
import { problemOfDisconnect } from '../room/failure.ts';
import { limitReconnecting } from '../room/reconnect-limit.ts';
import { newRoom } from '../room/room.ts';
import { AgentClock } from '../transcript/clock.ts';
import { actionOfEvent } from '../transcript/events.ts';
import { followTranscription } from '../transcript/streams.ts';
import { whileNotAborted, type CallHost } from './call-host.ts';
import { Releases } from './releases.ts';
import type { RoomTarget } from './state.ts';

// `setLogLevel` would write a line for each into the storage of whatever site the page is part of.
for (const name of Object.values(LoggerNames)) getLogger(name).setDefaultLevel(LogLevel.warn);

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
  readonly #approvals: ApprovalQueue;
  readonly #host: CallHost;
  readonly #room: Room;
  readonly #microphone: PublishedMicrophone;
  readonly #agent: AgentInRoom;
  readonly #presence: AssistantPresence;
  readonly #reply: SpokenReply;
  readonly #mouth = new SpokenMouth();
  #requests: AssistantRequests | undefined;
  #clock = new AgentClock();
  #target: RoomTarget | undefined;
  #sendsForAssistant = false;
  #sinceMs = 0;
  #agentGone = new AbortController();

  constructor(playback: Playback, approvals: ApprovalQueue, host: CallHost) {
    this.#playback = playback;
    this.#approvals = approvals;
    this.#host = whileNotAborted(this.signal, host);
    // The room is given the page's own context, or it would open a second one.
    const { room, release } = newRoom({
      webAudioMix: { audioContext: playback.context },
      // The microphone is not the room's: the next call goes on with it.
      stopLocalTrackOnUnpublish: false,
    });
    this.#room = room;
    this.#releases.add(release);
    this.#microphone = new PublishedMicrophone(this.#room, (problem) => this.#host.report(problem));
    this.#agent = new AgentInRoom(this.#room, {
      came: (agent, state) => this.#agentCame(agent, state),
      left: () => this.#agentLeft(),
      stateChanged: (state) => {
        this.#reply.speaks(state === 'speaking');
        this.#presence.stateChanged(state);
      },
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
    this.#reply = new SpokenReply(playback, {
      cut: () => this.#presence.interrupted(),
      heard: () => this.#presence.soundBegan(),
      answered: (latencyMs) => this.#host.record({ type: 'reply_heard_first', latencyMs }),
    });
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Joins the room; `sinceMs` is when the conversation began, if not now. Rejects with what LiveKit says if that fails; `end` has to be called then as well. */
  async join(
    target: RoomTarget,
    options: { sendForAssistant: boolean; sinceMs?: number | undefined },
  ): Promise<void> {
    this.#target = target;
    this.#sendsForAssistant = options.sendForAssistant;
    const room = this.#room;
    const isAssistant = (identity: string): boolean => identity === this.#agent.agent?.identity;
    this.#releases.add(() => room.disconnect(false));
    this.#releases.add(playRemoteAudio(room, this.#playback));
    this.#releases.add(
      followTranscription({
        room,
        toPageMs: (agentMs) => this.#clock.toPage(agentMs, Date.now()),
        isAssistant,
        dispatch: (action) => this.#host.record(action),
      }),
    );
    this.#releases.add(answerApprovals(room, isAssistant, this.#approvals));
    this.#releases.add(
      answerPageCalls(room, isAssistant, {
        ask: (question, timeoutMs) => this.#approvals.ask(question, timeoutMs),
        off: () => this.#host.toolsOff(),
        show: (id, card) => this.#host.record({ type: 'card_shown', id, card }),
      }),
    );
    this.#releases.add(this.#agent.follow());
    await connectRoom(room, target, this.signal);
    this.signal.throwIfAborted();
    this.#sinceMs = options.sinceMs ?? Date.now();
    this.#host.update({ room });
    this.#connectionChanged();
    this.#releases.add(limitReconnecting(room, this.#reconnectsTooLong));
    room
      .on(RoomEvent.ConnectionStateChanged, this.#connectionChanged)
      .on(RoomEvent.Disconnected, this.#disconnected);
  }

  /** Ends everything that this call has begun. */
  async end(): Promise<void> {
    this.#presence.end();
    this.#ended.abort();
    this.#agentGone.abort();
    this.#room
      .off(RoomEvent.ConnectionStateChanged, this.#connectionChanged)
      .off(RoomEvent.Disconnected, this.#disconnected);
    await this.#releases.run();
  }

  /** Sends the microphone to the room, as soon as the room is joined. */
  publish(track: LocalAudioTrack): Promise<void> {
    return this.#microphone.publish(track);
  }

  unpublish(track: LocalAudioTrack): Promise<void> {
    return this.#microphone.unpublish(track);
  }

  microphoneSound(edge: SoundEdge): void {
    this.#reply.microphoneSound(edge);
  }

  /** What this page hears of the person's speech goes to the assistant and to nobody else. */
  speech({ phase: event, atMs, probability }: SpeechNews): void {
    const identity = this.#agent.agent?.identity;
    if (identity === undefined) return;
    tellHearing(this.#room, identity, { event, atMs, probability });
  }

  /** The mouth that goes with what is heard now. */
  mouth(): Mouth {
    return this.#mouth.at(this.#reply.heardMs());
  }

  replySound(edge: SoundEdge): void {
    this.#reply.sound(edge);
  }

  /** Silences the reply; whoever calls this tells the assistant in another way. */
  cut(): void {
    this.#reply.cut(unansweredCutMs);
  }

  /** Silences the reply at once, then tells the agent. */
  interrupt(reason: InterruptReason): void {
    const heardMs = this.#reply.heardMs();
    const requests = this.#requests;
    if (!requests) return;
    this.#host.observe({ kind: 'cut', by: reason, atMs: Date.now() });
    if (reason === 'speech') this.#reply.talkedOver();
    else this.#reply.cut();
    requests.interrupt({ reason, ...(heardMs === undefined ? {} : { heardMs }) }).then(
      () => this.#whileCalling(() => this.#reply.dropped()),
      // The agent goes on, so the person has to hear it.
      () => this.#whileCalling(() => this.#reply.goOn()),
    );
  }

  /** Sends typed text to the assistant; a reply that is being spoken falls silent. False if it could not be sent. */
  async say(text: string): Promise<boolean> {
    const identity = this.#agent.agent?.identity;
    const detail = obstacleToSending(this.#room, identity, text);
    if (detail !== undefined || identity === undefined) {
      this.#host.report({ code: 'message_not_sent', ...(detail ? { detail } : {}) });
      return false;
    }
    this.#reply.cut(unansweredCutMs);
    this.#host.observe({ kind: 'cut', by: 'message', atMs: Date.now() });
    this.#reply.notAsked();
    try {
      const { id, atMs } = await sendTyped(this.#room, identity, text);
      this.#host.clear('message_not_sent');
      this.#host.record({ type: 'user_typed', id, text, atMs });
      return true;
    } catch (error) {
      this.#whileCalling(() => this.#reply.goOn());
      this.#host.report({ code: 'message_not_sent', detail: plainDetail(error) });
      return false;
    }
  }

  /** Asks again what an assistant that is gone left without an answer. It stands in the transcript already. */
  async askAgain(text: string): Promise<void> {
    const identity = this.#agent.agent?.identity;
    if (identity === undefined) return;
    this.#reply.cut(unansweredCutMs);
    this.#reply.notAsked();
    // Where it does not arrive, the assistant is gone as well, and the next one is asked.
    await sendTyped(this.#room, identity, text).catch(() => undefined);
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

  #agentCame(agent: RemoteParticipant, state: string | undefined): void {
    this.#clock = new AgentClock();
    this.#host.observe({ kind: 'assistant_came', atMs: Date.now() });
    this.#agentGone = new AbortController();
    this.#requests = new AssistantRequests(this.#room, agent.identity, this.#agentGone.signal);
    this.#reply.assistantCame(state === 'speaking');
    this.#presence.came(state);
    this.#host.assistantCame(this.#requests);
  }

  #agentLeft(): void {
    this.#agentGone.abort();
    this.#requests = undefined;
    this.#reply.assistantLeft();
    this.#host.assistantLeft();
    this.#host.record({ type: 'settled' });
    this.#showConnection('lost');
  }

  #agentSaid(event: AgentEvent): void {
    const nowMs = Date.now();
    const atMs = this.#clock.toPage(event.atMs, nowMs);
    this.#host.observe({ kind: 'agent', event, atMs: nowMs });
    const action = actionOfEvent(event, atMs);
    if (action) this.#host.record(action);
    if (event.type === 'user_speech' && event.phase === 'stopped') {
      this.#reply.questionEnded();
    } else if (event.type === 'interrupted') {
      // What is still on its way of a reply that was talked over is not to be heard either.
      if (event.by === 'speech' && nowMs - atMs < freshNewsMs) this.#reply.talkedOver();
      this.#presence.interrupted();
      this.#reply.dropped();
      this.#mouth.forget();
    } else if (event.type === 'viseme') {
      this.#mouth.told(event.visemeId, event.offsetMs);
    } else if (event.type === 'error') {
      this.#host.report({ code: event.code, detail: event.detail });
    } else if (event.type === 'provider' || event.type === 'usage' || event.type === 'metered') {
      this.#host.told(event, atMs);
    }
  }

  readonly #connectionChanged = (): void => this.#showConnection('awaited');

  /** `whoIsNotThere`: whether an assistant that is not there has not come yet, or was there before. */
  #showConnection(whoIsNotThere: 'awaited' | 'lost'): void {
    const { state, name: roomName } = this.#room;
    const call = callInRoom(state, { sinceMs: this.#sinceMs, roomName });
    if (!call) return;
    this.#host.update({ call });
    if (this.#agent.agent) return;
    if (call.kind !== 'connected') this.#presence.hold();
    else if (whoIsNotThere === 'lost') this.#presence.lost();
    else this.#presence.await();
  }

  readonly #reconnectsTooLong = (): void => {
    // LiveKit has renewed the token for its own client only: nobody else gets in with one that has run out.
    const token = this.#target?.token ?? '';
    if (!this.#sendsForAssistant && hasExpired(token, Date.now())) return;
    this.#host.over({ code: 'connection_lost' });
  };

  readonly #disconnected = (reason?: DisconnectReason): void => {
    this.#host.over(problemOfDisconnect(reason));
  };

  /** The page's sound outlives this call; once that is over, it is none of its business. */
  #whileCalling(act: () => void): void {
    if (!this.signal.aborted) act();
  }
}
