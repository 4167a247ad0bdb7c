import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ConversationControls, ConversationState, Levels, RoomTarget } from './state.ts';

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

/** One person's conversation: everything the page shows is in `store`, everything it can do is a method. */
export class Conversation implements ConversationControls {
  readonly store: StoreApi<ConversationState> = createStore(() => initial);
  readonly levels: Levels = {
    microphone: () => 0,
    assistant: () => 0,
    assistantBands: (count) => new Float32Array(count),
  };

  async start(): Promise<void> {
    await Promise.resolve();
  }

  async connect(target: RoomTarget): Promise<void> {
    await Promise.resolve(target);
  }

  async leave(): Promise<void> {
    await Promise.resolve();
  }

  async setMuted(muted: boolean): Promise<void> {
    await Promise.resolve(muted);
  }

  interrupt(reason: 'button' | 'escape'): void {
    void reason;
  }

  async sendMessage(text: string): Promise<boolean> {
    return Promise.resolve(text.length === 0);
  }

  async chooseMicrophone(deviceId: string): Promise<void> {
    await Promise.resolve(deviceId);
  }

  async chooseSpeaker(deviceId: string): Promise<void> {
    await Promise.resolve(deviceId);
  }

  setVolume(volume: number): void {
    this.store.setState({ volume });
  }

  async unlockSound(): Promise<void> {
    await Promise.resolve();
  }

  async requestAssistant(): Promise<void> {
    await Promise.resolve();
  }

  async retry(code: ProblemCode): Promise<void> {
    await Promise.resolve(code);
  }

  dismiss(code: ProblemCode): void {
    this.store.setState(({ problems }) => ({
      problems: problems.filter((problem) => problem.code !== code),
    }));
  }

  reset(): void {
    this.store.setState({ rows: [], call: { kind: 'idle' } });
  }
}
