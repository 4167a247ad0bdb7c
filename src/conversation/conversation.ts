// First of all, since it has to run before a schema is made.
import './content-security.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProblemCode } from '#protocol/problems.ts';
import type { Answer } from '../approval/question.ts';
import { AssistantDealings } from '../assistant/dealings.ts';
import { shutMouth, type Mouth } from '../avatar/mouth.ts';
import { PageBargeIn } from '../barge-in/page-barge-in.ts';
import type { Sensitivity } from '../barge-in/policy.ts';
import { rememberedSensitivity, rememberSensitivity } from '../barge-in/remembered.ts';
import { checkTarget } from '../connect/target.ts';
import { Inspection } from '../inspector/inspection.ts';
import type { TurnLog } from '../inspector/turn-log.ts';
import { MicrophoneCapture } from '../microphone/capture.ts';
import { MicrophoneListening } from '../microphone/listening.ts';
import { watchForMicrophone } from '../microphone/permission.ts';
import type { ShareSource } from '../sharing/sharing.ts';
import type { LentSound } from '../sound-check/lent-sound.ts';
import type { RoomFindings } from '../tuning/findings.ts';
import type { TuningStep } from '../tuning/tune.ts';
import type { WatchedFrame } from '../vad/messages.ts';
import { Calls } from './calls.ts';
import {
  connectionProblems,
  microphoneProblems,
  problemOfStorage,
  withoutProblems,
  withProblem,
} from './problems.ts';
import { initialState } from './initial.ts';
import { Recording } from './recording.ts';
import { SoundOutput } from './sound.ts';
import type {
  ConversationControls,
  ConversationState,
  Levels,
  Problem,
  RoomTarget,
} from './state.ts';

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
    replySound: (edge) => {
      this.#calls.current?.replySound(edge);
      this.#inspection.sound(edge, this.#sound.playback.context.currentTime);
    },
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
      void this.#calls.current?.publish(track);
    },
    closed: (track) => {
      this.#listening.detach();
      this.#bargeIn.detach();
      void this.#calls.current?.unpublish(track);
    },
    sourceChanged: () => this.#listen(),
    deviceChosen: (microphoneId) => this.store.setState({ microphoneId }),
  });
  readonly #listening = new MicrophoneListening();
  readonly #bargeIn = new PageBargeIn(this.#sound.playback, {
    confirmed: () => this.#calls.current?.interrupt('speech'),
    failed: (instead, detail) => {
      this.#clear('detector_in_page');
      const code = instead === 'nowhere' ? 'detector_unavailable' : 'detector_in_page';
      this.#report({ code, detail });
    },
    silent: (silent) => {
      if (silent && this.#microphone.isOpen) this.#report({ code: 'microphone_silent' });
      else this.#clear('microphone_silent');
    },
    speech: (news) => {
      this.#calls.current?.speech(news);
      this.#inspection.speech(news);
    },
    counted: (bargeIn) => {
      this.#inspection.counted(this.store.getState().bargeIn, bargeIn);
      this.store.setState({ bargeIn });
    },
  });
  readonly #inspection = new Inspection((watcher) => this.#bargeIn.watch(watcher));
  readonly #recording = new Recording({
    changed: (rows) => this.store.setState({ rows }),
    keptAs: (keptAs) => {
      this.store.setState({ keptAs });
      this.#inspection.keepAs(keptAs);
    },
    notKept: (reason) => this.#report(problemOfStorage(reason)),
  });
  readonly #dealings = new AssistantDealings({
    state: () => this.store.getState(),
    update: (state) => {
      if (state.capabilities) {
        this.#recording.answeredBy(state.capabilities.engine.name);
        this.#inspection.answeredBy(state.capabilities.offer.provider);
      }
      this.store.setState(state);
    },
    report: (problem) => this.#report(problem),
    clear: (...codes) => this.#clear(...codes),
    note: (id, text, atMs) => this.#recording.note(id, text, atMs),
    gate: (open) => this.#microphone.setGate(open),
    cut: () => this.#calls.current?.cut(),
  });
  readonly settings = this.#dealings.settings;
  readonly pushToTalk = this.#dealings.pushToTalk;
  readonly #calls = new Calls({
    store: this.store,
    sound: this.#sound,
    microphone: this.#microphone,
    recording: this.#recording,
    dealings: this.#dealings,
    report: (problem) => this.#report(problem),
    clear: (...codes) => this.#clear(...codes),
    heard: (text) => this.#bargeIn.hearWords(text),
    observe: (observation) => this.#inspection.observe(observation),
  });

  readonly lentSound: LentSound = {
    microphone: this.#microphone,
    playback: this.#sound.playback,
    open: () => this.#openForCheck(),
  };

  constructor() {
    this.#useSensitivity(rememberedSensitivity());
    this.#dealings.begin();
    void this.#restore();
    watchForMicrophone((change) => this.#microphoneMayWork(change));
  }

  start(): Promise<void> {
    return this.#calls.open({ kind: 'server' });
  }

  async resume(conversationId: string): Promise<boolean> {
    // In the click itself: the browser lets sound through only while it runs.
    void this.#sound.playback.unlock();
    if (this.#isInCall() || !(await this.#recording.goOnWith(conversationId))) return false;
    // Another call may have been begun meanwhile.
    if (this.#isInCall()) return false;
    this.#inspection.forget();
    this.store.setState({ usage: [], metered: [] });
    void this.#calls.open({ kind: 'server' });
    return true;
  }

  async connect(target: RoomTarget): Promise<void> {
    const trimmed = { serverUrl: target.serverUrl.trim(), token: target.token.trim() };
    this.#clear(...connectionProblems);
    const problem = checkTarget(trimmed, Date.now(), location);
    if (problem) this.#report(problem);
    else await this.#calls.open({ kind: 'hand', target: trimmed });
  }

  async leave(): Promise<void> {
    await this.#calls.end(undefined);
  }

  setMuted(muted: boolean): Promise<void> {
    return this.#microphone.setMuted(muted);
  }

  interrupt(reason: 'button' | 'escape'): void {
    this.#calls.current?.interrupt(reason);
  }

  async sendMessage(text: string): Promise<boolean> {
    // What is asked of somebody who is just being told of the conversation would be answered without it.
    await this.#calls.recalled;
    const { current } = this.#calls;
    if (current) return current.say(text);
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
    const tune = await import('../tuning/tune.ts').then(
      ({ tuneToRoom }) => tuneToRoom,
      () => undefined,
    );
    const { track } = this.#microphone;
    if (!tune || !track) return undefined;
    const wasMuted = track.isMuted;
    this.#calls.current?.interrupt('button');
    await this.setMuted(true);
    const { playback } = this.#sound;
    try {
      return await tune({ playback, bargeIn: this.#bargeIn, track, onStep, signal });
    } finally {
      if (track === this.#microphone.track && !wasMuted) await this.setMuted(false);
    }
  }

  watchDetector(watcher: (frame: WatchedFrame) => void): () => void {
    return this.#bargeIn.watch(watcher);
  }

  inspectTurns(): Promise<TurnLog> {
    return this.#inspection.open();
  }

  mouth(): Mouth {
    return this.#calls.current?.mouth() ?? shutMouth;
  }

  unlockSound(): Promise<void> {
    return this.#sound.playback.unlock();
  }

  async requestAssistant(): Promise<void> {
    await this.#calls.current?.sendForAssistant();
  }

  async retry(code: ProblemCode): Promise<void> {
    if (code === 'assistant_absent') return this.requestAssistant();
    if (code === 'sound_blocked') return this.unlockSound();
    if (code === 'speaker_unavailable') return this.chooseSpeaker('default');
    if (isOneOf(microphoneProblems, code) && this.#isInCall()) return this.#microphone.open();
    if (this.#isInCall()) {
      this.dismiss(code);
      return undefined;
    }
    const { origin } = this.#calls;
    if (origin?.kind === 'hand') return this.connect(origin.target);
    // The same room again, where the assistant still knows what was said.
    const same = isOneOf(leftBehind, code) ? origin : undefined;
    return this.#calls.open(same ?? { kind: 'server' });
  }

  dismiss(code: ProblemCode): void {
    this.#clear(code);
  }

  answerApproval(callId: string, answer: Answer): void {
    this.#dealings.approvals.answer(callId, answer);
  }

  giveDocuments(files: readonly File[]): void {
    void this.#dealings.documents.give(files);
  }

  takeBackDocument(id: string): void {
    this.#dealings.documents.takeBack(id);
  }

  share(source: ShareSource, captured: Promise<MediaStream>): void {
    void this.#dealings.sharing.share(source, captured);
  }

  stopSharing(): void {
    this.#dealings.sharing.stop();
  }

  reset(): void {
    if (this.#isInCall()) return;
    this.#recording.close();
    this.#inspection.forget();
    this.#calls.forget();
    this.store.setState({ usage: [], metered: [], problems: [], call: { kind: 'idle' } });
  }

  async #restore(): Promise<void> {
    const isIdle = (): boolean => this.store.getState().call.kind === 'idle';
    const durationMs = await this.#recording.restore(isIdle);
    if (durationMs !== undefined) this.store.setState({ call: { kind: 'ended', durationMs } });
  }

  #isInCall(): boolean {
    return this.#calls.current !== undefined;
  }

  #openForCheck(): () => void {
    const { playback } = this.#sound;
    void playback.unlock();
    if (!this.#isInCall()) void this.#microphone.open();
    return () => {
      if (this.#isInCall()) return;
      this.#microphone.close();
      playback.rest();
      this.#clear(...microphoneProblems, 'microphone_silent', 'sound_blocked');
    };
  }

  #listen(): void {
    const { track } = this.#microphone;
    if (!track) return;
    this.#listening.attach(track, this.#sound.playback.context, (edge) =>
      this.#calls.current?.microphoneSound(edge),
    );
    void this.#bargeIn.listenTo(track);
  }

  #useSensitivity(sensitivity: Sensitivity): void {
    this.#bargeIn.setSensitivity(sensitivity);
    this.store.setState({ sensitivity });
  }

  #microphoneMayWork(change: 'allowed' | 'plugged'): void {
    if (!this.#isInCall()) return;
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

/** What leaves a room behind in which somebody may still be waiting. */
const leftBehind: readonly ProblemCode[] = ['connection_lost', 'duplicate_identity'];

function isOneOf(codes: readonly ProblemCode[], code: ProblemCode): boolean {
  return codes.includes(code);
}
