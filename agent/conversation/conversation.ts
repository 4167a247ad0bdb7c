import { voice, type llm, type stt, type tts } from '@livekit/agents';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { AgentEvent, CutCause } from '#protocol/events.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import { maxMessageLength } from '#protocol/topics.ts';
import type { ConversationMemory } from '../memory/room-memory.ts';
import { skillTitle } from '../skills/catalogue.ts';
import { Notes } from '../skills/notes.ts';
import type { ToolSet } from '../skills/skill.ts';
import { embeddedOffer } from '../voice/embedded-offer.ts';
import { Timers, type TimerState } from '../skills/timers.ts';
import { labelOf, sayRing } from '../skills/timing.ts';
import { Assistant, saidIn } from './assistant.ts';
import { EventChannel, clip, type EventLog } from './event-channel.ts';
import { registerRemoteControl } from './remote-control.ts';
import { ReplyLog, type CutReply } from './reply-log.ts';
import { reportTools } from './reported-tools.ts';
import { Speeches } from './speeches.ts';

/** What answers: the parts are made anew for each conversation. */
export interface Voice {
  readonly stt: stt.STT;
  readonly llm: llm.LLM;
  readonly tts: tts.TTS;
  /** Whether replies take so long to think of that they are begun before the turn has surely ended. */
  readonly thinksAhead: boolean;
  readonly engine: Capabilities['engine'];
  readonly languages: string[];
  /** The sound of a timer that rings, followed by these words. */
  ring(words: string): Parameters<voice.AgentSession['say']>[1];
}

export interface ConversationOptions {
  readonly room: Room;
  readonly participant: RemoteParticipant;
  readonly voice: Voice;
  readonly instructions: string;
  readonly greeting: string;
  readonly remembered: ConversationMemory | undefined;
  /** Called after each change with what would have to be remembered if the person left now. */
  readonly remember: (memory: ConversationMemory) => void;
  readonly skills: (context: ConversationContext) => ToolSet;
  readonly tools: Capabilities['tools'];
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
  readonly #assistant: Assistant;
  readonly #events: EventChannel;
  readonly #replies = new ReplyLog();
  readonly #notes: Notes;
  readonly #timers: Timers;
  #timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  readonly #speeches = new Speeches();
  #release: (() => void)[] = [];

  private constructor(options: ConversationOptions) {
    this.#options = options;
    const { room, participant, remembered } = options;
    this.#events = new EventChannel(room, participant.identity, options.log);
    this.#notes = new Notes(remembered?.notes);
    this.#timers = new Timers({ now: () => new Date(), onRing: (timer) => void this.#ring(timer) });
    this.#release.push(() => this.#timers.close());
    this.#assistant = this.#createAssistant();
    this.#session = createSession(options.voice);
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
    this.#events.send({ type: 'error', code, detail: clip(detail, 500), atMs: Date.now() });
  }

  /** Ends the session if it still runs, and lets go of all that the conversation holds. */
  async end(): Promise<void> {
    this.#remember();
    this.#releaseAll();
    await this.#session.close();
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
    const { room, participant, remembered, greeting } = this.#options;
    this.#follow();
    this.#release.push(
      registerRemoteControl(room, participant.identity, {
        interrupt: ({ reason }) => this.#interrupt(reason),
        capabilities: ({ timeZone }) => this.#introduce(timeZone),
      }),
    );
    await this.#session.start({
      agent: this.#assistant,
      room,
      record: false,
      inputOptions: {
        participantIdentity: participant.identity,
        textInputCallback: (_session, { text }) => this.#readMessage(text),
      },
      outputOptions: { audioSampleRate: this.#options.voice.tts.sampleRate },
    });
    this.#timers.restore(remembered?.timers.map((timer) => ({ ...timer, name: timer.name })) ?? []);
    const opening = remembered ? 'Welcome back. I remember what we were talking about.' : greeting;
    if (opening) this.#session.say(opening, { addToChatCtx: !remembered });
  }

  #createAssistant(): Assistant {
    const { skills, instructions, remembered } = this.#options;
    const tools = skills({
      timeZone: () => this.#timeZone,
      timers: this.#timers,
      notes: this.#notes,
      lastReply: () => this.#lastReply(),
    });
    const send = (event: AgentEvent): void => this.#events.send(event);
    return new Assistant({
      instructions,
      remembered,
      replies: this.#replies,
      speeches: this.#speeches,
      tools: reportTools(tools, skillTitle, send),
    });
  }

  /** Passes on to the page what the session reports. */
  #follow(): void {
    const {
      UserStateChanged,
      SpeechCreated,
      ConversationItemAdded,
      Error: Failed,
    } = voice.AgentSessionEventTypes;
    this.#session.on(UserStateChanged, ({ oldState, newState, createdAt }) => {
      const atMs = Math.round(createdAt);
      if (newState === 'speaking')
        this.#events.send({ type: 'user_speech', phase: 'started', atMs });
      else if (oldState === 'speaking') {
        this.#events.send({ type: 'user_speech', phase: 'stopped', atMs });
      }
    });
    this.#session.on(SpeechCreated, ({ speechHandle }) => {
      this.#speeches.add(speechHandle);
    });
    this.#session.on(ConversationItemAdded, ({ item }) => {
      if (item.type === 'message' && item.role === 'assistant') this.#settle(item);
      this.#remember();
    });
    this.#session.on(Failed, ({ error }) => {
      this.#options.log.warn({ error }, 'the session reported an error');
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
    this.#events.send({
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
    await this.#interrupt('message');
    this.#session.generateReply({ userInput: message });
  }

  #introduce(timeZone: string | undefined): Capabilities {
    if (timeZone && isTimeZone(timeZone)) this.#timeZone = timeZone;
    const { voice: parts, tools, remembered } = this.#options;
    return {
      engine: parts.engine,
      languages: parts.languages,
      tools,
      providers: [
        {
          id: 'embedded',
          name: parts.engine.name,
          description: parts.engine.description,
          runsLocally: parts.engine.runsLocally,
          missing: [],
        },
      ],
      offer: embeddedOffer(parts.engine.parts.thinking),
      settings: { provider: 'embedded' },
      resumed: remembered !== undefined,
    };
  }

  async #ring(timer: TimerState): Promise<void> {
    this.#events.send({ type: 'timer_rang', label: clip(labelOf(timer), 120), atMs: Date.now() });
    this.#remember();
    // A ring that waits for the end of a long story is no ring.
    await this.#interrupt('timer');
    const words = sayRing(timer);
    this.#session.say(words, this.#options.voice.ring(words));
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
    });
  }

  #releaseAll(): void {
    for (const release of this.#release.reverse()) release();
    this.#release = [];
  }
}

function createSession({ stt, llm, tts, thinksAhead }: Voice): voice.AgentSession {
  return new voice.AgentSession({
    stt,
    llm,
    tts,
    // The engine's own detector ends the turn, and its words interrupt; a second detector would only disagree.
    vad: null,
    turnHandling: {
      turnDetection: 'stt',
      endpointing: { minDelay: 0, maxDelay: 0 },
      interruption: { falseInterruptionTimeout: 1500, resumeFalseInterruption: true },
      preemptiveGeneration: { enabled: thinksAhead },
    },
    // By default nobody can cut in during the first three seconds; browsers cancel echo from the start.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    maxToolSteps: 5,
  });
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
