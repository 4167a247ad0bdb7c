// First of all, since it has to run before a schema is made.
import './content-security.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProblemCode } from '#protocol/problems.ts';
import { requestToken, type Answer } from '../connect/server.ts';
import { checkTarget, roomOfToken } from '../connect/target.ts';
import { MicrophoneCapture } from '../microphone/capture.ts';
import { MicrophoneListening } from '../microphone/listening.ts';
import { watchForMicrophone } from '../microphone/permission.ts';
import { Playback } from '../playback/playback.ts';
import { isPluggedIn } from '../playback/speaker.ts';
import { problemOfConnecting } from '../room/failure.ts';
import {
  emptyTranscript,
  reduceTranscript,
  transcriptOf,
  type TranscriptAction,
} from '../transcript/reducer.ts';
import { Call, type CallHost } from './call.ts';
import { ConversationKeeping } from './keeping.ts';
import {
  connectionProblems,
  microphoneProblems,
  withoutProblems,
  withProblem,
} from './problems.ts';
import type {
  Call as CallState,
  ConversationControls,
  ConversationState,
  Levels,
  Problem,
  RoomTarget,
} from './state.ts';

const initial: ConversationState = {
  call: { kind: 'idle' },
  assistant: { kind: 'none' },
  capabilities: undefined,
  microphone: { kind: 'off' },
  sound: 'unlocked',
  volume: 1,
  rows: [],
  problems: [],
  room: undefined,
  microphoneId: 'default',
  speakerId: 'default',
};

/** Where a call comes from: our own server, which can also bring an assistant, or the person's own token. */
type Origin = { kind: 'server'; roomName?: string } | { kind: 'hand'; target: RoomTarget };

/** One person's conversation: everything the page shows is in `store`, everything it can do is a method. */
export class Conversation implements ConversationControls {
  readonly store: StoreApi<ConversationState> = createStore(() => initial);
  readonly levels: Levels = {
    microphone: () => this.#listening.level(),
    assistant: () => this.#playback.level(),
    assistantBands: (count) => this.#playback.bands(count),
  };

  readonly #playback = new Playback({
    locked: (locked) => this.#soundLocked(locked),
    replySound: (edge) => this.#call?.replySound(edge),
  });
  readonly #microphone = new MicrophoneCapture({
    changed: (microphone) => this.store.setState({ microphone }),
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
      void this.#call?.unpublish(track);
    },
    sourceChanged: () => this.#listen(),
    deviceChosen: (microphoneId) => this.store.setState({ microphoneId }),
  });
  readonly #listening = new MicrophoneListening();
  readonly #keeping = new ConversationKeeping();
  #transcript = emptyTranscript;
  #call: Call | undefined;
  #origin: Origin | undefined;
  /** What the page falls back to if the call under way does not come about. */
  #before: CallState = { kind: 'idle' };

  constructor() {
    void this.#restore();
    watchForMicrophone((change) => this.#microphoneMayWork(change));
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void this.#checkSpeaker());
  }

  start(): Promise<void> {
    return this.#open({ kind: 'server' });
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
    if (this.#call) return this.#call.say(text);
    this.#report({ code: 'message_not_sent', detail: 'There is no call.' });
    return false;
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#microphone.choose(deviceId);
  }

  async chooseSpeaker(deviceId: string): Promise<void> {
    try {
      await this.#playback.chooseSpeaker(deviceId);
      this.#clear('speaker_unavailable');
      this.store.setState({ speakerId: deviceId });
    } catch (error) {
      await this.#useDefaultSpeaker(error instanceof Error ? error.message : String(error));
    }
  }

  setVolume(volume: number): void {
    const within = Math.min(1, Math.max(0, volume));
    this.#playback.setVolume(within);
    this.store.setState({ volume: within });
  }

  unlockSound(): Promise<void> {
    return this.#playback.unlock();
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

  reset(): void {
    if (this.#call) return;
    this.#keeping.close();
    this.#transcript = emptyTranscript;
    this.#origin = undefined;
    this.store.setState({ rows: [], problems: [], call: { kind: 'idle' } });
  }

  async #open(origin: Origin): Promise<void> {
    // In the click itself: the browser lets sound through only while it runs.
    void this.#playback.unlock();
    void this.#call?.end();
    this.#before = this.#call ? this.#endedState() : this.store.getState().call;
    this.#microphone.forgetMute();
    const call: Call = new Call(this.#playback, this.#hostOf());
    this.#call = call;
    this.#origin = origin;
    this.store.setState({ ...noCall, call: { kind: 'connecting' }, problems: [] });
    void this.#microphone.open();
    try {
      const answer = await this.#targetOf(origin, call.signal);
      if (!answer.ok) {
        await this.#end(answer.problem);
        return;
      }
      if (origin.kind === 'server') {
        this.#origin = { kind: 'server', roomName: roomOfToken(answer.value.token) };
      }
      await call.join(answer.value, { sendForAssistant: origin.kind === 'server' });
    } catch (error) {
      if (!call.signal.aborted) await this.#end(problemOfConnecting(error));
      return;
    }
    if (this.#transcript.rows.list.length > 0) this.#noteNewCall(call.sinceMs);
    if (this.#microphone.track) await call.publish(this.#microphone.track);
  }

  async #targetOf(origin: Origin, signal: AbortSignal): Promise<Answer<RoomTarget>> {
    if (origin.kind === 'hand') return { ok: true, value: origin.target };
    return requestToken(origin.roomName ? { room_name: origin.roomName } : {}, signal);
  }

  /** Ends the call, or the try to make one. What was said stays. */
  async #end(problem: Problem | undefined): Promise<void> {
    const call = this.#call;
    if (!call) return;
    const state = this.#endedState();
    this.#call = undefined;
    const ended = call.end();
    this.#microphone.close();
    this.#playback.rest();
    this.#record({ type: 'settled' });
    this.store.setState({ ...noCall, call: state, problems: problem ? [problem] : [] });
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
      record: (action) => this.#record(action),
      over: (problem) => void this.#end(problem),
    };
  }

  #record(action: TranscriptAction): void {
    this.#transcript = reduceTranscript(this.#transcript, action);
    const rows = this.#transcript.rows.list;
    if (rows === this.store.getState().rows) return;
    this.store.setState({ rows });
    this.#keeping.keep(rows);
  }

  #noteNewCall(atMs: number): void {
    this.#record({ type: 'notice', id: `call-${atMs}`, text: 'A new call began.', atMs });
  }

  async #restore(): Promise<void> {
    const kept = await this.#keeping.before();
    const { call, rows } = this.store.getState();
    if (!kept || call.kind !== 'idle' || rows.length > 0) return;
    this.#keeping.goOnWith(kept);
    this.#transcript = transcriptOf(kept.rows);
    this.#record({ type: 'settled' });
    const durationMs = Math.max(0, kept.endedAtMs - kept.startedAtMs);
    this.store.setState({ rows: this.#transcript.rows.list, call: { kind: 'ended', durationMs } });
  }

  #listen(): void {
    const { track } = this.#microphone;
    if (!track) return;
    this.#listening.attach(track, this.#playback.context, (edge) =>
      this.#call?.microphoneSound(edge),
    );
  }

  #microphoneMayWork(change: 'allowed' | 'plugged'): void {
    if (!this.#call) return;
    if (change === 'plugged') void this.#microphone.recheck();
    const { microphone } = this.store.getState();
    if (microphone.kind !== 'failed') return;
    const denied = microphone.problem === 'microphone_denied';
    if (denied === (change === 'allowed')) void this.#microphone.open();
  }

  #soundLocked(locked: boolean): void {
    this.store.setState({ sound: locked ? 'locked' : 'unlocked' });
    if (locked) this.#report({ code: 'sound_blocked' });
    else this.#clear('sound_blocked');
  }

  async #checkSpeaker(): Promise<void> {
    const { speakerId } = this.store.getState();
    if (!(await isPluggedIn('audiooutput', speakerId))) {
      await this.#useDefaultSpeaker('It was unplugged.');
    }
  }

  async #useDefaultSpeaker(detail: string): Promise<void> {
    await this.#playback.chooseSpeaker('default').catch(() => undefined);
    this.store.setState({ speakerId: 'default' });
    this.#report({ code: 'speaker_unavailable', detail });
  }

  #report(problem: Problem): void {
    this.store.setState(({ problems }) => ({ problems: withProblem(problems, problem) }));
  }

  #clear(...codes: ProblemCode[]): void {
    this.store.setState(({ problems }) => ({ problems: withoutProblems(problems, codes) }));
  }
}

/** What there is not without a call. */
const noCall = {
  assistant: { kind: 'none' },
  capabilities: undefined,
  room: undefined,
  sound: 'unlocked',
} as const satisfies Partial<ConversationState>;

function isOneOf(codes: readonly ProblemCode[], code: ProblemCode): boolean {
  return codes.includes(code);
}
