import { setTimeout as delay } from 'node:timers/promises';
import type { voice } from '@livekit/agents';
import type { Settings } from '#protocol/settings.ts';
import type { TurnRequest } from '#protocol/turn.ts';
import type { Voice } from '../voice/voice.ts';
import type { MicrophoneGate } from './microphone-gate.ts';

/** What was said when the key went up is still on its way, longer than the message that it went up. */
const tailMs = 180;
/** A press with less sound than this was a slip of the finger. */
const shortestMs = tailMs + 100;

interface PushToTalkOptions {
  readonly session: voice.AgentSession;
  readonly gate: MicrophoneGate;
  readonly voice: () => Voice;
  readonly mode: () => Settings['mode'];
  readonly interrupt: () => Promise<unknown>;
  /** Begins again with a voice that has not heard what was said last. */
  readonly renew: () => Promise<unknown>;
  /** Told when the person begins and ends a turn that nothing else notices. */
  readonly onSpeech: (phase: 'started' | 'stopped') => void;
}

/** Turns that a person holds: nothing is heard between them, and they end when the person says so. */
export class PushToTalk {
  readonly #options: PushToTalkOptions;
  #held = false;
  /** Counts presses, so that the end of one does not shut the gate of the next. */
  #press = 0;

  constructor(options: PushToTalkOptions) {
    this.#options = options;
  }

  /** To be called whenever the voice or the mode has changed. Drops a turn that is being held. */
  settle(): void {
    this.#held = false;
    this.#press += 1;
    if (this.#options.mode() === 'push-to-talk') this.#shut();
    else this.#options.gate.move('open');
  }

  /** Resolves to whether there was something to start, commit or cancel. */
  async act({ action, heldMs }: TurnRequest): Promise<boolean> {
    if (this.#options.mode() !== 'push-to-talk') return false;
    if (action === 'start') return this.#start(heldMs);
    if (!this.#held) return false;
    this.#held = false;
    if (action === 'commit') return this.#commit();
    await this.#cancel();
    return true;
  }

  async #start(heldMs?: number): Promise<boolean> {
    if (this.#held) return false;
    this.#held = true;
    this.#press += 1;
    const { gate, voice, interrupt, onSpeech } = this.#options;
    gate.move('open', heldMs);
    const speaker = voice();
    if (isManual(speaker)) {
      onSpeech('started');
      speaker.model.current.startUserActivity();
    }
    await interrupt();
    return true;
  }

  async #commit(): Promise<boolean> {
    const press = this.#press;
    await delay(tailMs);
    if (press !== this.#press) return true;
    const { gate, session, voice, onSpeech } = this.#options;
    const speaker = voice();
    if (gate.passedMs < shortestMs) {
      await this.#cancel();
      return false;
    }
    this.#shut();
    if (speaker.kind === 'pipeline') speaker.endUtterance();
    else if (isManual(speaker)) {
      onSpeech('stopped');
      // The framework's own commitUserTurn waits half a second for words that such a provider does not send.
      await speaker.model.current.commitAudio();
      session.generateReply({ inputModality: 'audio' });
    }
    return true;
  }

  async #cancel(): Promise<void> {
    this.#shut();
    const { session, voice, onSpeech, renew } = this.#options;
    if (isGated(voice())) {
      // Such a provider has no word for it: what it has heard it would answer.
      await renew();
      return;
    }
    session.clearUserTurn();
    if (isManual(voice())) onSpeech('stopped');
    // The session takes what was begun for being said still; switching its ears off and on tells it otherwise.
    session.input.setAudioEnabled(false);
    session.input.setAudioEnabled(true);
  }

  /** A provider that finds turns by itself has to hear silence in order to find their ends. */
  #shut(): void {
    this.#options.gate.move(isGated(this.#options.voice()) ? 'silent' : 'shut');
  }
}

function isGated(voice: Voice): boolean {
  return voice.kind === 'realtime' && voice.pushToTalk === 'gated';
}

function isManual(voice: Voice): voice is Extract<Voice, { kind: 'realtime' }> {
  return voice.kind === 'realtime' && voice.pushToTalk === 'manual';
}
