import type { AgentEvent } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ProviderId } from '#protocol/provider.ts';
import { ApprovalQueue } from '../approval/queue.ts';
import { AvatarLink } from '../avatar/link.ts';
import { wantsFace } from '../avatar/wish.ts';
import type { ConversationState, Problem } from '../conversation/state.ts';
import { DocumentDesk } from '../documents/document-desk.ts';
import { HeldTurn } from '../push-to-talk/hold.ts';
import { SettingsControl } from '../settings/control.ts';
import { modeOf, type SettingsState } from '../settings/state.ts';
import { browserShelf, SettingsStorage } from '../settings/storage.ts';
import { ShareDesk } from '../sharing/share-desk.ts';
import { withMetered } from '../usage/savings.ts';
import { withUsage } from '../usage/turns.ts';
import { words } from '../words/page.ts';
import type { AssistantRequests } from './requests.ts';

export interface DealingsHost {
  state(): ConversationState;
  update(state: Partial<ConversationState>): void;
  report(problem: Problem): void;
  /** Takes back what was reported, since it is mended. */
  clear(...codes: ProblemCode[]): void;
  /** Writes into the margin of the transcript. */
  note(id: string, text: string, atMs: number): void;
  /** Lets the microphone be heard, or keeps it silent. */
  gate(open: boolean): void;
  /** Silences the reply that is being heard. */
  cut(): void;
}

type DealingsEvent = Extract<AgentEvent, { type: 'provider' | 'usage' | 'metered' }>;

/** What person and assistant settle beside the talk itself: settings, held turns, permissions, its face, its price. */
export class AssistantDealings {
  readonly settings: SettingsControl;
  readonly approvals = new ApprovalQueue((approvals) => this.#host.update({ approvals }));
  readonly pushToTalk: HeldTurn;
  readonly documents = new DocumentDesk({
    changed: (documents) => this.#host.update({ documents }),
    note: (id, text, atMs) => this.#host.note(id, text, atMs),
  });
  readonly sharing = new ShareDesk({
    changed: (sharing) => this.#host.update({ sharing }),
    room: () => this.#host.state().room,
    inCall: () => ['connected', 'reconnecting'].includes(this.#host.state().call.kind),
    note: (id, text, atMs) => this.#host.note(id, text, atMs),
  });
  readonly #host: DealingsHost;
  readonly #face: AvatarLink;
  #requests: AssistantRequests | undefined;

  constructor(host: DealingsHost) {
    this.#host = host;
    this.#face = new AvatarLink({
      changed: (face) => host.update({ face }),
      failed: (detail) => host.report({ code: 'provider_failed', detail }),
    });
    this.pushToTalk = new HeldTurn({
      turn: (request) => this.#requests?.turn(request) ?? Promise.resolve(false),
      canSpeak: () => {
        const { microphone } = host.state();
        return microphone.kind === 'live' && !microphone.muted;
      },
      gate: (open) => host.gate(open),
      cut: () => host.cut(),
      changed: (hold) => host.update({ hold }),
    });
    this.settings = new SettingsControl(new SettingsStorage(browserShelf()), {
      changed: (settings) => this.#settingsChanged(settings),
      introduced: (capabilities) => {
        host.update({ capabilities });
        this.sharing.answeredBy(capabilities.engine);
        this.#showFace();
      },
    });
  }

  /** Puts into effect what this browser has kept. To be called once, when there is a state to update. */
  begin(): void {
    this.#settingsChanged(this.settings.state);
  }

  assistantCame(requests: AssistantRequests): void {
    this.#requests = requests;
    this.documents.assistant(requests);
    void this.settings.assistantCame(requests);
  }

  assistantLeft(): void {
    this.#requests = undefined;
    this.#face.close();
    this.documents.assistant(undefined);
    this.approvals.clear();
    this.pushToTalk.forget();
    this.settings.assistantLeft();
    this.#host.update({ capabilities: undefined, service: 'steady' });
  }

  /** `atMs` is on the page's clock. */
  event(event: DealingsEvent, atMs: number): void {
    if (event.type === 'usage') {
      const { rows, usage } = this.#host.state();
      const turn = rows.filter((row) => row.kind === 'utterance' && row.speaker === 'user').length;
      this.#host.update({ usage: withUsage(usage, event, turn, atMs) });
      return;
    }
    if (event.type === 'metered') {
      this.#host.update({ metered: withMetered(this.#host.state().metered, event) });
      return;
    }
    const { state, provider } = event;
    const wasAway = this.#host.state().service === 'reconnecting';
    this.#host.update({ service: state === 'reconnecting' ? 'reconnecting' : 'steady' });
    if (state !== 'reconnecting') this.#host.clear('provider_unreachable', 'provider_failed');
    // A new session knows nothing of the face that the old one showed.
    const isNewSession = state === 'renewed' || (state === 'connected' && wasAway);
    if (state === 'switched' || isNewSession) this.#face.close();
    if (state === 'switched') {
      const text = words.notices.answersNow(this.#nameOf(provider));
      this.#host.note(`provider-${event.atMs}`, text, atMs);
      void this.settings.introduce();
    }
    if (isNewSession) this.#showFace();
  }

  #settingsChanged(settings: SettingsState): void {
    this.#host.update({ settings });
    this.pushToTalk.use(modeOf(settings) === 'push-to-talk');
  }

  #showFace(): void {
    const requests = this.#requests;
    if (!requests || !wantsFace(this.settings.state)) this.#face.close();
    else if (!this.#face.open) void this.#face.connect(requests);
  }

  #nameOf(provider: ProviderId): string {
    const known = this.settings.state.known?.providers.find(({ id }) => id === provider);
    return known?.name ?? provider;
  }
}
