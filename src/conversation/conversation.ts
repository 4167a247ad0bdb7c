// First of all, since it has to run before a schema is made.
import './content-security.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ApprovalResponse } from '#protocol/approval.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import { recallingAttribute } from '#protocol/topics.ts';
import { AssistantDealings } from '../assistant/dealings.ts';
import type { AssistantRequests } from '../assistant/requests.ts';
import { shutMouth, type Mouth } from '../avatar/mouth.ts';
import { PageBargeIn } from '../barge-in/page-barge-in.ts';
import type { Sensitivity } from '../barge-in/policy.ts';
import { rememberedSensitivity, rememberSensitivity } from '../barge-in/remembered.ts';
import { requestToken, type Answer } from '../connect/server.ts';
import { checkTarget, identityOfToken, roomOfToken } from '../connect/target.ts';
import { newCallId } from '../history/new-call.ts';
import { MicrophoneCapture } from '../microphone/capture.ts';
import { MicrophoneListening } from '../microphone/listening.ts';
import { watchForMicrophone } from '../microphone/permission.ts';
import { problemOfConnecting } from '../room/failure.ts';
import { persist } from '../room/persistence.ts';
import type { RoomFindings } from '../tuning/findings.ts';
import { tuneToRoom, type TuningStep } from '../tuning/tune.ts';
import type { WatchedFrame } from '../vad/messages.ts';
import { words } from '../words/en.ts';
import type { CallHost } from './call-host.ts';
import { Call } from './call.ts';
import {
  connectionProblems,
  lastingProblems,
  microphoneProblems,
  problemOfStorage,
  withoutProblems,
  withProblem,
} from './problems.ts';
import { initialState, noCall } from './initial.ts';
import { Recording } from './recording.ts';
import { SoundOutput } from './sound.ts';
import type {
  Call as CallState,
  ConversationControls,
  ConversationState,
  Levels,
  Problem,
  RoomTarget,
} from './state.ts';

/** Where a call comes from: our own server, which can also bring an assistant, or the person's own token. */
type Origin =
  | { kind: 'server'; place?: { roomName: string; identity: string } }
  | { kind: 'hand'; target: RoomTarget };

/** One person's conversation: everything the page shows is in `store`, everything it can do is a method. */
export class Conversation implements ConversationControls {
  readonly store: StoreApi<ConversationState> = createStore(() => initialState);
  readonly levels: Levels = {
    microphone: () => this.#listening.level(),
    assistant: () => this.#sound.playback.level(),
    assistantBands: (count) => this.#sound.playback.bands(count),
  };

  readonly #sound = new SoundOutput({
    changed: (state) => this.store.setState(state),
    report: (problem) => this.#report(problem),
    clear: (...codes) => this.#clear(...codes),
    replySound: (edge) => this.#call?.replySound(edge),
  });
  readonly #microphone = new MicrophoneCapture({
    changed: (microphone) => {
      this.store.setState({ microphone });
      if (this.#microphone.isOpen) this.#bargeIn.reset();
    },
    problem: (problem) => {
      this.#clear(...microphoneProblems);
      if (problem) this.#report(problem);
    },
    opened: (track) => {
      this.#listen();
      void this.#call?.publish(track);
    },
    closed: (track) => {
      this.#listening.detach();
      this.#bargeIn.detach();
      void this.#call?.unpublish(track);
    },
    sourceChanged: () => this.#listen(),
    deviceChosen: (microphoneId) => this.store.setState({ microphoneId }),
  });
  readonly #listening = new MicrophoneListening();
  readonly #bargeIn = new PageBargeIn(this.#sound.playback, {
    confirmed: () => this.#call?.interrupt('speech'),
    failed: (instead, detail) => {
      this.#clear('detector_in_page');
      const code = instead === 'nowhere' ? 'detector_unavailable' : 'detector_in_page';
      this.#report({ code, detail });
    },
    silent: (silent) => {
      if (silent && this.#microphone.isOpen) this.#report({ code: 'microphone_silent' });
      else this.#clear('microphone_silent');
    },
    speech: (news) => this.#call?.speech(news),
    counted: (bargeIn) => this.store.setState({ bargeIn }),
  });
  readonly #recording = new Recording({
    changed: (rows) => this.store.setState({ rows }),
    keptAs: (keptAs) => this.store.setState({ keptAs }),
    notKept: (reason) => this.#report(problemOfStorage(reason)),
  });
  readonly #dealings = new AssistantDealings({
    state: () => this.store.getState(),
    update: (state) => {
      if (state.capabilities) this.#recording.answeredBy(state.capabilities.engine.name);
      this.store.setState(state);
    },
    report: (problem) => this.#report(problem),
    clear: (...codes) => this.#clear(...codes),
    note: (id, text, atMs) => this.#recording.note(id, text, atMs),
    gate: (open) => this.#microphone.setGate(open),
    cut: () => this.#call?.cut(),
  });
  readonly settings = this.#dealings.settings;
  readonly pushToTalk = this.#dealings.pushToTalk;
  #call: Call | undefined;
  #origin: Origin | undefined;
  /** Ends the tries to get back into a room that was lost. */
  #returning: AbortController | undefined;
  /** Settles when the assistant knows what was said before it came. */
  #recalled: Promise<void> = Promise.resolve();
  /** What the page falls back to if the call under way does not come about. */
  #before: CallState = { kind: 'idle' };

  constructor() {
    this.#useSensitivity(rememberedSensitivity());
    this.#dealings.begin();
    void this.#restore();
    watchForMicrophone((change) => this.#microphoneMayWork(change));
  }

  start(): Promise<void> {
    return this.#open({ kind: 'server' });
  }

  async resume(conversationId: string): Promise<boolean> {
    // In the click itself: the browser lets sound through only while it runs.
    void this.#sound.playback.unlock();
    if (this.#call || !(await this.#recording.goOnWith(conversationId))) return false;
    // Another call may have been begun meanwhile.
    if (this.#isInCall()) return false;
    this.store.setState({ usage: [], metered: [] });
    void this.#open({ kind: 'server' });
    return true;
  }

  async connect(target: RoomTarget): Promise<void> {
    const trimmed = { serverUrl: target.serverUrl.trim(), token: target.token.trim() };
    this.#clear(...connectionProblems);
    const problem = checkTarget(trimmed, Date.now(), location);
    if (problem) this.#report(problem);
    else await this.#open({ kind: 'hand', target: trimmed });
  }

  async leave(): Promise<void> {
    await this.#end(undefined);
  }

  setMuted(muted: boolean): Promise<void> {
    return this.#microphone.setMuted(muted);
  }

  interrupt(reason: 'button' | 'escape'): void {
    this.#call?.interrupt(reason);
  }

  async sendMessage(text: string): Promise<boolean> {
    // What is asked of somebody who is just being told of the conversation would be answered without it.
    await this.#recalled;
    if (this.#call) return this.#call.say(text);
    this.#report({ code: 'message_not_sent', detail: 'There is no call.' });
    return false;
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#microphone.choose(deviceId);
  }

  chooseSpeaker(deviceId: string): Promise<void> {
    return this.#sound.chooseSpeaker(deviceId);
  }

  setVolume(volume: number): void {
    this.#sound.setVolume(volume);
  }

  setSensitivity(sensitivity: Sensitivity): void {
    rememberSensitivity(sensitivity);
    this.#useSensitivity(sensitivity);
  }

  async tuneToRoom(
    onStep: (step: TuningStep) => void,
    signal: AbortSignal,
  ): Promise<RoomFindings | undefined> {
    const { track } = this.#microphone;
    if (!track) return undefined;
    const wasMuted = track.isMuted;
    this.#call?.interrupt('button');
    await this.setMuted(true);
    const { playback } = this.#sound;
    try {
      return await tuneToRoom({ playback, bargeIn: this.#bargeIn, track, onStep, signal });
    } finally {
      if (track === this.#microphone.track && !wasMuted) await this.setMuted(false);
    }
  }

  watchDetector(watcher: (frame: WatchedFrame) => void): () => void {
    return this.#bargeIn.watch(watcher);
  }

  mouth(): Mouth {
    return this.#call?.mouth() ?? shutMouth;
  }

  unlockSound(): Promise<void> {
    return this.#sound.playback.unlock();
  }

  async requestAssistant(): Promise<void> {
    await this.#call?.sendForAssistant();
  }

  async retry(code: ProblemCode): Promise<void> {
    if (code === 'assistant_absent') return this.requestAssistant();
    if (code === 'sound_blocked') return this.unlockSound();
    if (code === 'speaker_unavailable') return this.chooseSpeaker('default');
    if (isOneOf(microphoneProblems, code) && this.#call) return this.#microphone.open();
    if (this.#call) {
      this.dismiss(code);
      return undefined;
    }
    if (this.#origin?.kind === 'hand') return this.connect(this.#origin.target);
    // After a lost connection the same room again, where the assistant still knows what was said.
    const same = code === 'connection_lost' ? this.#origin : undefined;
    return this.#open(same ?? { kind: 'server' });
  }

  dismiss(code: ProblemCode): void {
    this.#clear(code);
  }

  answerApproval(callId: string, answer: ApprovalResponse['answer']): void {
    this.#dealings.approvals.answer(callId, answer);
  }

  reset(): void {
    if (this.#call) return;
    this.#recording.close();
    this.#origin = undefined;
    this.store.setState({ usage: [], metered: [], problems: [], call: { kind: 'idle' } });
  }

  async #open(origin: Origin): Promise<void> {
    // In the click itself: the browser lets sound through only while it runs.
    void this.#sound.playback.unlock();
    this.#returning?.abort();
    if (this.#call) this.#dealings.assistantLeft();
    void this.#call?.end();
    this.#before = this.#call ? this.#endedState() : this.store.getState().call;
    this.#microphone.forgetMute();
    this.#origin = origin;
    const call = this.#newCall();
    const problems = lastingProblems(this.store.getState().problems);
    this.store.setState({ ...noCall, call: { kind: 'connecting' }, problems });
    void this.#microphone.open();
    const problem = await this.#enter(call);
    if (call.signal.aborted) return;
    if (problem) {
      await this.#end(problem);
      return;
    }
    if (this.#recording.rows.length > 0) {
      this.#recording.note(newCallId(call.sinceMs), words.notices.newCall, call.sinceMs);
    }
  }

  #newCall(): Call {
    const call = new Call(this.#sound.playback, this.#dealings.approvals, this.#hostOf());
    this.#call = call;
    return call;
  }

  /** Joins the room that the call is about, and speaks there. Resolves to what went wrong, if anything did. */
  async #enter(call: Call, sinceMs?: number): Promise<Problem | undefined> {
    const origin = this.#origin;
    if (!origin) return undefined;
    try {
      const answer = await this.#targetOf(origin, call.signal);
      if (!answer.ok) return answer.problem;
      const { token } = answer.value;
      if (origin.kind === 'server') {
        const place = { roomName: roomOfToken(token), identity: identityOfToken(token) };
        this.#origin = { ...origin, place };
      }
      await call.join(answer.value, { sendForAssistant: origin.kind === 'server', sinceMs });
    } catch (error) {
      return problemOfConnecting(error);
    }
    const { track } = this.#microphone;
    // What was stopped with the call before tells of it to nobody.
    if (track?.mediaStreamTrack.readyState === 'ended') void this.#microphone.open();
    else if (track) await call.publish(track);
    return undefined;
  }

  /** The call is over without anybody's wish. Where only the connection failed, it is looked for until it is found. */
  async #lost(problem: Problem | undefined): Promise<void> {
    const { call } = this.store.getState();
    const joined = call.kind === 'connected' || call.kind === 'reconnecting';
    if (problem?.code !== 'connection_lost' || !joined) {
      await this.#end(problem);
      return;
    }
    const returning = new AbortController();
    this.#returning = returning;
    this.#dealings.assistantLeft();
    this.#recording.record({ type: 'settled' });
    this.store.setState({ ...noCall, call: { ...call, kind: 'reconnecting' } });
    const tryOnce = async (): Promise<Problem | undefined> => {
      void this.#call?.end();
      return this.#enter(this.#newCall(), call.sinceMs);
    };
    void this.#call?.end();
    try {
      const failure = await persist(tryOnce, { signal: returning.signal });
      if (failure) await this.#end(failure);
      else {
        const nowMs = Date.now();
        this.#recording.note(`back-${nowMs}`, words.notices.connectionBack, nowMs);
      }
    } catch {
      // The person has left, or begun another call.
    }
  }

  async #targetOf(origin: Origin, signal: AbortSignal): Promise<Answer<RoomTarget>> {
    if (origin.kind === 'hand') return { ok: true, value: origin.target };
    const { place } = origin;
    // As the same person, or the assistant would take it for a stranger.
    const request = place && { room_name: place.roomName, participant_identity: place.identity };
    const hasSpoken = this.#recording.rows.some(({ kind }) => kind === 'utterance');
    const attributes = hasSpoken && { participant_attributes: { [recallingAttribute]: 'true' } };
    return requestToken({ ...request, ...attributes }, signal);
  }

  /** Ends the call, or the try to make one. What was said stays. */
  async #end(problem: Problem | undefined): Promise<void> {
    const call = this.#call;
    if (!call) return;
    this.#returning?.abort();
    const state = this.#endedState();
    this.#call = undefined;
    const ended = call.end();
    this.#dealings.assistantLeft();
    this.#microphone.close();
    this.#sound.playback.rest();
    this.#recording.record({ type: 'settled' });
    const lasting = lastingProblems(this.store.getState().problems);
    const problems = problem ? withProblem(lasting, problem) : lasting;
    this.store.setState({ ...noCall, call: state, problems });
    await ended;
  }

  #endedState(): CallState {
    const { call } = this.store.getState();
    if (call.kind !== 'connected' && call.kind !== 'reconnecting') return this.#before;
    return { kind: 'ended', durationMs: Math.max(0, Date.now() - call.sinceMs) };
  }

  #hostOf(): CallHost {
    return {
      update: (state) => this.store.setState(state),
      report: (problem) => this.#report(problem),
      clear: (...codes) => this.#clear(...codes),
      record: (action) => {
        if (action.type === 'user_text') this.#bargeIn.hearWords(action.text);
        this.#recording.record(action);
      },
      assistantCame: (requests) => {
        this.#recalled = this.#recall(requests);
        this.#dealings.assistantCame(requests);
      },
      assistantLeft: () => this.#dealings.assistantLeft(),
      told: (event, atMs) => this.#dealings.event(event, atMs),
      over: (problem) => void this.#lost(problem),
    };
  }

  async #restore(): Promise<void> {
    const isIdle = (): boolean => this.store.getState().call.kind === 'idle';
    const durationMs = await this.#recording.restore(isIdle);
    if (durationMs !== undefined) this.store.setState({ call: { kind: 'ended', durationMs } });
  }

  #isInCall(): boolean {
    return this.#call !== undefined;
  }

  /**
   * Tells an assistant what was said before, since it may know nothing of it: an old conversation goes on, or the
   * assistant before it is gone, with the worker that would have remembered.
   */
  async #recall(requests: AssistantRequests): Promise<void> {
    const call = this.#call;
    const rowsBefore = this.#recording.rows;
    if (!rowsBefore.some(({ kind }) => kind === 'utterance')) return;
    try {
      const { tellOfPast } = await import('../history/past.ts');
      await tellOfPast(rowsBefore, (payload) => requests.recall(payload));
    } catch {
      // One that has left meanwhile is told no more; whoever comes next is.
      if (call !== this.#call || !requests.present) return;
      const nowMs = Date.now();
      this.#recording.note(`recall-${nowMs}`, words.notices.notRecalled, nowMs);
    }
  }

  #listen(): void {
    const { track } = this.#microphone;
    if (!track) return;
    this.#listening.attach(track, this.#sound.playback.context, (edge) =>
      this.#call?.microphoneSound(edge),
    );
    void this.#bargeIn.listenTo(track);
  }

  #useSensitivity(sensitivity: Sensitivity): void {
    this.#bargeIn.setSensitivity(sensitivity);
    this.store.setState({ sensitivity });
  }

  #microphoneMayWork(change: 'allowed' | 'plugged'): void {
    if (!this.#call) return;
    if (change === 'plugged') void this.#microphone.recheck();
    const { microphone } = this.store.getState();
    if (microphone.kind !== 'failed') return;
    const denied = microphone.problem === 'microphone_denied';
    if (denied === (change === 'allowed')) void this.#microphone.open();
  }

  #report(problem: Problem): void {
    this.store.setState(({ problems }) => ({ problems: withProblem(problems, problem) }));
  }

  #clear(...codes: ProblemCode[]): void {
    this.store.setState(({ problems }) => ({ problems: withoutProblems(problems, codes) }));
  }
}

function isOneOf(codes: readonly ProblemCode[], code: ProblemCode): boolean {
  return codes.includes(code);
}
