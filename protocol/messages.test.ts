import { describe, expect, it } from 'vitest';
import { capabilitiesRequest, capabilitiesResponse, type Capabilities } from './capabilities.ts';
import { decode, encode, type MessageKind } from './codec.ts';
import { agentEventMessage, type AgentEvent } from './events.ts';
import { approvalRequest, approvalResponse } from './approval.ts';
import { avatarRequest, avatarResponse } from './avatar.ts';
import { interruptRequest, interruptResponse } from './interrupt.ts';
import type { ProviderOffer } from './provider.ts';
import { configureRequest, configureResponse, sampleRequest } from './settings.ts';
import { apiError, dispatchResponse, tokenRequest, tokenResponse } from './token.ts';
import { turnRequest, turnResponse } from './turn.ts';
import { vadMessage } from './vad.ts';

const offer: ProviderOffer = {
  provider: 'voice-live',
  model: 'gpt-realtime',
  voices: [{ id: 'ava', label: 'Ava', language: 'en-US' }],
  takesOtherVoices: true,
  languages: ['en-US'],
  turnDetection: [
    {
      kind: 'server_vad',
      label: 'Silence',
      fields: [
        { kind: 'number', name: 'silence', label: 'Silence', min: 0, max: 5, step: 1, default: 1 },
        {
          kind: 'choice',
          name: 'eagerness',
          label: 'Eagerness',
          choices: [{ value: 'low', label: 'Low' }],
          default: 'low',
        },
      ],
    },
  ],
  noiseReduction: [{ value: 'near_field', label: 'Headset' }],
  options: [
    { kind: 'switch', name: 'fillers', label: 'Fillers', default: false },
    { kind: 'text', name: 'style', label: 'Style', maxLength: 40, default: '' },
  ],
  pushToTalk: 'manual',
  captions: true,
};

const capabilities: Capabilities = {
  engine: {
    id: 'embedded',
    name: 'Embedded engine',
    description: 'Runs on this machine.',
    runsLocally: true,
    parts: { listening: 'Moonshine', thinking: 'Rules', speaking: 'Piper' },
  },
  languages: ['en'],
  tools: [{ name: 'get_time', title: 'Time', example: 'What time is it?' }],
  providers: [
    {
      id: 'voice-live',
      name: 'Azure Voice Live',
      description: 'Runs at Microsoft.',
      runsLocally: false,
      missing: ['AZURE_VOICELIVE_ENDPOINT'],
    },
  ],
  offer,
  settings: { provider: 'voice-live', voice: 'ava' },
  resumed: false,
};

const events: AgentEvent[] = [
  { type: 'user_speech', phase: 'started', atMs: 1 },
  { type: 'tool_started', callId: 'c1', name: 'n', title: 't', input: '{}', atMs: 1 },
  { type: 'tool_finished', callId: 'c1', outcome: 'done', output: '', atMs: 1 },
  { type: 'interrupted', by: 'speech', heard: 'One', unheard: 'two', atMs: 1 },
  { type: 'interrupted', by: 'timer', heard: '', unheard: '', segmentId: 'SG_1', atMs: 1 },
  { type: 'timer_rang', label: '', atMs: 1 },
  { type: 'error', code: 'engine_restarted', detail: '', atMs: 0 },
  { type: 'provider', provider: 'gemini', state: 'renewed', detail: '', atMs: 0 },
  {
    type: 'usage',
    provider: 'openai',
    model: 'gpt-realtime',
    usage: {
      inputTextTokens: 1,
      inputAudioTokens: 2,
      inputImageTokens: 6,
      inputCachedTokens: 0,
      outputTextTokens: 3,
      outputAudioTokens: 4,
      inputAudioMs: 0,
      outputAudioMs: 0,
    },
    atMs: 0,
  },
  {
    type: 'metered',
    provider: 'gemini',
    model: 'gemini-3.8-live',
    capturedMs: 5000,
    sentMs: 1200,
    silentMs: 300,
    atMs: 0,
  },
  { type: 'viseme', visemeId: 19, offsetMs: 0, atMs: 0 },
];

/** Every kind of message, with values that are good and, by what is wrong with them, values that are not. */
const kinds: Record<
  string,
  { kind: MessageKind<unknown>; good: unknown[]; bad: Record<string, unknown> }
> = {
  'the request to interrupt': {
    kind: interruptRequest,
    good: [
      { reason: 'button' },
      { reason: 'escape', heardMs: 0 },
      { reason: 'speech', heardMs: 1.5 },
    ],
    bad: {
      'without a reason': {},
      'of an unknown reason': { reason: 'boredom' },
      'with a timer for a person': { reason: 'timer' },
      'with a negative time': { reason: 'button', heardMs: -1 },
      'with a time that is text': { reason: 'button', heardMs: '5' },
      'with more than it may hold': { reason: 'button', extra: 1 },
    },
  },
  'the answer to it': {
    kind: interruptResponse,
    good: [{ interrupted: true }, { interrupted: false }],
    bad: { 'that is empty': {}, 'that is text': { interrupted: 'yes' } },
  },
  'the question for capabilities': {
    kind: capabilitiesRequest,
    good: [{}, { timeZone: 'Europe/Berlin' }],
    bad: {
      'with a number for a zone': { timeZone: 1 },
      'with a long zone': { timeZone: 'x'.repeat(65) },
    },
  },
  capabilities: {
    kind: capabilitiesResponse,
    good: [capabilities],
    bad: {
      'without an engine': { ...capabilities, engine: undefined },
      'with languages that are no list': { ...capabilities, languages: 'en' },
      'with a tool that has no name': { ...capabilities, tools: [{ title: 'T', example: '' }] },
      'with a name of 121 characters': {
        ...capabilities,
        engine: { ...capabilities.engine, name: 'x'.repeat(121) },
      },
      'with too many languages': { ...capabilities, languages: Array(201).fill('en') },
      'of a provider that nobody knows': {
        ...capabilities,
        providers: [{ ...capabilities.providers[0], id: 'parrot' }],
      },
      'with a setting that has no kind': {
        ...capabilities,
        offer: { ...offer, options: [{ name: 'x', label: 'X', default: 1 }] },
      },
      'with a setting that moves by nothing': {
        ...capabilities,
        offer: {
          ...offer,
          options: [{ kind: 'number', name: 'x', label: 'X', min: 0, max: 1, step: 0, default: 0 }],
        },
      },
    },
  },
  settings: {
    kind: configureRequest,
    good: [
      {},
      {
        provider: 'embedded',
        voice: 'joe',
        language: 'en',
        instructions: 'Be brief.',
        turnDetection: { kind: 'words', values: { openSilenceMs: 700 } },
        mode: 'push-to-talk',
        noiseReduction: 'off',
        options: { speed: 1.2, fillers: true, style: 'calm' },
        toolsOff: ['roll_dice'],
      },
    ],
    bad: {
      'of a provider that nobody knows': { provider: 'parrot' },
      'with more than they may hold': { volume: 11 },
      'with an unknown mode': { mode: 'shouting' },
      'with a list for a value': { options: { speed: [1] } },
      'with 33 values': {
        options: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`o${i}`, i])),
      },
      'with too long instructions': { instructions: 'x'.repeat(6001) },
      'with a turn detection without values': { turnDetection: { kind: 'words' } },
    },
  },
  'the answer to settings': {
    kind: configureResponse,
    good: [
      { settings: {}, refused: [], applied: 'nothing' },
      {
        settings: { provider: 'openai' },
        refused: [{ setting: 'voice', reason: 'There is no such voice.' }],
        applied: 'renewed',
      },
    ],
    bad: {
      'that does not say how': { settings: {}, refused: [] },
      'without a reason': { settings: {}, refused: [{ setting: 'voice' }], applied: 'live' },
    },
  },
  'the wish for a sample': {
    kind: sampleRequest,
    good: [{ provider: 'embedded', voice: 'joe' }],
    bad: {
      'without a voice': { provider: 'embedded' },
      'of an empty voice': { provider: 'embedded', voice: '' },
    },
  },
  'a held turn': {
    kind: turnRequest,
    good: [
      { action: 'start' },
      { action: 'start', heldMs: 800 },
      { action: 'commit' },
      { action: 'cancel' },
    ],
    bad: {
      'without an action': {},
      'with another action': { action: 'pause' },
      'held for longer than is kept': { action: 'start', heldMs: 10_001 },
    },
  },
  'what the page hears': {
    kind: vadMessage,
    good: [
      { event: 'started', atMs: 1_795_000_000_000, probability: 0.93 },
      { event: 'stopped', atMs: 0.5, probability: 0 },
      { event: 'speaking', atMs: 1, probability: 1 },
      { event: 'quiet', atMs: 1, probability: 0.01 },
    ],
    bad: {
      'without a time': { event: 'started', probability: 1 },
      'of an unknown event': { event: 'laughing', atMs: 1, probability: 1 },
      'surer than sure': { event: 'started', atMs: 1, probability: 1.1 },
      'with a negative time': { event: 'quiet', atMs: -1, probability: 0 },
      'with more than it may hold': { event: 'quiet', atMs: 1, probability: 0, words: 'hello' },
    },
  },
  'the answer to it, that it was taken': {
    kind: turnResponse,
    good: [{ accepted: true }],
    bad: { 'that is empty': {} },
  },
  'the question for approval': {
    kind: approvalRequest,
    good: [{ callId: 'c1', server: 'files', tool: 'read', input: '{}' }],
    bad: {
      'without a call': { server: 'files', tool: 'read', input: '{}' },
      'with too long an input': {
        callId: 'c1',
        server: 'files',
        tool: 'read',
        input: 'x'.repeat(4001),
      },
    },
  },
  approval: {
    kind: approvalResponse,
    good: [{ answer: 'once' }, { answer: 'conversation' }, { answer: 'no' }],
    bad: { 'that is empty': {}, 'that is a bare yes': { answer: true } },
  },
  'the offer of a video': {
    kind: avatarRequest,
    good: [{ want: 'servers' }, { want: 'video', clientSdp: 'dj0w' }],
    bad: { 'that is empty': { want: 'video', clientSdp: '' }, 'that is absent': {} },
  },
  'the answer of a video': {
    kind: avatarResponse,
    good: [
      { serverSdp: 'dj0w' },
      { iceServers: [] },
      { iceServers: [{ urls: ['turn:relay.example:3478'], username: 'a', credential: 'b' }] },
    ],
    bad: {
      'that is empty': { serverSdp: '' },
      'with a server that is a page': { iceServers: [{ urls: ['https://relay.example'] }] },
    },
  },
  'an event': {
    kind: agentEventMessage,
    good: events,
    bad: {
      'of an unknown type': { type: 'party', atMs: 1 },
      'without a type': { atMs: 1 },
      'without a time': { type: 'timer_rang', label: '' },
      'with a time in the middle of a ms': { type: 'timer_rang', label: '', atMs: 1.5 },
      'with an unknown phase': { type: 'user_speech', phase: 'paused', atMs: 1 },
      'with an unknown outcome': {
        type: 'tool_finished',
        callId: 'c1',
        outcome: 'lost',
        output: '',
        atMs: 1,
      },
      'with an empty id': {
        type: 'tool_started',
        callId: '',
        name: 'n',
        title: 't',
        input: '',
        atMs: 1,
      },
      'with a problem that nobody knows': { type: 'error', code: 'oops', detail: '', atMs: 1 },
      'with more words than fit': {
        type: 'interrupted',
        by: 'speech',
        heard: 'x'.repeat(4001),
        unheard: '',
        atMs: 1,
      },
    },
  },
};

const mayBeEmpty: MessageKind<unknown>[] = [capabilitiesRequest, configureRequest];

describe.each(Object.entries(kinds))('%s', (_, { kind, good, bad }) => {
  it.each(good.map((value) => [value]))('comes through whole: %j', (value) => {
    expect(decode(kind, encode(kind, value))).toEqual({ ok: true, value });
  });

  it.each(Object.entries(bad))('%s is refused with a reason', (_name, value) => {
    const decoded = decode(kind, JSON.stringify(value));
    expect(decoded).toMatchObject({ ok: false });
    expect(decoded.ok ? '' : decoded.reason).not.toBe('');
  });

  it.each(['', 'null', '[]', '"text"', '5', '{', 'undefined', '{"__proto__":1}', '\u0000'])(
    'is not made of %j',
    (payload) => {
      // An empty question is a question, and no settings are settings; everything else has to say something.
      if (mayBeEmpty.includes(kind) && payload.startsWith('{"')) return;
      expect(decode(kind, payload).ok).toBe(false);
    },
  );

  it('is refused unread when it is too large', () => {
    const huge = JSON.stringify({ ...(good[0] as object), padding: 'x'.repeat(kind.maxBytes) });
    expect(decode(kind, huge)).toEqual({
      ok: false,
      reason: `${huge.length} bytes are over the limit of ${kind.maxBytes}.`,
    });
  });
});

describe('a limit', () => {
  const withDetail = (detail: string): AgentEvent => ({
    type: 'error',
    code: 'unknown',
    detail,
    atMs: 1,
  });

  it('counts bytes, not letters', () => {
    const small: MessageKind<AgentEvent> = { ...agentEventMessage, maxBytes: 100 };
    expect(decode(small, JSON.stringify(withDetail('x'.repeat(40)))).ok).toBe(true);
    expect(decode(small, JSON.stringify(withDetail('語'.repeat(40)))).ok).toBe(false);
  });

  it('holds for what this side sends as well', () => {
    const small: MessageKind<AgentEvent> = { ...agentEventMessage, maxBytes: 50 };
    expect(() => encode(small, withDetail('x'.repeat(40)))).toThrow(RangeError);
  });
});

describe('a refusal', () => {
  it('names the place of what is wrong', () => {
    const decoded = decode(
      capabilitiesResponse,
      JSON.stringify({ ...capabilities, tools: [{ ...capabilities.tools[0], title: 5 }] }),
    );
    expect(decoded.ok ? '' : decoded.reason).toMatch(/^tools\.0\.title: /);
  });
});

describe('the token endpoint', () => {
  it('needs nothing in its request and trims names', () => {
    expect(tokenRequest.parse({})).toEqual({});
    expect(tokenRequest.parse({ room_name: ' kitchen ' })).toEqual({ room_name: 'kitchen' });
  });

  it.each([
    { room_name: '' },
    { room_name: '   ' },
    { room_name: 'x'.repeat(129) },
    { participant_identity: 5 },
    { participant_metadata: 'x'.repeat(4097) },
    { participant_attributes: { key: 5 } },
    { room_config: 'agents' },
  ])('refuses %j', (request) => {
    expect(tokenRequest.safeParse(request).success).toBe(false);
  });

  it('answers in shapes that can be told apart from anything else', () => {
    expect(tokenResponse.safeParse({ server_url: 'ws://x' }).success).toBe(false);
    expect(dispatchResponse.safeParse({ dispatched: 'yes' }).success).toBe(false);
    expect(apiError.safeParse({ error: 'no' }).success).toBe(false);
  });
});
