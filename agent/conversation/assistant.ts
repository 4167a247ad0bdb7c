import { ReadableStream } from 'node:stream/web';
import { voice, type llm } from '@livekit/agents';
import type { Settings } from '#protocol/settings.ts';
import { LaughterEar } from '../gate/laughter.ts';
import type { Ear } from '../voice/guarded-model.ts';
import type { Briefing, Voice } from '../voice/voice.ts';
import type { MicrophoneGate } from './microphone-gate.ts';
import { withoutOverlap } from './overlap.ts';
import type { ReplyLog } from './reply-log.ts';
import type { Speeches } from './speeches.ts';
import { endingWith } from './stoppable-stream.ts';
import { dropUnheardSound } from './unheard-sound.ts';

const { AgentStateChanged } = voice.AgentSessionEventTypes;

interface AssistantOptions {
  readonly voice: Voice;
  readonly mode: Settings['mode'];
  readonly briefing: Briefing;
  readonly replies: ReplyLog;
  readonly speeches: Speeches;
  readonly gate: MicrophoneGate;
  /** What a provider that hears by itself hears; what comes through the gate, or less. */
  readonly ear: Ear;
  /** Whether words that were recognised over the assistant just now can be the person's. */
  readonly mayHaveSaid: (text: string) => boolean;
  /** Told what was heard where nothing is answered. */
  readonly onHeard: (message: llm.ChatMessage) => void;
}

type Spoken = Awaited<ReturnType<voice.Agent['ttsNode']>>;
type Written = Awaited<ReturnType<voice.Agent['transcriptionNode']>>;

/** The agent of the framework with one voice, whose replies are followed by the reply log. */
export class Assistant extends voice.Agent {
  /** Resolves when the session has handed over to this agent. */
  readonly entered: Promise<void>;
  readonly #options: AssistantOptions;
  #enter: () => void = () => undefined;
  #stopDoubting: () => void = () => undefined;

  constructor(options: AssistantOptions) {
    const { instructions, tools, history } = options.briefing;
    super({
      instructions,
      tools,
      chatCtx: history,
      ...modelsOf(options.voice),
      turnHandling: turnHandlingOf(options.voice, options.mode),
    });
    this.#options = options;
    if (options.voice.kind === 'realtime') options.voice.hearThrough(options.ear);
    this.entered = new Promise((resolve) => {
      this.#enter = resolve;
    });
  }

  override onEnter(): Promise<void> {
    dropUnheardSound(this, { recognises: this.#options.voice.kind === 'pipeline' });
    this.#stopDoubting = this.#doubtOverOneself();
    this.#enter();
    return Promise.resolve();
  }

  override onExit(): Promise<void> {
    this.#stopDoubting();
    return Promise.resolve();
  }

  override onUserTurnCompleted(_context: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    if (this.#options.mode !== 'captions') return Promise.resolve();
    this.#options.onHeard(message);
    return Promise.reject(new voice.StopResponse());
  }

  override async sttNode(
    audio: Parameters<voice.Agent['sttNode']>[0],
    settings: voice.ModelSettings,
  ): ReturnType<voice.Agent['sttNode']> {
    const laughter = new LaughterEar();
    const microphone = laughter.follow(this.#options.gate.through(asStream(audio)));
    const heard = await super.sttNode(microphone, settings);
    return (
      heard &&
      withoutOverlap(heard, {
        isAssistantSpeaking: () => this.session.agentState === 'speaking',
        mayHaveSaid: (text) => this.#options.mayHaveSaid(text) && !laughter.isHeard,
      })
    );
  }

  /** What is heard while it speaks may be a laugh or its echo. Returns the release. */
  #doubtOverOneself(): () => void {
    const { voice: speaker } = this.#options;
    if (speaker.kind === 'realtime') return () => undefined;
    const { session } = this;
    const doubt = (): void => speaker.doubt(session.agentState === 'speaking');
    doubt();
    session.on(AgentStateChanged, doubt);
    return () => session.off(AgentStateChanged, doubt);
  }

  /** The framework learns of an interruption only with the next sound, which a long sentence keeps back for seconds. */
  override async ttsNode(
    text: Parameters<voice.Agent['ttsNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Spoken> {
    const { interruption } = this.#options.speeches;
    const spoken = await super.ttsNode(this.#options.replies.follow(asStream(text)), settings);
    return spoken && endingWith(spoken, interruption);
  }

  /**
   * In agents 1.9.0 (performTTSInference) a cut reply leaves the stream of its timed words open: closing the audio
   * throws before the words are closed. Whoever reads them would wait, and the turn be settled seconds late.
   */
  override async transcriptionNode(
    text: Parameters<voice.Agent['transcriptionNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Written> {
    const { interruption } = this.#options.speeches;
    // The words of a provider that speaks by itself pass here alone.
    const { voice: speaker, replies } = this.#options;
    const source = speaker.kind === 'realtime' ? replies.follow(asStream(text)) : text;
    const written = await super.transcriptionNode(source, settings);
    return written && endingWith(written, interruption);
  }
}

function asStream<T>(source: ReadableStream<T> | AsyncIterable<T>): ReadableStream<T> {
  return source instanceof ReadableStream ? source : ReadableStream.from(source);
}

type AgentOptions = ConstructorParameters<typeof voice.Agent>[0];

function modelsOf(voice: Voice): Pick<AgentOptions, 'stt' | 'llm' | 'tts'> {
  return voice.kind === 'pipeline'
    ? { stt: voice.stt, llm: voice.llm, tts: voice.tts }
    : { stt: null, llm: voice.model, tts: null };
}

/** Whoever hears also finds the ends of turns; a second detector would only disagree. */
function turnHandlingOf(
  speaker: Voice,
  mode: Settings['mode'],
): NonNullable<AgentOptions['turnHandling']> {
  const held = mode === 'push-to-talk' && speaker.kind === 'realtime';
  const byProvider = held && speaker.pushToTalk === 'manual' ? 'manual' : 'realtime_llm';
  return {
    turnDetection: speaker.kind === 'pipeline' ? 'stt' : byProvider,
    endpointing: { minDelay: 0, maxDelay: 0 },
    interruption: {},
    preemptiveGeneration: {},
  };
}
