import { z } from 'zod';

/** What listening takes: mono PCM at this rate. */
export const listeningRateHz = 16_000;
/** What speaking gives: mono PCM at this rate. */
export const speakingRateHz = 22_050;

/** A text to speak may have this many characters. */
export const maxSpeechCharacters = 20_000;

/** Chosen by the client, unique among its open requests. */
const id = z.number().int().nonnegative();
/** A position in the audio of the stream, in ms since its first sample. */
const positionMs = z.number().nonnegative();
const silenceMs = z.number().int().min(50).max(10_000);

/** How much silence ends a turn, by how finished its words read. All in ms; what is left out keeps its default. */
const endpointing = z.strictObject({
  completeSilenceMs: silenceMs.optional(),
  openSilenceMs: silenceMs.optional(),
  incompleteSilenceMs: silenceMs.optional(),
});
export type EndpointingOptions = z.infer<typeof endpointing>;

/** Words in which a doubting recogniser has at least this much confidence were said. */
export const surelyHeard = 0.55;

/** Client → engine. `audio` carries PCM at `listeningRateHz` as its payload; the others carry none. */
export const request = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('listen'),
    id,
    endpointing: endpointing.optional(),
    /** False: tells only when somebody speaks. */
    words: z.boolean().optional(),
  }),
  z.strictObject({ op: z.literal('audio'), id }),
  /** Ends the utterance now, without waiting for silence. */
  z.strictObject({ op: z.literal('flush'), id }),
  /** Nobody has spoken at the microphone for so long, in ms, though the sound of that may still be on its way. */
  z.strictObject({ op: z.literal('quiet'), id, forMs: z.number().nonnegative() }),
  /**
   * From now on words may well be a laugh or an echo: they are recognised more than once, until those of an utterance prove
   * to be words; or no longer.
   */
  z.strictObject({ op: z.literal('doubt'), id, on: z.boolean() }),
  /** No more audio will come: what is pending is finished, then the stream is `done`. */
  z.strictObject({ op: z.literal('end'), id }),
  z.strictObject({
    op: z.literal('synthesize'),
    id,
    text: z.string().max(maxSpeechCharacters),
    /** 1 is the voice's own pace; 2 is twice as fast. */
    speed: z.number().min(0.5).max(2),
  }),
  /** Stops a `listen` or a `synthesize` for good; nothing more is heard of it. */
  z.strictObject({ op: z.literal('cancel'), id }),
  z.strictObject({ op: z.literal('status'), id }),
]);
export type EngineRequest = z.infer<typeof request>;

const heardWords = {
  text: z.string(),
  startMs: positionMs,
  endMs: positionMs,
  /** In the words; 1 where nobody doubts them. */
  confidence: z.number().min(0).max(1),
};

const listeningEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('speech_started'), atMs: positionMs }),
  /** The words so far; each replaces the one before. */
  z.object({ type: z.literal('interim'), ...heardWords }),
  /** Probably the whole utterance, though the silence is still short; speech that resumes takes it back. */
  z.object({ type: z.literal('preflight'), ...heardWords }),
  /** Words that will not change any more. Never empty; noise has none. */
  z.object({ type: z.literal('final'), ...heardWords }),
  /** `atMs` is where the speech ended, `decidedAtMs` where the audio stood when that was settled. */
  z.object({ type: z.literal('speech_stopped'), atMs: positionMs, decidedAtMs: positionMs }),
]);
export type HeardEvent = z.infer<typeof listeningEvent>;

const status = z.object({
  pid: z.number().int(),
  upMs: z.number(),
  /** How long the models took to load, in ms. */
  loadMs: z.number(),
  models: z.object({ recogniser: z.string(), voice: z.string(), detector: z.string() }),
  clients: z.number().int(),
  /** Open listening streams over all clients. */
  listening: z.number().int(),
  /** Jobs that wait for their turn. */
  waiting: z.object({ recogniser: z.number().int(), voice: z.number().int() }),
  residentBytes: z.number(),
});
export type EngineStatus = z.infer<typeof status>;

/** Engine → client. `audio` carries PCM at `speakingRateHz` as its payload; the others carry none. */
export const reply = z.discriminatedUnion('op', [
  /** The first message on every connection: the models are loaded. */
  z.object({ op: z.literal('ready') }),
  z.object({ op: z.literal('heard'), id, event: listeningEvent }),
  z.object({ op: z.literal('audio'), id }),
  z.object({ op: z.literal('done'), id }),
  z.object({ op: z.literal('failed'), id, message: z.string() }),
  z.object({ op: z.literal('status'), id, status }),
]);
export type EngineReply = z.infer<typeof reply>;
