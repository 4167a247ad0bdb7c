import { voice } from '@livekit/agents';
import type { Capabilities, CapabilitiesRequest } from '#protocol/capabilities.ts';
import { clip } from '#protocol/clip.ts';
import { plainDetail } from '#protocol/detail.ts';
import type { AgentEvent, CutCause } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { RecallRequest } from '#protocol/recall.ts';
import type { Settings } from '#protocol/settings.ts';
import { maxMessageLength, recallingAttribute } from '#protocol/topics.ts';
import { Hearing } from '../gate/hearing.ts';
import { Notes } from '../skills/notes.ts';
import { pageActions } from '../skills/page-actions.ts';
import { pageCards } from '../skills/page-cards.ts';
import { Timers, type TimerState } from '../skills/timers.ts';
import { labelOf } from '../skills/timing.ts';
import { Sight } from '../sight/sight.ts';
import type { Briefing, Voice } from '../voice/voice.ts';
import { Announcements, type Opening } from './announcements.ts';
import { Answering } from './answering.ts';
import { Assistant } from './assistant.ts';
import { tellCuts } from './cut-replies.ts';
import { DocumentInbox } from './document-inbox.ts';
import { waitForWords } from './ending-words.ts';
import { EventChannel } from './event-channel.ts';
import { handedOver, lastReplyIn, remembering, saidIn } from './history.ts';
import { endWordsWithMicrophone } from './lost-microphone.ts';
import { LostReplies } from './lost-replies.ts';
import { areMadeUp } from './made-up-words.ts';
import { MicrophoneGate } from './microphone-gate.ts';
import type { ConversationOptions } from './options.ts';
import { unpublishTracks } from './own-tracks.ts';
import { areOwnWords } from './own-words.ts';
import { PageOfPerson } from './page.ts';
import { pageObserver } from './page-observer.ts';
import { PushToTalk } from './push-to-talk.ts';
import { Recollection } from './recollection.ts';
import { registerRemoteControl } from './remote-control.ts';
import { ReplyLog } from './reply-log.ts';
import { createSession, tellFailures, tellSpeech, tellUsage } from './session.ts';
import { Speeches } from './speeches.ts';
import { TimeZone } from './time-zone.ts';
import { Toolbox } from './toolbox.ts';
import { tellAnswering, toldGate } from './turn-report.ts';

/** One person and the assistant in a room, from the person's coming until the person's leaving. */
export class Conversation {
  /** Settles when the session is over, whoever ended it. */
  readonly ended: Promise<void>;

  readonly #options: ConversationOptions;
  readonly #session: voice.AgentSession;
  readonly #answering: Answering;
  readonly #events: EventChannel;
  readonly #replies = new ReplyLog();
  readonly #notes: Notes;
  readonly #timers: Timers;
  readonly #toolbox: Toolbox;
  readonly #gate = new MicrophoneGate();
  readonly #hearing: Hearing;
  readonly #sight: Sight;
  readonly #turns: PushToTalk;
  readonly #announcements: Announcements;
  readonly #recollection: Recollection;
  readonly #timeZone = new TimeZone();
  readonly #speeches = new Speeches();
  readonly #release: (() => void)[] = [];

  private constructor(options: ConversationOptions) {
    this.#options = options;
    const { room, participant, remembered, voices, log } = options;
    this.#events = new EventChannel(room, participant.identity, log);
    this.#notes = new Notes(remembered?.notes);
    this.#timers = new Timers({ now: () => new Date(), onRing: (timer) => void this.#ring(timer) });
    this.#release.push(() => this.#timers.close());
    this.#toolbox = this.#createToolbox();
    this.#session = createSession(voices.thinksAhead);
    this.#session.history.insert(remembering(remembered));
    this.#hearing = new Hearing({
      room,
      identity: participant.identity,
      session: this.#session,
      client: voices.engine,
      microphone: this.#gate,
      settingsOf: (speaker) =>
        this.#answering.voice === speaker ? this.#answering.settings : undefined,
      send: (event) => this.#send(event),
    });
    this.#answering = this.#createAnswering();
    this.#sight = new Sight({
      room,
      identity: participant.identity,
      session: this.#session,
      eyes: () => {
        const { voice: speaker } = this.#answering;
        return speaker.kind === 'realtime' ? speaker.eyes : undefined;
      },
      onError: (error) => log.warn({ error }, 'what is shared could not be shown'),
    });
    this.#announcements = new Announcements({
      session: this.#session,
      voices,
      answering: () => this.#answering,
      opening: () => this.#opening(),
    });
    this.#recollection = new Recollection({
      knowsAlready: remembered !== undefined,
      announced: participant.attributes[recallingAttribute] === 'true',
      onGivenUp: () => this.#announcements.open(),
    });
    this.#release.push(() => this.#recollection.close());
    this.#turns = new PushToTalk({
      session: this.#session,
      gate: this.#gate,
      voice: () => this.#answering.voice,
      mode: () => this.#answering.settings.mode,
      interrupt: () => this.#interrupt('speech'),
      renew: () => this.#answering.renew(),
      onSpeech: (phase) => this.#send({ type: 'user_speech', phase, atMs: Date.now() }),
    });
    this.ended = new Promise((resolve) => {
      this.#session.once(voice.AgentSessionEventTypes.Close, () => resolve());
    });
  }

  /** Resolves when the assistant listens. Rejects if the session cannot be started. */
  static async begin(options: ConversationOptions): Promise<Conversation> {
    const conversation = new Conversation(options);
    try {
      await conversation.#start();
      return conversation;
    } catch (error) {
      conversation.#releaseAll();
      throw error;
    }
  }

  /** Tells the page that something is wrong. */
  report(code: ProblemCode, detail: string): void {
    this.#send({ type: 'error', code, detail: plainDetail(detail), atMs: Date.now() });
  }

  /** Ends the session if it still runs, and lets go of all that the conversation holds. */
  async end(): Promise<void> {
    this.#remember();
    this.#releaseAll();
    await this.#session.close();
    await this.#answering.close();
    await unpublishTracks(this.#options.room);
  }

  async #start(): Promise<void> {
    const { room, participant, remembered, voices, outside, documents } = this.#options;
    const inbox = new DocumentInbox(documents);
    this.#follow();
    this.#release.push(this.#hearing.begin());
    this.#release.push(this.#sight.begin());
    this.#release.push(inbox.open(room, participant.identity));
    this.#release.push(
      endWordsWithMicrophone({
        room,
        identity: participant.identity,
        voice: () => this.#answering.voice,
      }),
    );
    this.#release.push(
      registerRemoteControl(room, participant.identity, {
        interrupt: ({ reason }) => this.#interrupt(reason),
        capabilities: (request) => this.#introduce(request),
        configure: (settings) => this.#answering.configure(settings),
        sample: (request) => this.#announcements.sample(request, () => this.#interrupt('button')),
        turn: (request) => this.#turns.act(request),
        avatar: (request) => this.#answering.showFace(request),
        recall: (request) => this.#recall(request),
        document: (request) => inbox.answer(request),
      }),
    );
    await this.#session.start({
      agent: this.#answering.assistant,
      room,
      record: false,
      inputOptions: {
        participantIdentity: participant.identity,
        textInputCallback: (_session, { text }) => this.#readMessage(text),
      },
      outputOptions: { audioSampleRate: voices.outputRateHz },
    });
    this.#turns.settle();
    this.#release.push(outside.onChange(() => void this.#answering.refreshTools()));
    this.#timers.restore(remembered?.timers ?? []);
    if (this.#answering.voice.kind === 'pipeline') this.#announcements.open();
    void this.#answering.confirm().then(() => this.#announcements.open());
  }

  #createToolbox(): Toolbox {
    const { skills, tools, outside, room, participant } = this.#options;
    const page = new PageOfPerson(room, participant.identity);
    const lastReply = (): string | undefined => lastReplyIn(this.#session.history);
    return new Toolbox({
      skills: [
        ...skills({
          timeZone: () => this.#timeZone.name,
          timers: this.#timers,
          notes: this.#notes,
          lastReply,
        }),
        ...pageActions({ page, lastReply }),
        ...pageCards(page),
      ],
      catalogue: tools,
      outside,
      send: (event) => this.#send(event),
    });
  }

  #createAnswering(): Answering {
    const { voices, remembered, settings, approvals, log } = this.#options;
    const lostReplies = new LostReplies({
      session: this.#session,
      speeches: this.#speeches,
      assistant: () => this.#answering.assistant,
    });
    return new Answering({
      voices,
      log,
      wanted: remembered?.settings ?? settings,
      session: this.#session,
      createAssistant: (speaker, under) => this.#createAssistant(speaker, under),
      briefing: (speaker, under) => this.#briefing(speaker, under),
      observer: (provider) =>
        pageObserver({
          provider,
          send: (event) => this.#send(event),
          onConnection: (state) =>
            void lostReplies.follow(state).catch((error: unknown) => {
              log.warn({ error }, 'a lost reply could not be asked for again');
            }),
          approve: (request) => approvals.allows(request),
          titleOf: (tool) => this.#toolbox.titleOf(tool),
        }),
      interrupt: () => {
        this.#announcements.expectSuccessor();
        return this.#interrupt('button');
      },
      onSeated: () => {
        this.#turns.settle();
        this.#sight.settle();
        this.#remember();
        this.#announcements.open();
      },
      onRefused: (reason) => this.report('settings_refused', reason),
      onReplaced: (how) => this.#tellProvider(how),
      onFallback: (name, { code, detail }) => {
        this.report(code, `${name}: ${detail}`);
        this.#announcements.carryOnWithout(name);
      },
    });
  }

  #createAssistant(speaker: Voice, settings: Settings): Assistant {
    return new Assistant({
      voice: speaker,
      mode: settings.mode,
      briefing: this.#briefing(speaker, settings),
      replies: this.#replies,
      speeches: this.#speeches,
      gate: this.#gate,
      ear: toldGate(this.#hearing.seat(speaker, settings), (event) => this.#send(event)),
      mayHaveSaid: (text) =>
        this.#hearing.mayHaveSaid(text) &&
        !areMadeUp(text) &&
        !areOwnWords(text, this.#replies.latest),
      onHeard: (message) => {
        this.#session.history.insert(message);
        this.#remember();
      },
    });
  }

  #briefing(speaker: Voice, { instructions: own, language, toolsOff }: Settings): Briefing {
    // The embedded engine hears and speaks English, whatever thinks in it.
    const instructions = this.#options.instructions(speaker.kind === 'pipeline' ? 'en' : language);
    const asked = `The person asks for this, which goes before what stands above:\n${own}`;
    return {
      instructions: own ? `${instructions}\n\n${asked}` : instructions,
      history: handedOver(this.#session.history, speaker.kind === 'pipeline'),
      tools: this.#toolbox.tools(toolsOff),
    };
  }

  /** Passes on to the page what the session reports. */
  #follow(): void {
    const { ConversationItemAdded } = voice.AgentSessionEventTypes;
    const send = (event: AgentEvent): void => this.#send(event);
    const voiceNow = (): Voice => this.#answering.voice;
    tellSpeech(this.#session, voiceNow, send);
    tellUsage(this.#session, voiceNow, send);
    tellAnswering(this.#session, voiceNow, send);
    tellCuts(this.#session, this.#replies, this.#speeches, send);
    this.#session.on(ConversationItemAdded, () => this.#remember());
    tellFailures(this.#session, this.#options.log, (code, detail) => this.report(code, detail));
  }

  async #interrupt(cause: CutCause): Promise<boolean> {
    const cut = this.#speeches.cutBy(cause);
    await this.#session.interrupt({ force: true }).await;
    return cut;
  }

  async #readMessage(text: string): Promise<void> {
    const message = text.trim().slice(0, maxMessageLength);
    if (!message) return;
    if (this.#answering.settings.mode === 'captions') {
      this.report('message_not_sent', 'Only captions are being made; nothing is answered.');
      return;
    }
    await this.#interrupt('message');
    if (await waitForWords(this.#session)) await this.#interrupt('message');
    await this.#sight.glance();
    // The page asks again what went down with an assistant before this one, who may have handed it on all the same.
    const said = saidIn(this.#session.history).at(-1);
    const isKnown = said?.role === 'user' && said.text === message;
    this.#session.generateReply(isKnown ? {} : { userInput: message });
  }

  #tellProvider(state: 'renewed' | 'switched'): void {
    const { provider, engine } = this.#answering.voice;
    this.#send({ type: 'provider', provider, state, detail: engine.name, atMs: Date.now() });
  }

  #introduce({ timeZone, provider }: CapabilitiesRequest): Capabilities {
    this.#timeZone.learn(timeZone);
    const { voices } = this.#options;
    const { voice: speaker, settings } = this.#answering;
    return {
      ...voices.describe(speaker, provider),
      tools: this.#toolbox.list(),
      settings,
      resumed: this.#recollection.state === 'known',
    };
  }

  #opening(): Opening | undefined {
    const { state } = this.#recollection;
    if (state === 'fresh') return { words: this.#options.greeting, counts: true };
    if (state !== 'known') return undefined;
    return { words: 'Welcome back. I remember what we were talking about.', counts: false };
  }

  /** Whatever answers is told by being seated anew: that works alike for the engine and for every provider. */
  async #recall(request: RecallRequest): Promise<boolean> {
    if (!this.#recollection.take(request, this.#session.history, this.#notes)) return false;
    await this.#answering.renew();
    this.#recollection.done();
    this.#announcements.open();
    return true;
  }

  async #ring(timer: TimerState): Promise<void> {
    this.#send({ type: 'timer_rang', label: clip(labelOf(timer), 120), atMs: Date.now() });
    this.#remember();
    // A ring that waits for the end of a long story is no ring.
    await this.#interrupt('timer');
    this.#announcements.ring(timer);
  }

  #remember(): void {
    this.#options.remember({
      said: saidIn(this.#session.history),
      notes: [...this.#notes.list()],
      timers: [...this.#timers.list()],
      settings: this.#answering.settings,
    });
  }

  #send(event: AgentEvent): void {
    this.#events.send(event);
  }

  #releaseAll(): void {
    for (const release of this.#release.splice(0).reverse()) release();
  }
}
