export { NovaSonicRealtimeModel } from './model.ts';
export { NovaSonicError, type FailureKind } from './errors.ts';
export { defaultSettings } from './options.ts';
export type {
  ConnectionState,
  NovaSonicLimits,
  NovaSonicOptions,
  NovaSonicSettings,
} from './options.ts';
export type { EndpointingSensitivity } from './wire/input-events.ts';
export { languages, voices } from './voices.ts';
