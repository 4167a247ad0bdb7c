import type { StoreApi } from 'zustand/vanilla';
import type { ProblemCode } from '#protocol/problems.ts';
import { recallingAttribute } from '#protocol/topics.ts';
import type { AssistantDealings } from '../assistant/dealings.ts';
import type { AssistantRequests } from '../assistant/requests.ts';
import { requestToken, type Answer } from '../connect/server.ts';
import { identityOfToken, roomOfToken } from '../connect/target.ts';
import { newCallId } from '../history/new-call.ts';
import type { Observation } from '../inspector/observation.ts';
import { AskingAgain } from '../message/asking-again.ts';
import type { MicrophoneCapture } from '../microphone/capture.ts';
import { persist } from '../room/persistence.ts';
import { problemOfJoining } from '../room/refusal.ts';
import { words } from '../words/page.ts';
import type { CallHost } from './call-host.ts';
import { Call } from './call.ts';
import { noCall } from './initial.ts';
import { lastingProblems, withProblem } from './problems.ts';
import type { Recording } from './recording.ts';
import type { SoundOutput } from './sound.ts';
import type { Call as CallState, ConversationState, Problem, RoomTarget } from './state.ts';

/** Where a call comes from: our own server, which can also bring an assistant, or the person's own token. */
type Origin =
  | { kind: 'server'; place?: { roomName: string; identity: string } }
  | { kind: 'hand'; target: RoomTarget };

interface CallsOptions {
  readonly store: StoreApi<ConversationState>;
  readonly sound: SoundOutput;
  readonly microphone: MicrophoneCapture;
  readonly recording: Recording;
  readonly dealings: AssistantDealings;
  readonly report: (problem: Problem) => void;
  readonly clear: (...codes: ProblemCode[]) => void;
  /** The person's words, as far as the assistant has understood them. */
  readonly heard: (text: string) => void;
  readonly observe: (observation: Observation) => void;
}

/** The calls of one conversation, one after another: how each begins, is lost and found again, and ends. */
export class Calls {
  readonly #options: CallsOptions;
  #current: Call | undefined;
  #origin: Origin | undefined;
  /** Ends the tries to get back into a room that was lost. */
  #returning: AbortController | undefined;
  #recalled: Promise<void> = Promise.resolve();
  readonly #askingAgain: AskingAgain;
  /** What the page falls back to if the call under way does not come about. */
  #before: CallState = { kind: 'idle' };

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#askingAgain = new AskingAgain({
      store: options.store,
      rows: () => options.recording.rows,
      ask: async (text) => this.#current?.askAgain(text),
    });
  }

  get current(): Call | undefined {
    return this.#current;
  }

  /** Where the call under way, or the one before, comes from. */
  get origin(): Origin | undefined {
    return this.#origin;
  }

  /** Settles when the assistant knows what was said before it came. */
  get recalled(): Promise<void> {
    return this.#recalled;
  }

  /** The next call has nothing to do with those before. */
  forget(): void {
    this.#origin = undefined;
  }

  async open(origin: Origin): Promise<void> {
    const { store, sound, microphone, recording, dealings } = this.#options;
    // In the click itself: the browser lets sound through only while it runs.
    void sound.playback.unlock();
    this.#returning?.abort();
    if (this.#current) dealings.assistantLeft();
    void this.#current?.end();
    this.#before = this.#current ? this.#endedState() : store.getState().call;
    microphone.forgetMute();
    this.#origin = origin;
    const call = this.#newCall();
    const problems = lastingProblems(store.getState().problems);
    store.setState({ ...noCall, call: { kind: 'connecting' }, problems });
    void microphone.open();
    const problem = await this.#enter(call);
    if (call.signal.aborted) return;
    if (problem) {
      await this.end(problem);
      return;
    }
    if (recording.rows.length > 0) {
      recording.note(newCallId(call.sinceMs), words.notices.newCall, call.sinceMs);
    }
  }

  /** Ends the call, or the try to make one. What was said stays. */
  async end(problem: Problem | undefined): Promise<void> {
    const { store, sound, microphone, recording, dealings } = this.#options;
    const call = this.#current;
    if (!call) return;
    this.#returning?.abort();
    const state = this.#endedState();
    this.#current = undefined;
    const ended = call.end();
    dealings.assistantLeft();
    microphone.close();
    sound.playback.rest();
    dealings.documents.clear();
    recording.record({ type: 'settled' });
    const lasting = lastingProblems(store.getState().problems);
    const problems = problem ? withProblem(lasting, problem) : lasting;
    store.setState({ ...noCall, call: state, problems });
    await ended;
  }

  #newCall(): Call {
    const { sound, dealings } = this.#options;
    const call = new Call(sound.playback, dealings.approvals, this.#hostOf());
    this.#current = call;
    return call;
  }

  /** Joins the room that the call is about, and speaks there. Resolves to what went wrong, if anything did. */
  async #enter(call: Call, sinceMs?: number): Promise<Problem | undefined> {
    const origin = this.#origin;
    if (!origin) return undefined;
    let token = '';
    try {
      const answer = await this.#targetOf(origin, call.signal);
      if (!answer.ok) return answer.problem;
      ({ token } = answer.value);
      if (origin.kind === 'server') {
        const place = { roomName: roomOfToken(token), identity: identityOfToken(token) };
        this.#origin = { ...origin, place };
      }
      await call.join(answer.value, { sendForAssistant: origin.kind === 'server', sinceMs });
    } catch (error) {
      return problemOfJoining(error, token, call.signal);
    }
    const { microphone } = this.#options;
    const { track } = microphone;
    // What was stopped with the call before tells of it to nobody.
    if (track?.mediaStreamTrack.readyState === 'ended') void microphone.open();
    else if (track) await call.publish(track);
    return undefined;
  }

  /** The call is over without anybody's wish. Where only the connection failed, it is looked for until it is found. */
  async #lost(problem: Problem | undefined): Promise<void> {
    const { store, recording, dealings } = this.#options;
    const { call } = store.getState();
    const joined = call.kind === 'connected' || call.kind === 'reconnecting';
    if (problem?.code !== 'connection_lost' || !joined) {
      await this.end(problem);
      return;
    }
    const returning = new AbortController();
    this.#returning = returning;
    dealings.assistantLeft();
    recording.record({ type: 'settled' });
    store.setState({ ...noCall, call: { ...call, kind: 'reconnecting' } });
    const tryOnce = async (): Promise<Problem | undefined> => {
      void this.#current?.end();
      return this.#enter(this.#newCall(), call.sinceMs);
    };
    void this.#current?.end();
    try {
      const failure = await persist(tryOnce, { signal: returning.signal });
      if (failure) await this.end(failure);
      else {
        const nowMs = Date.now();
        recording.note(`back-${nowMs}`, words.notices.connectionBack, nowMs);
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
    const attributes = this.#hasSpoken && {
      participant_attributes: { [recallingAttribute]: 'true' },
    };
    return requestToken({ ...request, ...attributes }, signal);
  }

  get #hasSpoken(): boolean {
    return this.#options.recording.rows.some(({ kind }) => kind === 'utterance');
  }

  #endedState(): CallState {
    const { call } = this.#options.store.getState();
    if (call.kind !== 'connected' && call.kind !== 'reconnecting') return this.#before;
    return { kind: 'ended', durationMs: Math.max(0, Date.now() - call.sinceMs) };
  }

  #hostOf(): CallHost {
    const { store, recording, dealings, report, clear, heard, observe } = this.#options;
    return {
      update: (state) => store.setState(state),
      report,
      clear,
      record: (action) => {
        if (action.type === 'user_text') heard(action.text);
        observe({ kind: 'transcript', action, atMs: Date.now() });
        recording.record(action);
      },
      observe,
      assistantCame: (requests) => {
        this.#recalled = this.#recall(requests);
        dealings.assistantCame(requests);
        void this.#askingAgain.replaced(this.#recalled);
      },
      assistantLeft: () => {
        this.#askingAgain.lost();
        dealings.assistantLeft();
      },
      told: (event, atMs) => dealings.event(event, atMs),
      toolsOff: () => store.getState().settings.chosen.toolsOff ?? [],
      over: (problem) => void this.#lost(problem),
    };
  }

  /**
   * Tells an assistant what was said before, since it may know nothing of it: an old conversation goes on, or the
   * assistant before it is gone, with the worker that would have remembered.
   */
  async #recall(requests: AssistantRequests): Promise<void> {
    if (!this.#hasSpoken) return;
    const { recording } = this.#options;
    const call = this.#current;
    try {
      const rowsBefore = recording.rows;
      const { tellOfPast } = await import('../history/past.ts');
      await tellOfPast(rowsBefore, (payload) => requests.recall(payload));
    } catch {
      // One that has left meanwhile is told no more; whoever comes next is.
      if (call !== this.#current || !requests.present) return;
      const nowMs = Date.now();
      recording.note(`recall-${nowMs}`, words.notices.notRecalled, nowMs);
    }
  }
}
