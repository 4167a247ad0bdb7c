import type { llm } from '@livekit/agents';
import type { ApprovalRequest } from '#protocol/approval.ts';
import type { IceServer } from '#protocol/avatar.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ProviderOffer, ProviderSummary } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { Eyes } from './eyes.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A cloud service that hears and speaks, as Parley chooses and sets it. */
export interface CloudProvider extends Omit<ProviderSummary, 'missing' | 'sees'> {
  /** What has to be set before it can be chosen, in words; looks for presence only and never throws. */
  missing(env: Environment): string[];
  /** Whether it can be shown a screen or a camera, as far as the environment tells. */
  sees(env: Environment): boolean;
  /** What can be set for it. The first voice, turn detection and noise reduction of each list is the default. */
  offer(env: Environment): ProviderOffer;
  /**
   * `settings` have been checked against the offer, and its defaults filled in. With the mode `push-to-talk` and an
   * offer of manual turns, the model must not find turns by itself (`capabilities.turnDetection` false). Instructions
   * and tools come through the framework and need no care here. Throws if the environment lacks something after all.
   */
  connect(env: Environment, settings: Settings, observer: ProviderObserver): ProviderConnection;
}

/**
 * One conversation with a provider. Its session is lost for good when it emits an `error` that is not recoverable; the
 * conversation then goes on with something else.
 */
export interface ProviderConnection {
  readonly model: llm.RealtimeModel;
  /** Puts a change (never one of the mode) into effect in the running session. False where that takes a new one. */
  applyLive(settings: Settings): boolean;
  /** Undefined where it cannot see. */
  readonly eyes?: Eyes | undefined;
  /** Undefined where there is no face to show. */
  readonly avatar?: AvatarAccess;
}

/** The way to the video of a face, which goes from the service straight to the page. */
export interface AvatarAccess {
  /** The service's own, by which it and the page find each other. Known once the session is accepted. */
  iceServers(): readonly IceServer[];
  /** Exchanges descriptions, both base64 SDP. */
  connect(clientSdp: string): Promise<string>;
}

/** What happens to the connection with a service. */
export type ConnectionState = 'connected' | 'reconnecting' | 'renewed';

/** What a provider tells of itself while it runs. Calls never throw. */
export interface ProviderObserver {
  /**
   * `connected` must come once the service has accepted the session: until then a switch to this provider counts as
   * tried, and after some seconds without it as failed. After `reconnecting`, `connected` or `renewed` must follow; a
   * service that stays away is given up.
   */
  connection(state: ConnectionState, detail: string): void;
  problem(code: ProblemCode, detail: string): void;
  /** `offsetMs` into the sound of the reply. */
  viseme(visemeId: number, offsetMs: number): void;
  /** A tool that the service itself wants to run. */
  approve(request: ApprovalRequest): Promise<boolean>;
  toolStarted(call: { callId: string; name: string; input: string }): void;
  toolFinished(call: {
    callId: string;
    outcome: 'done' | 'failed' | 'cancelled';
    output: string;
  }): void;
}
