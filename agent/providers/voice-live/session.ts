import { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { AvatarLink } from './avatar.ts';
import { Brief } from './brief.ts';
import { liveChanges } from './changes.ts';
import { authorization, defaultApiVersion, sessionUrl } from './connection/endpoint.ts';
import { VoiceLiveError } from './connection/failure.ts';
import { Line, type HowUp } from './connection/line.ts';
import { Socket } from './connection/socket.ts';
import type { Generation } from './generation.ts';
import { guardedHooks } from './guarded-hooks.ts';
import { History } from './history.ts';
import { Incoming, type Parts } from './incoming.ts';
import { Input } from './input.ts';
import { McpCalls } from './mcp-calls.ts';
import {
  defaultTiming,
  type Hooks,
  type IceServer,
  type Timing,
  type VoiceLiveOptions,
} from './options.ts';
import { Replies } from './replies.ts';
import { hasRoom, type Picture } from '../eyes.ts';
import { shownItem } from '../shown-items.ts';
import { toMetrics } from './usage.ts';
import { UserTurns } from './user-turns.ts';
import type { ClientEvent } from './wire/client-events.ts';
import type { NewItem, WireItem } from './wire/items.ts';
import type { ServerEvent, WireResponse } from './wire/server-events.ts';
import { givesWordTimes, toWireSession, transcriptionOf, turnDetectionOf } from './wire/session.ts';

const connectionDetails: Readonly<Record<HowUp, string>> = {
  first: 'Connected to Azure Voice Live.',
  again: 'Connected to Azure Voice Live again; it has been told of the conversation.',
  renewed: 'A new session of Azure Voice Live has taken over.',
};

/** One conversation with the service, over one connection after another. */
export class VoiceLiveRealtimeSession extends llm.RealtimeSession {
  readonly #model: llm.RealtimeModel;
  readonly #onClosed: () => void;
  readonly #timing: Timing;
  readonly #parts: Parts;
  readonly #incoming: Incoming;
  readonly #line: Line;
  readonly #brief = new Brief();
  #options: VoiceLiveOptions;
  #hasSpoken = false;
  /** The socket that knows who we are and what was said. */
  #told: Socket | undefined;
  /** How the connection came about whose session the service has not confirmed yet. */
  #unaccepted: HowUp | undefined;
  /** The picture that the service has now. */
  #shown: string | undefined;
  #isClosed = false;

  constructor(model: llm.RealtimeModel, options: VoiceLiveOptions, onClosed: () => void) {
    super(model);
    this.#model = model;
    this.#options = options;
    this.#onClosed = onClosed;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#parts = this.#makeParts();
    this.#incoming = this.#makeIncoming();
    this.#line = new Line({
      open: (signal) => this.#open(signal),
      onUp: (socket, how) => this.#up(socket, how),
      onDown: (why) => this.#down(why),
      onFailure: (why, final) => this.#report(why, !final),
      isQuiet: () => this.#isQuiet(),
      renewAfterMs: this.#timing.renewAfterMs,
    });
  }

  override get chatCtx(): llm.ChatContext {
    return this.#parts.history.chatCtx;
  }

  override get tools(): llm.ToolContext {
    return this.#brief.tools;
  }

  get avatarIceServers(): readonly IceServer[] {
    return this.#parts.avatar.iceServers;
  }

  override updateInstructions(instructions: string): Promise<void> {
    this.#send({ type: 'session.update', session: this.#brief.instruct(instructions) });
    return Promise.resolve();
  }

  override updateChatCtx(chatCtx: llm.ChatContext): Promise<void> {
    return this.#parts.history.update(chatCtx);
  }

  override updateTools(tools: llm.ToolContext): Promise<void> {
    this.#brief.equip(tools);
    this.#sendTools();
    return Promise.resolve();
  }

  override updateOptions({ toolChoice }: { toolChoice?: llm.ToolChoice | null }): void {
    const session = this.#brief.choose(toolChoice);
    if (session) this.#send({ type: 'session.update', session });
  }

  override pushAudio(frame: AudioFrame): void {
    if (!this.#isClosed) this.#parts.input.push(frame, turnDetectionOf(this.#options) === null);
  }

  override commitAudio(): Promise<void> {
    this.#parts.input.commit();
    return Promise.resolve();
  }

  override clearAudio(): Promise<void> {
    this.#parts.input.clear();
    return Promise.resolve();
  }

  /** Rejects with a `RealtimeError` where no reply begins. */
  override generateReply(
    instructions?: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<llm.GenerationCreatedEvent> {
    if (this.#isClosed) return Promise.reject(new llm.RealtimeError('The session is closed.'));
    if (this.#options.answer === 'none')
      return Promise.reject(new llm.RealtimeError('This session only writes down what is said.'));
    const whole = this.#brief.instructionsFor(instructions);
    return this.#parts.replies.ask(whole ? { instructions: whole } : {}, signal);
  }

  override interrupt(): Promise<void> {
    this.#parts.replies.interrupt();
    // A reply that was made to its end is still being performed.
    if (this.#options.avatar) this.#send({ type: 'output_audio_buffer.clear' });
    return Promise.resolve();
  }

  override truncate(cut: {
    messageId: string;
    audioEndMs: number;
    audioTranscript?: string;
  }): Promise<void> {
    const { messageId, audioEndMs, audioTranscript } = cut;
    if (this.#serviceCuts) this.#parts.history.said(messageId, audioTranscript ?? '');
    else
      this.#parts.history.cut({
        messageId,
        heardMs: Number.isFinite(audioEndMs) ? audioEndMs : 0,
        heardText: audioTranscript,
      });
    return Promise.resolve();
  }

  /** Has this text spoken as it stands; it is told as a generation that the service began. */
  say(text: string): void {
    this.#parts.replies.askForAll({
      pre_generated_assistant_message: {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text }],
      },
    });
  }

  /** Puts an item into the conversation without asking for a reply. Rejects with a `RealtimeError`. */
  addItem(item: NewItem): Promise<void> {
    return this.#parts.history.add(item);
  }

  deleteItem(id: string): Promise<void> {
    return this.#parts.history.delete(id);
  }

  /** As the service has it, with all of its fields. */
  retrieveItem(id: string): Promise<WireItem> {
    return this.#parts.history.retrieve(id);
  }

  /** Shows a picture in place of the one before: each that stays is paid for again with every reply. */
  see(picture: Picture): void {
    if (!this.#told || !hasRoom(this.#told)) return;
    const item = shownItem(picture);
    void this.addItem(item).catch(() => undefined);
    this.forget();
    this.#shown = item.id;
  }

  /** Takes the picture back. */
  forget(): void {
    if (this.#shown) void this.deleteItem(this.#shown).catch(() => undefined);
    this.#shown = undefined;
  }

  /** Both descriptions are base64. */
  connectAvatar(clientSdp: string): Promise<string> {
    return this.#parts.avatar.connect(clientSdp);
  }

  /** Whether these options can be put into effect as it runs. */
  takes(options: VoiceLiveOptions): boolean {
    return liveChanges(this.#options, options, this.#hasSpoken) !== undefined;
  }

  update(options: VoiceLiveOptions): void {
    const changes = liveChanges(this.#options, options, this.#hasSpoken);
    if (!changes) return;
    this.#options = options;
    if (Object.keys(changes.session).length > 0)
      this.#send({ type: 'session.update', session: changes.session });
    if (changes.areToolsChanged) this.#sendTools();
  }

  override async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#told = undefined;
    this.#line.close();
    this.#parts.replies.close();
    this.#parts.history.lost();
    this.#parts.avatar.lost();
    this.#parts.mcp.lost();
    this.#parts.input.close();
    this.#onClosed();
    await super.close();
  }

  get #serviceCuts(): boolean {
    const detection = turnDetectionOf(this.#options);
    return (
      detection !== null && detection.type !== 'semantic_vad' && detection.autoTruncate === true
    );
  }

  #makeParts(): Parts {
    const send = (event: ClientEvent) => this.#send(event);
    const isTold = () => this.#told !== undefined;
    const replies = new Replies({
      send,
      replyTimeoutMs: this.#timing.replyTimeoutMs,
      stallTimeoutMs: this.#timing.stallTimeoutMs,
      setup: () => ({
        outputFormat: this.#options.outputFormat ?? 'pcm16',
        wordTimes: givesWordTimes(this.#options),
        modalities: this.#model.capabilities.audioOutput ? ['audio', 'text'] : ['text'],
      }),
      onGeneration: (event) => {
        this.#hasSpoken = true;
        this.emit('generation_created', event);
      },
      onTimeout: () =>
        this.#report(
          new VoiceLiveError('service', 'Azure Voice Live did not answer in time.'),
          true,
        ),
    });
    const history = new History({
      send,
      isTold,
      isKept: (id) => replies.isMaking(id),
    });
    return {
      replies,
      history,
      input: new Input({ format: this.#options.inputFormat ?? 'pcm16', send, isTold }),
      turns: new UserTurns(),
      avatar: new AvatarLink(send),
      mcp: new McpCalls({
        send,
        hooks: () => this.#hooks,
        isReplyRunning: () => replies.isRunning,
        retrieve: (itemId) => history.retrieve(itemId),
        onResults: () => replies.askForAll(),
      }),
    };
  }

  #makeIncoming(): Incoming {
    return new Incoming(this.#parts, {
      speechStarted: () => this.emit('input_speech_started', {}),
      speechStopped: () => this.#emitSpeechStopped(transcriptionOf(this.#options) !== null),
      transcribed: (event) => this.emit('input_audio_transcription_completed', event),
      replyDone: (response, generation) => this.#emitMetrics(response, generation),
      report: (problem) => this.#report(problem, true),
      hooks: () => this.#hooks,
      turnEnds: () => {
        if (turnDetectionOf(this.#options) === null) return 'left';
        return this.#options.answer === 'none' ? 'found' : 'answered';
      },
    });
  }

  get #hooks(): Hooks {
    return guardedHooks(this.#options.hooks ?? {}, (error) =>
      this.logger.warn({ error }, 'a hook of the Voice Live session threw'),
    );
  }

  /** An avatar's video belongs to its session, so it would be seen to go. */
  #isQuiet(): boolean {
    const { replies, input, mcp } = this.#parts;
    return replies.isIdle && !input.isSpeaking && !mcp.isBusy && !this.#options.avatar;
  }

  async #open(signal: AbortSignal): Promise<Socket> {
    const { endpoint, apiVersion = defaultApiVersion, model, credential } = this.#options;
    return Socket.open({
      url: sessionUrl(endpoint, apiVersion, model),
      headers: await authorization(credential),
      connectTimeoutMs: this.#timing.connectTimeoutMs,
      heartbeatMs: this.#timing.heartbeatMs,
      onEvent: (event, socket) => this.#receive(event, socket),
      onMalformed: (detail) =>
        this.#report(new VoiceLiveError('service', `Azure Voice Live sent ${detail}.`), true),
      signal,
    });
  }

  #receive(event: ServerEvent, socket: Socket): void {
    // A socket that was replaced may still have something to say about what it knew.
    if (socket !== this.#told || this.#isClosed) return;
    try {
      if (event.type === 'session.updated') this.#accepted();
      this.#incoming.handle(event);
    } catch (error) {
      this.logger.error(
        { error, type: event.type },
        'an event of Azure Voice Live was not handled',
      );
    }
  }

  #up(socket: Socket, how: HowUp): void {
    // It is not told to the next connection: a newer one will be.
    this.forget();
    this.#told = socket;
    this.#send({
      type: 'session.update',
      session: {
        ...toWireSession(this.#options),
        ...this.#brief.whole(this.#options),
      },
    });
    const { history, input, replies } = this.#parts;
    const asksAgain = input.isUnanswered && replies.isIdle;
    history.retell();
    input.resend();
    replies.resend();
    if (asksAgain) replies.askForAll();
    this.#unaccepted = how;
    if (how !== 'first') this.emit('session_reconnected', {});
  }

  /** The service has agreed to what it was told of the session. */
  #accepted(): void {
    const how = this.#unaccepted;
    if (!how) return;
    this.#unaccepted = undefined;
    this.#hooks.onConnection?.(how === 'renewed' ? 'renewed' : 'connected', connectionDetails[how]);
  }

  #down(why: VoiceLiveError): void {
    this.#told = undefined;
    const { input, turns, replies, history, avatar, mcp } = this.#parts;
    if (input.isSpeaking) this.#emitSpeechStopped(false);
    input.lost();
    turns.lost();
    replies.lost();
    history.lost();
    avatar.lost();
    mcp.lost();
    this.#hooks.onConnection?.('reconnecting', why.message);
    this.#report(why, true);
  }

  #send(event: ClientEvent): void {
    this.#told?.send(event);
  }

  #sendTools(): void {
    const tools = this.#brief.wireTools(this.#options);
    this.#send({ type: 'session.update', session: { tools } });
  }

  #emitSpeechStopped(userTranscriptionEnabled: boolean): void {
    this.emit('input_speech_stopped', { userTranscriptionEnabled });
  }

  #emitMetrics(response: WireResponse, generation: Generation): void {
    const { model } = this.#model;
    const provider = this.#model.provider;
    this.emit(
      'metrics_collected',
      toMetrics(response, generation, { label: this.#model.label(), name: model, provider }),
    );
  }

  /** An error without a listener would end the process; one that is not recoverable ends the agent's session. */
  #report(problem: VoiceLiveError, recoverable: boolean): void {
    this.#hooks.onProblem?.(problem);
    if (this.listenerCount('error') === 0) return;
    this.emit('error', {
      type: 'realtime_model_error',
      timestamp: Date.now(),
      label: this.#model.label(),
      error: problem,
      recoverable,
    } satisfies llm.RealtimeModelError);
  }
}
