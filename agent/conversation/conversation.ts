import { voice, type llm } from '@livekit/agents';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { AvatarRequest, AvatarResponse } from '#protocol/avatar.ts';
import type { Capabilities, CapabilitiesRequest } from '#protocol/capabilities.ts';
import type { AgentEvent, CutCause } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { SampleRequest, Settings } from '#protocol/settings.ts';
import { maxMessageLength } from '#protocol/topics.ts';
import { Metering } from '../gate/metering.ts';
import type { ConversationMemory } from '../memory/room-memory.ts';
import { Notes } from '../skills/notes.ts';
import type { ToolSet } from '../skills/skill.ts';
import { Timers, type TimerState } from '../skills/timers.ts';
import { labelOf, sayRing } from '../skills/timing.ts';
import type { Loss } from '../voice/realtime-voice.ts';
import { readingOut } from '../voice/sample.ts';
import type { Voice } from '../voice/voice.ts';
import type { Voices } from '../voice/voices.ts';
import { Answering } from './answering.ts';
import type { Approvals } from './approvals.ts';
import { Assistant } from './assistant.ts';
import { EventChannel, clip, type EventLog } from './event-channel.ts';
import { handedOver, remembering, saidIn } from './history.ts';
import { MicrophoneGate } from './microphone-gate.ts';
import { pageObserver } from './page-observer.ts';
import { PushToTalk } from './push-to-talk.ts';
import { Impossible, registerRemoteControl } from './remote-control.ts';
import { ReplyLog, type CutReply } from './reply-log.ts';
import { createSession, tellSpeech, tellUsage } from './session.ts';
import { Speeches } from './speeches.ts';
import { Toolbox, type ChangingTools } from './toolbox.ts';

export interface ConversationOptions {
  readonly room: Room;
  readonly participant: RemoteParticipant;
  readonly voices: Voices;
  /** What is in effect where the person has not chosen otherwise. */
  readonly settings: Settings;
  readonly instructions: string;
  readonly greeting: string;
  readonly remembered: ConversationMemory | undefined;
  /** Called after each change with what would have to be remembered if the person left now. */
  readonly remember: (memory: ConversationMemory) => void;
  readonly skills: (context: ConversationContext) => ToolSet;
  readonly tools: Capabilities['tools'];
  /** The tools of outside servers. */
  readonly outside: ChangingTools;
  readonly approvals: Approvals;
  readonly log: EventLog;
}

/** What the skills may know and use of this conversation. */
export interface ConversationContext {
  readonly timeZone: () => string;
  readonly timers: Timers;
  readonly notes: Notes;
  readonly lastReply: () => string | undefined;
}

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
  readonly #metering: Metering;
  readonly #turns: PushToTalk;
  #timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  readonly #speeches = new Speeches();
  /** The first words, and whether they are behind us; a change of voice before their end has them said again. */
  #opening: voice.SpeechHandle | undefined;
  #opened = false;
  #release: (() => void)[] = [];

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
    this.#metering = new Metering({
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
    this.#send({ type: 'error', code, detail: clip(detail, 500), atMs: Date.now() });
  }

  /** Ends the session if it still runs, and lets go of all that the conversation holds. */
  async end(): Promise<void> {
    this.#remember();
    this.#releaseAll();
    await this.#session.close();
    await this.#answering.close();
    await this.#unpublish();
  }

  /** A session leaves its audio track behind; a person who comes back would find two. */
  async #unpublish(): Promise<void> {
    const { localParticipant, isConnected } = this.#options.room;
    if (!localParticipant || !isConnected) return;
    const tracks = [...localParticipant.trackPublications.keys()];
    await Promise.all(tracks.map((sid) => localParticipant.unpublishTrack(sid)));
  }

  async #start(): Promise<void> {
    const { room, participant, remembered, voices, outside } = this.#options;
    this.#follow();
    this.#release.push(this.#metering.begin());
    this.#release.push(
      registerRemoteControl(room, participant.identity, {
        interrupt: ({ reason }) => this.#interrupt(reason),
        capabilities: (request) => this.#introduce(request),
        configure: (settings) => this.#answering.configure(settings),
        sample: (request) => this.#sample(request),
        turn: ({ action }) => this.#turns.act(action),
        avatar: (request) => this.#showFace(request),
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
    this.#timers.restore(remembered?.timers.map((timer) => ({ ...timer, name: timer.name })) ?? []);
    if (this.#answering.voice.kind === 'pipeline') this.#open();
    void this.#answering.confirm().then(() => {
      if (!this.#opened) this.#open();
    });
  }

  #createToolbox(): Toolbox {
    const { skills, tools, outside } = this.#options;
    return new Toolbox({
      skills: skills({
        timeZone: () => this.#timeZone,
        timers: this.#timers,
        notes: this.#notes,
        lastReply: () => this.#lastReply(),
      }),
      catalogue: tools,
      outside,
      send: (event) => this.#send(event),
    });
  }

  #createAnswering(): Answering {
    const { voices, remembered, settings, approvals } = this.#options;
    return new Answering({
      voices,
      wanted: remembered?.settings ?? settings,
      session: this.#session,
      createAssistant: (speaker, under) => this.#createAssistant(speaker, under),
      instructionsUnder: (under) => this.#instructionsUnder(under),
      toolsUnder: ({ toolsOff }) => this.#toolbox.tools(toolsOff),
      observer: (provider) =>
        pageObserver({
          provider,
          send: (event) => this.#send(event),
          approve: (request) => approvals.allows(request),
          titleOf: (tool) => this.#toolbox.titleOf(tool),
        }),
      interrupt: () => {
        this.#opened &&= this.#opening?.done() ?? true;
        return this.#interrupt('button');
      },
      onSeated: () => {
        this.#turns.settle();
        this.#remember();
        if (!this.#opened) this.#open();
      },
      onReplaced: (how) => this.#tellProvider(how),
      onFallback: (name, loss) => this.#carryOn(name, loss),
    });
  }

  #createAssistant(speaker: Voice, settings: Settings): Assistant {
    return new Assistant({
      voice: speaker,
      mode: settings.mode,
      instructions: this.#instructionsUnder(settings),
      history: handedOver(this.#session.history, speaker.kind === 'pipeline'),
      replies: this.#replies,
      speeches: this.#speeches,
      gate: this.#gate,
      ear: speaker.kind === 'realtime' ? this.#metering.inFrontOf(speaker, settings) : this.#gate,
      tools: this.#toolbox.tools(settings.toolsOff),
      onHeard: (message) => {
        this.#session.history.insert(message);
        this.#remember();
      },
    });
  }

  #instructionsUnder({ instructions: own }: Settings): string {
    const { instructions } = this.#options;
    if (!own) return instructions;
    return `${instructions}\n\nThe person asks for this, which goes before what stands above:\n${own}`;
  }

  /** Passes on to the page what the session reports. */
  #follow(): void {
    const { SpeechCreated, ConversationItemAdded, Error: Failed } = voice.AgentSessionEventTypes;
    const voiceNow = (): Voice => this.#answering.voice;
    tellSpeech(this.#session, voiceNow, (event) => this.#send(event));
    tellUsage(this.#session, voiceNow, (event) => this.#send(event));
    this.#session.on(SpeechCreated, ({ speechHandle }) => {
      this.#speeches.add(speechHandle);
    });
    this.#session.on(ConversationItemAdded, ({ item }) => {
      if (item.type === 'message' && item.role === 'assistant') this.#settle(item);
      this.#remember();
    });
    this.#session.on(Failed, ({ error }) => {
      this.#options.log.warn({ error }, 'the session reported an error');
      // Providers tell of their problems themselves, in better words.
      if (error.type === 'realtime_model_error') return;
      const cause = 'error' in error ? error.error.message : String(error);
      this.report(error.type === 'llm_error' ? 'brain_unreachable' : 'engine_unavailable', cause);
    });
  }

  #settle(reply: llm.ChatMessage): void {
    const heard = reply.textContent ?? '';
    if (!reply.interrupted) {
      this.#replies.finish(heard);
      return;
    }
    const { cause, isPartial } = this.#speeches.endOf(reply);
    const cut: Partial<CutReply> = isPartial ? this.#replies.cut(heard) : { unheard: heard };
    this.#send({
      type: 'interrupted',
      by: cause,
      ...(cut.heard !== undefined && { heard: clip(cut.heard, 4000) }),
      unheard: clip(cut.unheard ?? '', 4000),
      atMs: Date.now(),
    });
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
    this.#session.generateReply({ userInput: message });
  }

  /** Says hello, or that it remembers. */
  #open(): void {
    this.#opened = true;
    const { remembered, greeting } = this.#options;
    const words = remembered ? 'Welcome back. I remember what we were talking about.' : greeting;
    if (!words || this.#answering.settings.mode === 'captions') return;
    this.#opening =
      this.#answering.voice.kind === 'pipeline'
        ? this.#session.say(words, { addToChatCtx: !remembered })
        : this.#session.generateReply({ instructions: readingOut(words), toolChoice: 'none' });
  }

  /** A provider is gone for good, and the embedded engine has taken its place. */
  #carryOn(name: string, { code, detail }: Loss): void {
    this.report(code, `${name}: ${detail}`);
    const words = `I have lost ${name}. I go on with what this machine can do by itself.`;
    this.#session.say(words, { addToChatCtx: false });
  }

  #tellProvider(state: 'renewed' | 'switched'): void {
    const { provider, engine } = this.#answering.voice;
    this.#send({ type: 'provider', provider, state, detail: engine.name, atMs: Date.now() });
  }

  #introduce({ timeZone, provider }: CapabilitiesRequest): Capabilities {
    if (timeZone && isTimeZone(timeZone)) this.#timeZone = timeZone;
    const { voices, remembered } = this.#options;
    const { voice: speaker, settings } = this.#answering;
    return {
      engine: speaker.engine,
      languages: speaker.languages,
      tools: this.#toolbox.list(),
      providers: voices.summaries(),
      offer: voices.offer(provider ?? speaker.provider),
      settings,
      resumed: remembered !== undefined,
    };
  }

  /** Lets a voice be heard, in place of whatever is being said. */
  async #sample({ provider, voice: name }: SampleRequest): Promise<void> {
    const { settings, refused } = this.#answering.trial(provider, name);
    if (refused[0]) throw new Impossible(refused[0].reason);
    const audio = await this.#options.voices.sample(settings, sampleSentence).catch(unobtainable);
    await this.#interrupt('button');
    this.#session.say(sampleSentence, { audio, addToChatCtx: false });
  }

  async #showFace({ clientSdp }: AvatarRequest): Promise<AvatarResponse> {
    const { voice: speaker } = this.#answering;
    const connect = speaker.kind === 'realtime' ? speaker.avatar : undefined;
    if (!connect) throw new Impossible('What answers now has no face to show.');
    return { serverSdp: await connect(clientSdp).catch(unobtainable) };
  }

  async #ring(timer: TimerState): Promise<void> {
    this.#send({ type: 'timer_rang', label: clip(labelOf(timer), 120), atMs: Date.now() });
    this.#remember();
    // A ring that waits for the end of a long story is no ring.
    await this.#interrupt('timer');
    const words = sayRing(timer);
    this.#session.say(words, { audio: this.#options.voices.ring(words) });
  }

  #lastReply(): string | undefined {
    return saidIn(this.#session.history).findLast(({ role }) => role === 'assistant')?.text;
  }

  #remember(): void {
    this.#options.remember({
      said: saidIn(this.#session.history),
      notes: [...this.#notes.list()],
      timers: this.#timers
        .list()
        .map(({ name, ...timer }) => ({ ...timer, ...(name && { name }) })),
      settings: this.#answering.settings,
    });
  }

  #send(event: AgentEvent): void {
    this.#events.send(event);
  }

  #releaseAll(): void {
    for (const release of this.#release.reverse()) release();
    this.#release = [];
  }
}

const sampleSentence = 'This is how I sound when I talk with you.';

function unobtainable(error: unknown): never {
  throw new Impossible(error instanceof Error ? error.message : String(error));
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
