import type { ProblemCode } from '#protocol/problems.ts';
import type { CloudProvider, ProviderObserver } from '../provider.ts';
import {
  VoiceLiveRealtimeModel,
  type FailureKind,
  type Hooks,
  type VoiceLiveOptions,
} from '../voice-live/index.ts';
import { modelOf, voiceLiveOffer } from './voice-live-offer.ts';
import { credentialOf, toVoiceLiveOptions } from './voice-live-options.ts';

const problems: Readonly<Record<FailureKind, ProblemCode>> = {
  refused: 'provider_refused',
  limited: 'provider_limited',
  unreachable: 'provider_unreachable',
  settings: 'settings_refused',
  service: 'provider_failed',
};

/** Where Entra ID finds somebody to be, without asking anybody: a service principal, a workload or a managed identity. */
const identities = [
  'AZURE_CLIENT_ID',
  'AZURE_FEDERATED_TOKEN_FILE',
  'IDENTITY_ENDPOINT',
  'AZURE_TOKEN_CREDENTIALS',
];

export const voiceLive: CloudProvider = {
  id: 'voice-live',
  name: 'Azure Voice Live',
  description:
    'Models of OpenAI and Microsoft with the voices of Azure Speech, in your Azure account.',
  runsLocally: false,

  missing: (env) => [
    ...(env['AZURE_VOICELIVE_ENDPOINT']
      ? []
      : ['AZURE_VOICELIVE_ENDPOINT (https://RESOURCE.services.ai.azure.com)']),
    ...(env['AZURE_VOICELIVE_API_KEY'] || identities.some((name) => env[name])
      ? []
      : [
          'AZURE_VOICELIVE_API_KEY (or an identity of Entra ID: AZURE_CLIENT_ID, or AZURE_TOKEN_CREDENTIALS=dev after az login)',
        ]),
  ],

  sees: (env) => canSee(modelOf(env)),

  offer: voiceLiveOffer,

  connect: (env, settings, observer) => {
    const lacking = voiceLive.missing(env);
    if (lacking.length > 0) throw new Error(`Azure Voice Live needs ${lacking.join(' and ')}.`);
    const fixed: Pick<VoiceLiveOptions, 'credential' | 'hooks'> = {
      credential: credentialOf(env),
      hooks: hooksFor(observer),
    };
    const options = { ...toVoiceLiveOptions(env, settings), ...fixed };
    const model = new VoiceLiveRealtimeModel(options);
    return {
      model,
      eyes: canSee(options.model) && options.answer !== 'none' ? model.eyes : undefined,
      applyLive: (changed) => model.update({ ...toVoiceLiveOptions(env, changed), ...fixed }),
      ...(options.avatar && {
        avatar: {
          iceServers: () =>
            model.avatarIceServers.map((server) => ({ ...server, urls: [...server.urls] })),
          connect: (clientSdp) => model.connectAvatar(clientSdp),
        },
      }),
    };
  },
};

/** Of the others the vendor does not say that they take pictures here. */
function canSee(model: string): boolean {
  return model.startsWith('gpt-realtime');
}

function hooksFor(observer: ProviderObserver): Hooks {
  return {
    onConnection: (state, detail) => observer.connection(state, detail.slice(0, 300)),
    onProblem: ({ kind, message }) => observer.problem(problems[kind], message.slice(0, 500)),
    onViseme: (visemeId, offsetMs) => observer.viseme(visemeId, Math.round(offsetMs)),
    approveMcpCall: ({ callId, server, tool, input }) =>
      observer.approve({
        callId: callId.slice(0, 128),
        server: server.slice(0, 120),
        tool: tool.slice(0, 120),
        input: input.slice(0, 4000),
      }),
    onMcpCallStarted: ({ callId, tool, input }) =>
      observer.toolStarted({ callId, name: tool, input }),
    onMcpCallFinished: (result) => observer.toolFinished(result),
  };
}
