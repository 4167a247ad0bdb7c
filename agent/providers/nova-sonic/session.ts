import { llm } from '@livekit/agents';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { AudioFrame } from '@livekit/rtc-node';
import { setTimeout as delay } from 'node:timers/promises';
import { AwaitedReply } from './awaited-reply.ts';
import type { Opening } from './connection.ts';
import { bedrockClient } from './credentials.ts';
import { NovaSonicError } from './errors.ts';
import type { Generation } from './generation.ts';
import { notes, packHistory } from './history.ts';
import { Lifeline, type LifelineListener, type OpenedAs } from './lifeline.ts';
import { Memory } from './memory.ts';
import { Microphone } from './microphone.ts';
import type { NovaSonicRealtimeModel } from './model.ts';
import { OpenQuestion } from './open-question.ts';
import { PendingTools } from './pending-tools.ts';
import { systemPrompt } from './system-prompt.ts';
import { toolChoiceFor, toolResult, toolSpecs } from './tools.ts';
import { TurnTracker, type TurnListener } from './turns.ts';
import { goOnAfter, UnfinishedReply } from './unfinished-reply.ts';
import { UsageMeter } from './usage.ts';
import type { OutputEvent } from './wire/output-events.ts';

const tickMs = 80;
/** Speech that the service has left unanswered for so long will not be answered, in ms. */
const forgottenMs = 6000;
/** Usage comes in many small reports; they are told when none has come for so long, in ms. */
const usageSettledMs = 400;
/** Asks for a reply where nobody has said anything to reply to. */
const goOn = 'Please go on.';
const interruptedTool = 'The person interrupted before there was a result.';

/** One conversation with Nova Sonic, over as many connections as it takes. */
export class NovaSonicSession extends llm.RealtimeSession {
  readonly #model: NovaSonicRealtimeModel;
  readonly #client: BedrockRuntimeClient;
  readonly #lifeline: Lifeline;
  readonly #memory = new Memory();
  readonly #usage = new UsageMeter();
  readonly #tools = new PendingTools();
  /** Calls made on a connection that is gone: their results are told to the next one in words. */
  readonly #orphans = new PendingTools();
  readonly #onClosed: () => void;
  readonly #microphone: Microphone;
  readonly #ticker: NodeJS.Timeout;
  #turns: TurnTracker;
  #instructions = '';
  #toolContext = llm.ToolContext.empty();
  #toolChoice: ReturnType<typeof toolChoiceFor>;
  #started = false;
  #closed = false;
  readonly #question = new OpenQuestion();
  readonly #unfinished = new UnfinishedReply((reply) => this.#replied(reply));
  #newWords: string[] = [];
  #awaited: AwaitedReply | undefined;
  #lastReply: Generation | undefined;
  #restingSinceMs: number | undefined;

  constructor(model: NovaSonicRealtimeModel, onClosed: () => void) {
    super(model);
    this.#model = model;
    this.#onClosed = onClosed;
    this.#client = bedrockClient(model.options);
    this.#lifeline = new Lifeline(this.#client, model.model, model.limits, this.#connections);
    this.#turns = new TurnTracker(this.#conversation);
    this.#microphone = new Microphone((pcm) => {
      const forgotten = this.#microphone.quietMs > forgottenMs && this.#turns.idle;
      this.#lifeline.audio(pcm, forgotten);
    });
    this.#ticker = setInterval(() => this.#tick(), tickMs);
  }

  override get chatCtx(): llm.ChatContext {
    return this.#memory.chatCtx;
  }

  override get tools(): llm.ToolContext {
    return this.#toolContext.copy();
  }

  override updateInstructions(instructions: string): Promise<void> {
    if (instructions !== this.#instructions) this.settingsChanged();
    this.#instructions = instructions;
    return Promise.resolve();
  }

  override updateChatCtx(chatCtx: llm.ChatContext): Promise<void> {
    const { words, results, rewritten } = this.#memory.update(chatCtx);
    if (!this.#started) return Promise.resolve();
    this.#newWords.push(...words);
    for (const { callId, output, isError } of results) {
      this.#answerTool(callId, toolResult(output, isError));
    }
    if (rewritten) this.#lifeline.wantRenewal();
    return Promise.resolve();
  }

  /** The framework calls this last at the start: with the tools everything is known that a connection begins with. */
  override updateTools(tools: llm.ToolContext): Promise<void> {
    const same = this.#toolContext.equals(tools);
    this.#toolContext = tools;
    if (this.#started && !same) this.#lifeline.wantRenewal();
    if (!this.#started) this.#lifeline.start();
    this.#started = true;
    return Promise.resolve();
  }

  override updateOptions({ toolChoice }: { toolChoice?: llm.ToolChoice | null }): void {
    const choice = toolChoiceFor(toolChoice ?? null);
    if (JSON.stringify(choice) !== JSON.stringify(this.#toolChoice)) this.settingsChanged();
    this.#toolChoice = choice;
  }

  /** The next connection is to be told other settings. */
  settingsChanged(): void {
    this.#lifeline.wantRenewal();
  }

  override pushAudio(frame: AudioFrame): void {
    if (!this.#closed) this.#microphone.push(frame);
  }

  override async generateReply(
    instructions?: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<llm.GenerationCreatedEvent> {
    this.#awaited?.fail('Another reply was asked for.');
    const words = this.#newWords.splice(0);
    const prompt = [...words, instructions ?? ''].filter(Boolean).join('\n\n');
    const awaited = new AwaitedReply(this.#model.limits.replyMs, () => this.#unanswered(awaited));
    this.#awaited = awaited;
    signal?.addEventListener('abort', () => this.#giveUp(awaited), { once: true });
    if (this.#turns.idle && this.#tools.size === 0) await this.#lifeline.renewIfWanted();
    if (this.#awaited === awaited) {
      this.#question.ask(prompt || goOn, { said: words.length > 0 && !instructions });
      this.#ask();
    }
    return awaited.promise;
  }

  /** The service finds the ends of turns by itself. */
  override commitAudio(): Promise<void> {
    return Promise.resolve();
  }

  /** What was sent cannot be taken back; it is only not said again to another connection. */
  override clearAudio(): Promise<void> {
    this.#lifeline.forget();
    return Promise.resolve();
  }

  /** Ends the reply here: there is no event for it on the wire. */
  override interrupt(): Promise<void> {
    this.#question.clear();
    this.#orphans.clear();
    this.#unfinished.drop();
    if (this.#awaited) this.#giveUp(this.#awaited);
    else if (this.#tools.size > 0) this.#dropReply();
    else if (this.#turns.interrupt()) this.#lifeline.wantRenewal();
    this.#tools.expire(this.#model.limits.toolGraceMs, (callId) => {
      this.#lifeline.connection?.sendToolResult(callId, toolResult(interruptedTool, true));
    });
    return Promise.resolve();
  }

  /** The next connection is told that no more than this was said. */
  override truncate({
    messageId,
    audioTranscript,
  }: {
    messageId: string;
    audioEndMs: number;
    modalities?: ('text' | 'audio')[];
    audioTranscript?: string;
  }): Promise<void> {
    if (audioTranscript !== undefined) this.#memory.cut(messageId, audioTranscript);
    return Promise.resolve();
  }

  override async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#turns.abandon();
    this.#unfinished.drop();
    this.#awaited?.fail('The session is over.');
    this.#tools.clear();
    this.#orphans.clear();
    this.#tellUsage();
    this.#microphone.close();
    this.#onClosed();
    await super.close();
    const ended = this.#lifeline.close().finally(() => this.#client.destroy());
    await Promise.race([ended, delay(500)]);
  }

  #tick(): void {
    this.#microphone.fill();
    this.#turns.tick();
    if (this.#unfinished.expire()) this.#question.clear();
    if (this.#tools.size === 0) this.#question.expire();
    const resting =
      this.#turns.idle &&
      !this.#unfinished.reply &&
      this.#tools.size === 0 &&
      !this.#awaited &&
      this.#question.text === undefined;
    if (!resting) this.#restingSinceMs = undefined;
    else this.#restingSinceMs ??= performance.now();
    const restingMs = performance.now() - (this.#restingSinceMs ?? performance.now());
    const { quietMs } = this.#microphone;
    if (resting && this.#memory.isMisbelieved) this.#lifeline.wantRenewal();
    this.#lifeline.tick({ restingMs, quietMs, replying: this.#turns.replying });
    if (this.#turns.idle && (this.#usage.settledMs ?? 0) > usageSettledMs) this.#tellUsage();
  }

  #opening(): Opening {
    this.#leaveConnection();
    const { voice, endpointingSensitivity, language, ...inference } = this.#model.settings;
    const chatCtx = this.#memory.chatCtx;
    this.#memory.told();
    const history = packHistory(chatCtx);
    // The question is asked again after the audio has begun: history is not answered.
    if (this.#question.said && history.at(-1)?.role === 'USER') history.pop();
    return {
      inference,
      sensitivity: endpointingSensitivity,
      voice,
      system: systemPrompt(this.#instructions, notes(chatCtx), language),
      tools: toolSpecs(this.#toolContext),
      toolChoice: this.#toolChoice,
      history,
    };
  }

  /** What is being said goes on with the next connection, which is asked to. */
  #leaveConnection(): void {
    const reply = this.#turns.release();
    if (!reply) {
      this.#turns.abandon();
      return;
    }
    this.#unfinished.keep(reply);
    this.#memory.replied(reply);
    this.#memory.cut(reply.id, reply.voiced);
    // Where no word was heard yet, the question itself is put again.
    if (reply.voiced || this.#question.text === undefined) {
      this.#question.ask(goOnAfter(reply.voiced), { said: false });
    }
  }

  #replied(generation: Generation): void {
    this.#memory.replied(generation);
    // A reply that called a tool owes the answer still.
    if (generation.firstAudioMs >= 0) this.#question.clear();
  }

  /** Puts the open question to the connection that there is. Without one it is put to the next. */
  #ask(): void {
    const { connection } = this.#lifeline;
    const { text } = this.#question;
    if (text === undefined || !connection || this.#orphans.size > 0) return;
    this.#turns.typed(text);
    connection.sendText(text);
  }

  #answerTool(callId: string, result: string): void {
    if (this.#tools.settle(callId) !== undefined) {
      this.#question.touch();
      this.#lifeline.connection?.sendToolResult(callId, result);
      return;
    }
    const orphan = this.#orphans.settle(callId);
    if (orphan === undefined) return;
    this.#question.add(`(${orphan} was run for this and says: ${result})`);
    this.#ask();
  }

  #giveUp(awaited: AwaitedReply): void {
    if (this.#awaited !== awaited) return;
    this.#awaited = undefined;
    this.#question.clear();
    awaited.fail('The reply was interrupted before it began.');
    this.#dropReply();
  }

  /** The reply that is to come is not wanted; the model will make it, and believe that it was heard. */
  #dropReply(): void {
    this.#turns.discard();
    this.#lifeline.wantRenewal();
  }

  #unanswered(awaited: AwaitedReply): void {
    if (this.#awaited !== awaited) return;
    this.#giveUp(awaited);
    const message = 'Amazon Nova Sonic gave no reply in time.';
    this.#report(new NovaSonicError('failed', message, { retryable: true }), true);
  }

  #report(error: NovaSonicError, recoverable: boolean): void {
    this.logger.warn({ kind: error.kind, recoverable }, error.message);
    this.#model.options.onProblem?.(error);
    if (this.listenerCount('error') === 0) return;
    const label = this.#model.label();
    const event: llm.RealtimeModelError = {
      type: 'realtime_model_error',
      timestamp: Date.now(),
      label,
      error,
      recoverable,
    };
    this.emit('error', event);
  }

  #tellUsage(): void {
    if (this.#usage.settledMs === undefined) return;
    const { model } = this.#model;
    const metrics = this.#usage.take(this.#lastReply, this.#model.label(), model);
    this.emit('metrics_collected', metrics);
  }

  readonly #connections: LifelineListener = {
    opening: () => this.#opening(),
    opened: () => {
      this.#leaveConnection();
      this.#tools.moveTo(this.#orphans);
      this.#turns = new TurnTracker(this.#conversation, {
        user: this.#turns.userItemId,
        reply: this.#unfinished.resume(),
      });
      this.#ask();
    },
    accepted: (as) => this.#accepted(as),
    event: (event: OutputEvent) => this.#turns.handle(event),
    malformed: (reason) =>
      this.logger.warn({ reason }, 'left out a malformed event of the service'),
    usage: ({ totals }, connection) => this.#usage.collect(totals, connection),
    failed: (error, failures, retryInMs) => {
      this.#leaveConnection();
      this.#tools.moveTo(this.#orphans);
      if (retryInMs === undefined) {
        this.#unfinished.drop();
        this.#awaited?.fail(error.message);
        this.#awaited = undefined;
        this.#report(error, false);
        return;
      }
      this.#model.options.onConnection?.('reconnecting', error.message);
      // A loss that the next try mends is not worth a word to the person.
      if (failures > 1 || error.kind === 'limited' || !error.retryable) this.#report(error, true);
    },
  };

  #accepted(as: OpenedAs): void {
    const { onConnection } = this.#model.options;
    if (as === 'renewed') onConnection?.('renewed', 'A new connection has taken over.');
    else onConnection?.('connected', this.#model.model);
    if (as !== 'first') this.emit('session_reconnected', {});
  }

  readonly #conversation: TurnListener = {
    userStarted: () => {
      this.#question.clear();
      this.emit('input_speech_started', {});
    },
    userSaid: (itemId, transcript) => {
      this.emit('input_audio_transcription_completed', { itemId, transcript, isFinal: false });
    },
    userFinished: (itemId, transcript) => {
      this.#memory.userSaid(itemId, transcript);
      if (transcript) this.#question.ask(transcript, { said: true });
      this.emit('input_speech_stopped', { userTranscriptionEnabled: transcript !== '' });
      if (!transcript) return;
      this.emit('input_audio_transcription_completed', { itemId, transcript, isFinal: true });
    },
    replyIsAwaited: () => this.#awaited !== undefined,
    generationOpened: (generation) => {
      this.#tellUsage();
      this.#lifeline.answered();
      this.#lastReply = generation;
      const { event } = generation;
      this.#awaited?.begin(event);
      this.#awaited = undefined;
      this.emit('generation_created', event);
    },
    generationClosed: (generation) => this.#replied(generation),
    pieceEnded: () => {
      if (this.#lifeline.replyPauses()) this.#leaveConnection();
    },
    toolCalled: (callId, name) => this.#tools.called(callId, name),
    toolRefused: (callId) => {
      this.#lifeline.connection?.sendToolResult(callId, toolResult(interruptedTool, true));
    },
  };
}
