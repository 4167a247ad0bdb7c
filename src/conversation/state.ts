import type { Room } from 'livekit-client';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { Answer, Question } from '../approval/question.ts';
import type { Mouth } from '../avatar/mouth.ts';
import type { GivenDocument } from '../documents/document.ts';
import type { BargeInCounts } from '../barge-in/counts.ts';
import type { Sensitivity } from '../barge-in/policy.ts';
import type { TurnLog } from '../inspector/turn-log.ts';
import type { Hold } from '../push-to-talk/hold.ts';
import type { SettingsControl } from '../settings/control.ts';
import type { SettingsState } from '../settings/state.ts';
import type { ShareSource, Sharing } from '../sharing/sharing.ts';
import type { LentSound } from '../sound-check/lent-sound.ts';
import type { TranscriptRow } from '../transcript/model.ts';
import type { RoomFindings } from '../tuning/findings.ts';
import type { TuningStep } from '../tuning/tune.ts';
import type { MeteredModel } from '../usage/savings.ts';
import type { UsedTurn } from '../usage/turns.ts';
import type { WatchedFrame } from '../vad/messages.ts';

/** Where the call stands. Times are ms since the epoch on this machine's clock. */
export type Call =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'connected'; sinceMs: number; roomName: string }
  | { kind: 'reconnecting'; sinceMs: number; roomName: string }
  | { kind: 'ended'; durationMs: number };

/** From the wish to talk until the talk is over. */
export function isUnderWay({ kind }: Call): boolean {
  return kind !== 'idle' && kind !== 'ended';
}

/** The assistant as the person meets it. `absent` means: awaited for more than five seconds. */
export type Assistant =
  | { kind: 'none' }
  | { kind: 'awaited' }
  | { kind: 'absent' }
  | { kind: 'initializing' }
  | { kind: 'listening' }
  | { kind: 'thinking' }
  | { kind: 'speaking' }
  | { kind: 'interrupted' };

export type Microphone =
  | { kind: 'off' }
  | { kind: 'opening' }
  | { kind: 'live'; muted: boolean }
  | { kind: 'failed'; problem: ProblemCode };

/** A thing that is wrong now. It goes away when its cause does, or when the person dismisses it. */
export interface Problem {
  readonly code: ProblemCode;
  /** The technical cause, for whoever can use it; never a secret. */
  readonly detail?: string;
}

export interface ConversationState {
  readonly call: Call;
  readonly assistant: Assistant;
  /** What answers, as the agent itself says; undefined until it has said so. */
  readonly capabilities: Capabilities | undefined;
  readonly microphone: Microphone;
  /** `locked` while the browser refuses to play sound before a gesture. */
  readonly sound: 'locked' | 'unlocked';
  /** 0 to 1. */
  readonly volume: number;
  readonly rows: readonly TranscriptRow[];
  /** The conversation as the history knows it; undefined while nothing of it is kept. */
  readonly keptAs: string | undefined;
  readonly problems: readonly Problem[];
  /** The room of the call, for LiveKit's own hooks; undefined outside a call. */
  readonly room: Room | undefined;
  readonly microphoneId: string;
  readonly speakerId: string;
  readonly settings: SettingsState;
  /** Push-to-talk: whether the person holds the turn now. */
  readonly hold: Hold;
  /** Whether the service that answers is there; `reconnecting` while it is being fetched back. */
  readonly service: 'steady' | 'reconnecting';
  /** What this conversation has used, turn by turn. */
  readonly usage: readonly UsedTurn[];
  /** How much of the microphone's sound went to providers that charge for it. */
  readonly metered: readonly MeteredModel[];
  /** What the assistant may do only with the person's word, in the order of asking. */
  readonly approvals: readonly Question[];
  /** What the person has given to the assistant to look into. */
  readonly documents: readonly GivenDocument[];
  /** What the person shows to whatever answers. */
  readonly sharing: Sharing;
  /** The assistant's face, where the provider draws one. */
  readonly face: MediaStream | undefined;
  /** How readily the assistant gives way to speech, as this page hears it. */
  readonly sensitivity: Sensitivity;
  readonly bargeIn: BargeInCounts;
}

/** Where to go when the person brings an address and a token. */
export interface RoomTarget {
  readonly serverUrl: string;
  readonly token: string;
}

/** Levels are 0 to 1; bands go from low to high frequencies. */
export interface Levels {
  microphone(): number;
  assistant(): number;
  assistantBands(count: number): Float32Array;
}

/** What the page can ask of a conversation. Failures end up in `problems`; no method rejects. */
export interface ConversationControls {
  readonly levels: Levels;
  /** Microphone and loudspeaker, for a check of both. */
  readonly lentSound: LentSound;
  readonly settings: Pick<
    SettingsControl,
    'change' | 'chooseProvider' | 'askForOffer' | 'introduce' | 'hear'
  >;
  readonly pushToTalk: { press(): void; release(): void; cancel(): void };
  /** Fresh room with a token of this page's own server. */
  start(): Promise<void>;
  /** Goes on with an old conversation, in a fresh room. Resolves to false if it is gone, or open in another tab. */
  resume(conversationId: string): Promise<boolean>;
  /** A room named by the person's own token. */
  connect(target: RoomTarget): Promise<void>;
  leave(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Silences the reply at once in this page and tells the agent. */
  interrupt(reason: 'button' | 'escape'): void;
  /** Sends typed text, cutting a reply that is being spoken. Resolves to false if it could not be sent. */
  sendMessage(text: string): Promise<boolean>;
  chooseMicrophone(deviceId: string): Promise<void>;
  chooseSpeaker(deviceId: string): Promise<void>;
  setVolume(volume: number): void;
  /** Takes effect at once, and is kept in this browser. */
  setSensitivity(sensitivity: Sensitivity): void;
  /** Listens to the person's room for some ten seconds, with the microphone muted. Undefined if that cannot be done. */
  tuneToRoom(
    onStep: (step: TuningStep) => void,
    signal: AbortSignal,
  ): Promise<RoomFindings | undefined>;
  /** Tells every frame of the speech detector until the release is called. */
  watchDetector(watcher: (frame: WatchedFrame) => void): () => void;
  /** The turns of this conversation in every detail. Rejects if the code for it cannot be fetched. */
  inspectTurns(): Promise<TurnLog>;
  /** The mouth that goes with what is heard now; shut where the provider tells nothing of it. */
  mouth(): Mouth;
  unlockSound(): Promise<void>;
  requestAssistant(): Promise<void>;
  /** Tries again what failed with this problem (microphone, connection). */
  retry(code: ProblemCode): Promise<void>;
  dismiss(code: ProblemCode): void;
  answerApproval(callId: string, answer: Answer): void;
  /** Lets the assistant look into these files, in this conversation only. */
  giveDocuments(files: readonly File[]): void;
  takeBackDocument(id: string): void;
  /** Shows a screen or camera, for which the browser is asking the person, to whatever answers. */
  share(source: ShareSource, captured: Promise<MediaStream>): void;
  /** Ends that; or takes away why it could not be begun. */
  stopSharing(): void;
  /** Empties the transcript and goes back to the start screen; only outside a call. */
  reset(): void;
}
