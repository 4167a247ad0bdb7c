import { voice as voices } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { AgentEvent } from '#protocol/events.ts';
import type { Settings } from '#protocol/settings.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Ear } from '../voice/guarded-model.ts';
import type { RealtimeVoice } from '../voice/realtime-voice.ts';
import { gatingOf } from './gating.ts';
import { MeteredEar } from './metered-ear.ts';
import { PageSpeech } from './page-speech.ts';

/** How often the page is told what was sent, in ms. */
const tellEveryMs = 5000;

interface MeteringOptions {
  readonly room: Room;
  readonly identity: string;
  readonly session: voices.AgentSession;
  readonly client: EngineClient;
  readonly microphone: Ear;
  /** What is in effect while this voice answers; undefined while it does not, or not yet. */
  readonly settingsOf: (voice: RealtimeVoice) => Settings | undefined;
  readonly send: (event: AgentEvent) => void;
}

/** Sees to it that services which charge by the second hear speech and little else, and tells the page how much. */
export class Metering {
  readonly #options: MeteringOptions;
  readonly #page: PageSpeech;
  #pageListens = false;
  #seat: { readonly ear: MeteredEar; readonly voice: RealtimeVoice } | undefined;

  constructor(options: MeteringOptions) {
    this.#options = options;
    this.#page = new PageSpeech({
      started: (latenessMs) => this.#seat?.ear.started(latenessMs),
      stopped: () => this.#seat?.ear.stopped(),
      present: (present) => {
        this.#pageListens = present;
        this.#seat?.ear.pageListens(present);
      },
    });
  }

  /** Begins to listen to the page and to the session. Returns the release. */
  begin(): () => void {
    const { room, identity, session } = this.#options;
    const follow = ({ newState }: voices.UserStateChangedEvent): void =>
      this.#seat?.ear.serviceHears(newState === 'speaking');
    session.on(voices.AgentSessionEventTypes.UserStateChanged, follow);
    const leave = this.#page.follow(room, identity);
    const timer = setInterval(() => this.#tell(), tellEveryMs);
    return () => {
      clearInterval(timer);
      leave();
      session.off(voices.AgentSessionEventTypes.UserStateChanged, follow);
      this.#tell();
      this.#seat?.ear.close();
    };
  }

  /** What this voice hears, which is about to answer under the settings `first`. */
  inFrontOf(voice: RealtimeVoice, first: Settings): Ear {
    this.#tell();
    this.#seat?.ear.close();
    const { client, microphone, settingsOf } = this.#options;
    const gating = () => gatingOf(voice.provider, settingsOf(voice) ?? first);
    const ear = new MeteredEar({ microphone, gating, client });
    ear.pageListens(this.#pageListens);
    this.#seat = { ear, voice };
    return ear;
  }

  #tell(): void {
    const metered = this.#seat?.ear.meter.take();
    if (!this.#seat || !metered) return;
    const { provider, model } = this.#seat.voice;
    const named = { provider, model: model.model.slice(0, 120) };
    this.#options.send({ type: 'metered', ...named, ...metered, atMs: Date.now() });
  }
}
