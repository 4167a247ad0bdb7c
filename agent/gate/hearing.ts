import { voice as voices } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { AgentEvent } from '#protocol/events.ts';
import type { Settings } from '#protocol/settings.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Ear } from '../voice/guarded-model.ts';
import type { RealtimeVoice } from '../voice/realtime-voice.ts';
import type { PipelineVoice, Voice } from '../voice/voice.ts';
import { EndpointHints } from './endpoint-hints.ts';
import { gatingOf } from './gating.ts';
import { HeardSpeech } from './heard-speech.ts';
import { MeteredEar } from './metered-ear.ts';
import { PageSpeech } from './page-speech.ts';
import { canBeSpoken } from './spoken-words.ts';

/** How often the page is told what was sent, in ms. */
const tellEveryMs = 5000;
/** No silence that ends a turn is longer than this, in ms. */
const longestSilenceMs = 3000;

interface HearingOptions {
  readonly room: Room;
  readonly identity: string;
  readonly session: voices.AgentSession;
  readonly client: EngineClient;
  /** What the person lets be heard at all. */
  readonly microphone: Ear;
  /** What is in effect while this voice answers; undefined while it does not, or not yet. */
  readonly settingsOf: (voice: Voice) => Settings | undefined;
  readonly send: (event: AgentEvent) => void;
}

type Seat =
  | { readonly kind: 'pipeline'; readonly voice: PipelineVoice }
  | { readonly kind: 'realtime'; readonly voice: RealtimeVoice; readonly ear: MeteredEar };

/**
 * Puts to use what the page hears: a service that charges for sound is given speech and little else, and the page is told
 * how much; the embedded engine ends turns as soon as the microphone has been quiet for long enough.
 */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #page: PageSpeech;
  readonly #hints: EndpointHints;
  readonly #heard = new HeardSpeech();
  #pageListens = false;
  #seat: Seat | undefined;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#hints = new EndpointHints((forMs) => {
      if (this.#seat?.kind === 'pipeline') this.#seat.voice.quiet(forMs);
    }, longestSilenceMs);
    this.#page = new PageSpeech({
      started: (latenessMs) => {
        this.#hints.withdraw();
        this.#heard.started(Date.now() - latenessMs);
        this.#ear?.started(latenessMs);
      },
      stopped: (endedAtMs) => {
        this.#hints.stopped(endedAtMs);
        this.#heard.stopped(endedAtMs);
        this.#ear?.stopped();
      },
      present: (present) => {
        this.#hints.withdraw();
        this.#pageListens = present;
        this.#ear?.pageListens(present);
      },
    });
  }

  /** Begins to listen to the page and to the session. Returns the release. */
  begin(): () => void {
    const { room, identity, session } = this.#options;
    const follow = ({ newState }: voices.UserStateChangedEvent): void =>
      this.#ear?.serviceHears(newState === 'speaking');
    session.on(voices.AgentSessionEventTypes.UserStateChanged, follow);
    const leave = this.#page.follow(room, identity);
    const timer = setInterval(() => this.#tell(), tellEveryMs);
    return () => {
      clearInterval(timer);
      leave();
      this.#hints.withdraw();
      session.off(voices.AgentSessionEventTypes.UserStateChanged, follow);
      this.#rise();
    };
  }

  /** Whether words that were recognised just now can be the person's: the page has heard enough, or nobody listens there. */
  mayHaveSaid(text: string): boolean {
    return !this.#pageListens || canBeSpoken(text, this.#heard.longestMs(Date.now()));
  }

  /** What this voice hears, which is about to answer under the settings `first`. */
  seat(voice: Voice, first: Settings): Ear {
    this.#rise();
    const { client, microphone, settingsOf } = this.#options;
    if (voice.kind === 'pipeline') {
      this.#seat = { kind: 'pipeline', voice };
      return microphone;
    }
    const gating = () => gatingOf(voice.provider, settingsOf(voice) ?? first);
    const ear = new MeteredEar({ microphone, gating, client });
    ear.pageListens(this.#pageListens);
    this.#seat = { kind: 'realtime', voice, ear };
    return ear;
  }

  get #ear(): MeteredEar | undefined {
    return this.#seat?.kind === 'realtime' ? this.#seat.ear : undefined;
  }

  #rise(): void {
    this.#tell();
    this.#ear?.close();
    this.#seat = undefined;
  }

  #tell(): void {
    if (this.#seat?.kind !== 'realtime') return;
    const metered = this.#seat.ear.meter.take();
    if (!metered) return;
    const { provider, model } = this.#seat.voice;
    const named = { provider, model: model.model.slice(0, 120) };
    this.#options.send({ type: 'metered', ...named, ...metered, atMs: Date.now() });
  }
}
