import {
  createLocalAudioTrack,
  TrackEvent,
  type AudioCaptureOptions,
  type LocalAudioTrack,
} from 'livekit-client';
import type { Microphone, Problem } from '../conversation/state.ts';
import { microphoneIsOutOfReach, problemOfMicrophone } from './failure.ts';

export interface CaptureListener {
  changed(microphone: Microphone): void;
  /** What is wrong, or undefined when the microphone works again. */
  problem(problem: Problem | undefined): void;
  /** There is a track to publish. It may later change its device, but stays the same track. */
  opened(track: LocalAudioTrack): void;
  /** The track is of no more use; it is stopped already. */
  closed(track: LocalAudioTrack): void;
  /** The track takes its sound from another source now: what listens to it has to take hold again. */
  sourceChanged(track: LocalAudioTrack): void;
  deviceChosen(deviceId: string): void;
}

/** After a device was unplugged the room looks for another one by itself; it gets this long, in ms. */
const recoveryMs = 4000;

/** Pauses between the tries to get back a device that another program holds, in ms; no event tells when it is let go. */
const firstPauseMs = 2000;
const longestPauseMs = 15_000;

/**
 * The one microphone of the page. What the person wants (open, muted, which device) is kept here and outlives every
 * failure, so that a later try needs nothing but `open`.
 */
export class MicrophoneCapture {
  readonly #listener: CaptureListener;
  #track: LocalAudioTrack | undefined;
  #state: Microphone = { kind: 'off' };
  /** Counts what was asked for, so that a permission given too late opens nothing. */
  #attempt = 0;
  #muted = false;
  #gateOpen = true;
  #deviceId = 'default';
  #recovery: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: CaptureListener) {
    this.#listener = listener;
  }

  get track(): LocalAudioTrack | undefined {
    return this.#track;
  }

  get state(): Microphone {
    return this.#state;
  }

  /** Whether sound is to be expected from it: open, not muted, not gated. */
  get isOpen(): boolean {
    return this.#state.kind === 'live' && !this.#state.muted && this.#gateOpen;
  }

  /** Asks for the microphone, and for permission if need be. A failure is told to the listener. */
  async open(): Promise<void> {
    this.#drop();
    const attempt = this.#attempt;
    if (microphoneIsOutOfReach()) {
      this.#fail({ code: 'microphone_insecure' });
      return;
    }
    this.#set({ kind: 'opening' });
    let track: LocalAudioTrack;
    try {
      track = await createLocalAudioTrack(captureOptions(this.#deviceId));
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(problemOfMicrophone(error));
      return;
    }
    if (attempt !== this.#attempt) {
      track.stop();
      return;
    }
    await this.#begin(track);
  }

  /** The devices have changed: if the track's own went without an event, as in Firefox it can, opens another. */
  async recheck(): Promise<void> {
    if (this.#state.kind !== 'live' || this.#track?.mediaStreamTrack.readyState !== 'ended') return;
    await this.#openAnew();
  }

  /** Stops the microphone; the browser's indicator goes out. */
  close(): void {
    this.#drop();
    this.#set({ kind: 'off' });
  }

  /** A new call begins with an open microphone, whatever the last one was left with. */
  forgetMute(): void {
    this.#muted = false;
  }

  /** Closed, the microphone stays open but gives silence, so that it is there at once when the gate opens. */
  setGate(open: boolean): void {
    this.#gateOpen = open;
    this.#applyGate();
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    const track = this.#track;
    if (!track) return;
    try {
      await (muted ? track.mute() : track.unmute());
    } catch (error) {
      // Unmuting opens the device again if it was unplugged meanwhile.
      if (track === this.#track) this.#fail(problemOfMicrophone(error));
    }
  }

  /** Goes over to another device; if that fails, back to the one before. */
  async choose(deviceId: string): Promise<void> {
    const previous = this.#deviceId;
    this.#choose(deviceId);
    const track = this.#track;
    if (!track) {
      if (this.#state.kind !== 'off') await this.open();
      return;
    }
    try {
      await track.restartTrack(captureOptions(deviceId, 'exact'));
      if (track === this.#track) this.#listener.problem(undefined);
    } catch (error) {
      if (track !== this.#track) return;
      this.#choose(previous);
      await this.open();
      this.#listener.problem(problemOfMicrophone(error));
    }
  }

  #adopt(track: LocalAudioTrack): void {
    this.#track = track;
    const { deviceId } = track.mediaStreamTrack.getSettings();
    if (this.#deviceId !== 'default' && deviceId !== this.#deviceId) this.#choose('default');
    track
      .on(TrackEvent.Muted, () => this.#follow(track))
      .on(TrackEvent.Unmuted, () => this.#follow(track))
      .on(TrackEvent.Restarted, () => {
        if (track !== this.#track) return;
        clearTimeout(this.#recovery);
        this.#follow(track);
        this.#listener.sourceChanged(track);
      })
      .on(TrackEvent.Ended, () => this.#awaitRecovery(track));
    this.#listener.problem(undefined);
    this.#follow(track);
  }

  async #begin(track: LocalAudioTrack): Promise<void> {
    this.#adopt(track);
    if (this.#muted) await track.mute();
    this.#listener.opened(track);
  }

  /** The device is gone in mid-talk. Opening another one either works or tells why there is none. */
  async #openAnew(): Promise<void> {
    this.#choose('default');
    await this.open();
    const found = this.state;
    if (found.kind !== 'failed') return;
    if (found.problem === 'microphone_missing') this.#fail({ code: 'microphone_ended' });
    if (found.problem === 'microphone_busy') this.#tryLater(firstPauseMs);
  }

  /** Without a word to the person until it works: what is wrong has been said. */
  #tryLater(pauseMs: number): void {
    const attempt = this.#attempt;
    this.#retry = setTimeout(() => {
      createLocalAudioTrack(captureOptions(this.#deviceId)).then(
        (track) => {
          if (attempt === this.#attempt) void this.#begin(track);
          else track.stop();
        },
        () => {
          if (attempt === this.#attempt) this.#tryLater(Math.min(2 * pauseMs, longestPauseMs));
        },
      );
    }, pauseMs);
  }

  #drop(): void {
    this.#attempt += 1;
    clearTimeout(this.#recovery);
    clearTimeout(this.#retry);
    const track = this.#track;
    this.#track = undefined;
    if (!track) return;
    track.stop();
    this.#listener.closed(track);
  }

  #follow(track: LocalAudioTrack): void {
    // Muting a track that has ended is how the room gives up on it, not a wish of the person's.
    if (track !== this.#track || track.mediaStreamTrack.readyState === 'ended') return;
    this.#applyGate();
    this.#set({ kind: 'live', muted: track.isMuted });
  }

  /** Unmuting and every new source open the sound again by themselves. */
  #applyGate(): void {
    const track = this.#track;
    if (track) track.mediaStreamTrack.enabled = this.#gateOpen && !track.isMuted;
  }

  /** The room restarts an ended track on the default device, and mutes it if there is none. */
  #awaitRecovery(track: LocalAudioTrack): void {
    if (track !== this.#track || track.isMuted) return;
    this.#set({ kind: 'opening' });
    this.#recovery = setTimeout(() => {
      if (track !== this.#track) return;
      if (track.mediaStreamTrack.readyState === 'live') this.#choose('default');
      else void this.#openAnew();
    }, recoveryMs);
    track.once(TrackEvent.Restarted, () => {
      if (track === this.#track) this.#choose('default');
    });
    track.once(TrackEvent.Muted, () => {
      if (track === this.#track && track.mediaStreamTrack.readyState === 'ended') {
        void this.#openAnew();
      }
    });
  }

  #choose(deviceId: string): void {
    this.#deviceId = deviceId;
    this.#listener.deviceChosen(deviceId);
  }

  #fail(problem: Problem): void {
    this.#drop();
    this.#set({ kind: 'failed', problem: problem.code });
    this.#listener.problem(problem);
  }

  #set(state: Microphone): void {
    this.#state = state;
    this.#listener.changed(state);
  }
}

/** The browser's own echo cancelling is what lets a person talk over a loudspeaker. */
function captureOptions(deviceId: string, how: 'exact' | 'ideal' = 'ideal'): AudioCaptureOptions {
  return {
    deviceId: deviceId !== 'default' && how === 'exact' ? { exact: deviceId } : { ideal: deviceId },
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
}
