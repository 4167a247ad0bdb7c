import type { ProblemCode, ProblemStep } from '#protocol/problems.ts';
import { initialState } from '../conversation/initial.ts';
import { withProblem } from '../conversation/problems.ts';
import type { ConversationState } from '../conversation/state.ts';
import { presenceOf } from '../talk/presence/state.ts';
import { embedWords } from '../words/embed.ts';
import { watchLanguage } from '../words/language.ts';
import { attributeNames, readWishes, type Wishes } from './attributes.ts';
import { floor, type Speaker } from './floor.ts';
import { newsBetween } from './news.ts';
import { make, say } from './view/make.ts';
import { Panel } from './view/panel.ts';
import { styleSheet } from './view/styles.ts';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** `<parley-assistant>`: a place in the page of any site where a person can talk with the assistant. See docs/embed.md. */
export class ParleyAssistantElement extends HTMLElement {
  static readonly observedAttributes = attributeNames;
  /** The server that is asked where a site names none. */
  static ownServer = '';

  readonly #frame = make('div', { class: 'parley' });
  readonly #launcher = make('button', { type: 'button', class: 'launcher', part: 'launcher' });
  readonly #panel = new Panel({
    start: () => void this.start(),
    end: () => void this.stop(),
    interrupt: () => this.interrupt(),
    mute: (muted) => void floor.heldBy(this.#speaker)?.setMuted(muted),
    send: (text) => this.send(text),
    answer: (callId, answer) => floor.heldBy(this.#speaker)?.answerApproval(callId, answer),
    close: () => this.#open(false),
    take: (step, code) => void this.#takeStep(step, code),
    dismiss: (code) => this.#dismiss(code),
  });
  readonly #speaker: Speaker = {
    server: () => this.#wishes.server,
    settings: () => this.#wishes.settings,
    show: (state) => this.#show(state),
  };
  #wishes: Wishes = this.#readWishes();
  #state: ConversationState = initialState;
  #shown: ConversationState = initialState;
  #isOpen = false;
  #release: (() => void) | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styleSheet()];
    this.#frame.append(this.#panel.element, this.#launcher);
    root.append(this.#frame);
    this.#launcher.addEventListener('click', () => this.#open(!this.#isOpen));
    this.#frame.addEventListener('keydown', (event) => this.#pressed(event));
    // Whoever comes near is about to talk.
    for (const sign of ['pointerenter', 'focusin']) {
      this.#frame.addEventListener(sign, () => void floor.load().catch(() => undefined));
    }
  }

  /** Begins to talk; whoever talks elsewhere in this page falls silent. Failures are told as problems. */
  async start(): Promise<void> {
    if (!this.isConnected || presenceOf(this.#state) !== 'idle') return;
    this.#open(true);
    const before = this.#state;
    this.#show({ ...before, call: { kind: 'connecting' }, problems: [] });
    try {
      const conversation = await floor.take(this.#speaker);
      if (conversation) await conversation.start();
      else this.#show(before);
    } catch (error) {
      const detail = `${embedWords.notLoaded} ${String(error)}`;
      const problems = withProblem([], { code: 'server_unreachable', detail });
      this.#show({ ...before, problems });
    }
  }

  async stop(): Promise<void> {
    const conversation = floor.heldBy(this.#speaker);
    if (conversation) await conversation.leave();
    else floor.giveBack(this.#speaker);
  }

  /** Silences the reply at once. */
  interrupt(): void {
    floor.heldBy(this.#speaker)?.interrupt('button');
  }

  /** Sends typed text; a reply that is being spoken falls silent. Resolves to false if it could not be sent. */
  async send(text: string): Promise<boolean> {
    return (await floor.heldBy(this.#speaker)?.sendMessage(text)) ?? false;
  }

  connectedCallback(): void {
    this.#takeEarlyProperties();
    this.#release ??= this.#attach();
    this.#show(this.#state);
  }

  disconnectedCallback(): void {
    // One that is only moved is there again at once, and talks on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      floor.giveBack(this.#speaker);
      this.#release?.();
      this.#release = undefined;
    });
  }

  attributeChangedCallback(): void {
    const before = JSON.stringify(this.#wishes.settings);
    this.#wishes = this.#readWishes();
    if (JSON.stringify(this.#wishes.settings) !== before) {
      // Several attributes may change one after the other.
      floor.heldBy(this.#speaker)?.settings.change(() => this.#wishes.settings, 'settle');
    }
    if (this.#release) this.#show(this.#state);
  }

  #readWishes(): Wishes {
    return readWishes((name) => this.getAttribute(name), ParleyAssistantElement.ownServer);
  }

  /** Frameworks may set a property before the script has come, which then stands in the way of ours. */
  #takeEarlyProperties(): void {
    for (const name of attributeNames) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  #attach(): () => void {
    const show = (): void => this.#show(this.#state);
    const reword = (): void => {
      this.#panel.reword(this.#shown);
      show();
    };
    reword();
    systemDark.addEventListener('change', show);
    const releases = [watchLanguage(reword), this.#panel.attach()];
    return () => {
      systemDark.removeEventListener('change', show);
      for (const release of releases) release();
    };
  }

  #show(state: ConversationState): void {
    const { theme, label = embedWords.label, placement, faults } = this.#wishes;
    const before = this.#shown;
    this.#state = state;
    this.#shown = { ...untilSettled(state), problems: [...faults, ...state.problems] };
    const floating = placement === 'floating';
    this.#frame.dataset['theme'] = theme ?? (systemDark.matches ? 'dark' : 'light');
    this.#frame.dataset['placement'] = placement;
    this.#panel.show(this.#shown, { label, floating });
    const isHeard = state.microphone.kind === 'live' && !lessMotion.matches;
    this.#panel.status.follow(isHeard ? () => this.#level() : undefined);
    this.#panel.element.hidden = floating && !this.#isOpen;
    this.#launcher.hidden = !floating;
    this.#launcher.dataset['state'] = presenceOf(state);
    this.#launcher.setAttribute('aria-expanded', String(this.#isOpen));
    say(this.#launcher, this.#isOpen ? embedWords.close : embedWords.open(label));
    for (const { name, detail } of newsBetween(before, this.#shown)) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
  }

  #level(): number {
    return floor.heldBy(this.#speaker)?.levels.microphone() ?? 0;
  }

  #open(open: boolean): void {
    if (this.#wishes.placement !== 'floating' || open === this.#isOpen) return;
    this.#isOpen = open;
    this.#show(this.#state);
    if (open) this.#panel.focus();
    else this.#launcher.focus();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    const presence = presenceOf(this.#state);
    if (presence === 'speaking' || presence === 'thinking') {
      floor.heldBy(this.#speaker)?.interrupt('escape');
    } else this.#open(false);
  }

  async #takeStep(step: ProblemStep, code: ProblemCode): Promise<void> {
    const conversation = floor.heldBy(this.#speaker);
    if (!conversation) return this.start();
    if (step === 'request_assistant') return conversation.requestAssistant();
    return step === 'unlock_sound' ? conversation.unlockSound() : conversation.retry(code);
  }

  #dismiss(code: ProblemCode): void {
    floor.heldBy(this.#speaker)?.dismiss(code);
    const without = <T extends { code: ProblemCode }>(problems: readonly T[]): readonly T[] =>
      problems.filter((problem) => problem.code !== code);
    this.#wishes = { ...this.#wishes, faults: without(this.#wishes.faults) };
    this.#show({ ...this.#state, problems: without(this.#state.problems) });
  }
}

/** What is said while the assistant becomes what the site wants may be lost with the one before: it is not ready yet. */
function untilSettled(state: ConversationState): ConversationState {
  const settling = state.settings.sending.kind === 'pending';
  return settling && state.assistant.kind === 'listening'
    ? { ...state, assistant: { kind: 'initializing' } }
    : state;
}

/** Each attribute is a property as well. */
for (const name of attributeNames) {
  Object.defineProperty(ParleyAssistantElement.prototype, name, {
    enumerable: true,
    get(this: ParleyAssistantElement): string {
      return this.getAttribute(name) ?? '';
    },
    set(this: ParleyAssistantElement, value: string | null | undefined) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}
