import type { Settings } from '#protocol/settings.ts';
import { hostPage } from '../connect/host-page.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { ConversationState } from '../conversation/state.ts';

/** One place in the page where a person can talk. */
export interface Speaker {
  /** Where the API is. */
  server(): string;
  settings(): Settings;
  show(state: ConversationState): void;
}

/**
 * Who in the page talks now. There is one conversation, as there is one microphone and one sound graph: who begins to talk
 * ends the talk of the one before. Its code is fetched when a talk is near, and not before.
 */
class Floor {
  #loading: Promise<Conversation> | undefined;
  #wanted: Speaker | undefined;
  #holder: { speaker: Speaker; conversation: Conversation; release: () => void } | undefined;

  /** Fetches what a talk needs. Rejects if that cannot be had; the next call tries again. */
  load(): Promise<Conversation> {
    this.#loading ??= import('../conversation/conversation.ts').then(
      (late) => new late.Conversation(),
    );
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** The conversation, for whoever holds it. */
  heldBy(speaker: Speaker): Conversation | undefined {
    return this.#holder?.speaker === speaker ? this.#holder.conversation : undefined;
  }

  /** Gives the conversation to a speaker. Undefined where another has asked for it meanwhile, or this one has given it back. */
  async take(speaker: Speaker): Promise<Conversation | undefined> {
    this.#wanted = speaker;
    const conversation = await this.load();
    if (this.#wanted !== speaker) return undefined;
    if (this.#holder?.speaker !== speaker) {
      this.#letGo();
      const release = conversation.store.subscribe((state) => speaker.show(state));
      this.#holder = { speaker, conversation, release };
    }
    hostPage.server = speaker.server();
    conversation.settings.change(() => speaker.settings());
    return conversation;
  }

  /** Ends the talk of this speaker, who then shows no more of what others say. */
  giveBack(speaker: Speaker): void {
    if (this.#wanted === speaker) this.#wanted = undefined;
    if (this.#holder?.speaker === speaker) this.#letGo();
  }

  #letGo(): void {
    if (!this.#holder) return;
    const { conversation, release } = this.#holder;
    this.#holder = undefined;
    // The one who held it sees the end of the talk, and not that it is wiped away.
    void conversation.leave();
    release();
    conversation.reset();
  }
}

export const floor = new Floor();
