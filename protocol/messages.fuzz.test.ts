import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalRequest, approvalResponse } from './approval.ts';
import { avatarRequest, avatarResponse } from './avatar.ts';
import { capabilitiesRequest, capabilitiesResponse } from './capabilities.ts';
import { decode, encode, type MessageKind } from './codec.ts';
import { documentRequest, documentResponse } from './documents.ts';
import { agentEventMessage } from './events.ts';
import { interruptRequest, interruptResponse } from './interrupt.ts';
import { pageRequest, pageResponse } from './page-tools.ts';
import { configureRequest, configureResponse, sampleRequest } from './settings.ts';
import { fuzzing, fuzzingLimitMs, hostileJson } from './testing/fuzzing.ts';
import { turnRequest, turnResponse } from './turn.ts';
import { vadMessage } from './vad.ts';

const settings = {
  provider: 'gemini',
  voice: 'Puck',
  language: 'en-GB',
  instructions: 'Be brief.',
  turnDetection: { kind: 'server', values: { silenceMs: 300, threshold: 0.5 } },
  mode: 'conversation',
  options: { temperature: 0.8, search: true, model: 'x' },
  toolsOff: ['dice'],
};
const offer = {
  provider: 'gemini',
  model: 'live',
  voices: [{ id: 'Puck', label: 'Puck', language: 'en' }],
  takesOtherVoices: false,
  languages: ['en'],
  turnDetection: [
    {
      kind: 'server',
      label: 'By the service',
      fields: [
        { kind: 'number', name: 'a', label: 'A', min: 0, max: 1, step: 0.1, default: 0.5 },
        {
          kind: 'choice',
          name: 'b',
          label: 'B',
          choices: [{ value: 'x', label: 'X' }],
          default: 'x',
        },
        { kind: 'switch', name: 'c', label: 'C', default: true },
        { kind: 'text', name: 'd', label: 'D', maxLength: 20, default: '' },
      ],
    },
  ],
  noiseReduction: [],
  options: [],
  pushToTalk: 'manual',
  captions: true,
};
const engine = {
  id: 'rules',
  name: 'Embedded engine',
  description: 'Here.',
  runsLocally: true,
  parts: { listening: 'a', thinking: 'b', speaking: 'c' },
};
const event = { callId: 'c1', atMs: 1 };

/** Everything that crosses the room as JSON, with sound messages of each kind. */
const kinds: readonly (readonly [string, MessageKind<unknown>, readonly object[]])[] = [
  ['interrupt', interruptRequest, [{ reason: 'button', heardMs: 120 }]],
  ['interrupt, answered', interruptResponse, [{ interrupted: true }]],
  ['turn', turnRequest, [{ action: 'start', heldMs: 800 }]],
  ['turn, answered', turnResponse, [{ accepted: true }]],
  ['capabilities', capabilitiesRequest, [{ timeZone: 'Asia/Ho_Chi_Minh', provider: 'openai' }]],
  [
    'capabilities, answered',
    capabilitiesResponse,
    [
      {
        engine,
        languages: ['en'],
        tools: [{ name: 'dice', title: 'Dice', example: 'Roll a die.' }],
        providers: [
          { id: 'gemini', name: 'Gemini', description: 'x', runsLocally: false, missing: ['KEY'] },
        ],
        offer,
        settings,
        resumed: false,
      },
    ],
  ],
  ['configure', configureRequest, [settings, {}]],
  [
    'configure, answered',
    configureResponse,
    [{ settings, refused: [{ setting: 'voice', reason: 'no' }], applied: 'live' }],
  ],
  ['sample', sampleRequest, [{ provider: 'openai', voice: 'marin' }]],
  ['approve', approvalRequest, [{ callId: 'c', server: 's', tool: 't', input: '{}' }]],
  ['approve, answered', approvalResponse, [{ answer: 'once' }]],
  [
    'page',
    pageRequest,
    [
      { callId: 'c', action: { tool: 'open_link', url: 'https://example.org/' } },
      {
        callId: 'c',
        action: {
          tool: 'show_table',
          card: { kind: 'table', title: 't', columns: ['a'], rows: [['1']] },
        },
      },
    ],
  ],
  [
    'page, answered',
    pageResponse,
    [
      { outcome: 'done', place: { latitude: 1, longitude: 2, accuracyM: 3 } },
      { outcome: 'not_done', why: 'no' },
    ],
  ],
  ['document', documentRequest, [{ want: 'read', id: 's' }]],
  ['document, answered', documentResponse, [{ passages: 4 }]],
  ['avatar', avatarRequest, [{ want: 'servers' }, { want: 'video', clientSdp: 'dj0w' }]],
  [
    'avatar, answered',
    avatarResponse,
    [{ iceServers: [{ urls: ['stun:x'], username: 'u' }] }, { serverSdp: 'dj0w' }],
  ],
  ['vad', vadMessage, [{ event: 'started', atMs: 5, probability: 0.7 }]],
  [
    'event',
    agentEventMessage,
    [
      { type: 'user_speech', phase: 'started', atMs: 1 },
      { ...event, type: 'tool_started', name: 'n', title: 't', input: '{}' },
      { ...event, type: 'tool_finished', outcome: 'done', output: 'x' },
      { type: 'interrupted', by: 'speech', heard: 'a', unheard: 'b', atMs: 1 },
      { type: 'provider', provider: 'gemini', state: 'connected', detail: '', atMs: 1 },
      { type: 'viseme', visemeId: 3, offsetMs: 5, atMs: 1 },
      { type: 'error', code: 'unknown', detail: 'x', atMs: 1 },
    ],
  ],
];

describe.each(kinds)('%s', (_name, kind, sound) => {
  it('begins with messages that are taken', () => {
    for (const message of sound) {
      expect(decode(kind, JSON.stringify(message))).toEqual({ ok: true, value: message });
    }
  });

  it(
    'is taken whole or refused in a short sentence, whatever comes',
    () => {
      fc.assert(
        fc.property(hostileJson(sound), (payload) => {
          const read = decode(kind, payload);
          if (!read.ok) {
            expect(read.reason).not.toBe('');
            expect(read.reason.length).toBeLessThanOrEqual(200);
          } else {
            expect(payload.length).toBeLessThanOrEqual(kind.maxBytes);
            // As text, which knows no minus zero.
            const again = encode(kind, read.value);
            const reread = decode(kind, again);
            expect(reread.ok && encode(kind, reread.value)).toBe(again);
          }
          expect(Object.prototype).not.toHaveProperty('polluted');
        }),
        // Calls and their answers are many kinds of one thing, which make up their ten thousand together.
        fuzzing(kind === vadMessage || kind === agentEventMessage ? 1 : 0.25),
      );
    },
    fuzzingLimitMs,
  );
});
