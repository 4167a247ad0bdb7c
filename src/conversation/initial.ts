import { noBargeIn } from '../barge-in/counts.ts';
import type { ConversationState } from './state.ts';

/** What there is not without a call. */
export const noCall = {
  assistant: { kind: 'none' },
  room: undefined,
  sound: 'unlocked',
} as const satisfies Partial<ConversationState>;

/** A page that has just been opened. What this browser has kept comes in a moment later. */
export const initialState: ConversationState = {
  ...noCall,
  call: { kind: 'idle' },
  capabilities: undefined,
  microphone: { kind: 'off' },
  volume: 1,
  rows: [],
  keptAs: undefined,
  problems: [],
  microphoneId: 'default',
  speakerId: 'default',
  settings: {
    chosen: {},
    inEffect: undefined,
    refused: [],
    sending: { kind: 'none' },
    known: undefined,
    offerMissing: undefined,
  },
  hold: { kind: 'free' },
  service: 'steady',
  usage: [],
  metered: [],
  approvals: [],
  documents: [],
  sharing: { kind: 'none' },
  face: undefined,
  sensitivity: 'normal',
  bargeIn: noBargeIn,
};
