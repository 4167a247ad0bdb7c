export { VoiceLiveError, type FailureKind } from './connection/failure.ts';
export { VoiceLiveRealtimeModel } from './model.ts';
export { VoiceLiveRealtimeSession } from './session.ts';
export type * from './options.ts';
export type { AudioFormat } from './audio/formats.ts';
export type * from './turn-detection.ts';
export type { Prosody, Voice } from './voices.ts';
