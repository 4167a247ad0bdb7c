import { problemKinds, type ProblemCause } from '#protocol/problems.ts';
import { conversationAttribute } from '#protocol/token.ts';
import { isHere } from '../assistant/presence.ts';
import type { ConversationState } from '../conversation/state.ts';
import type { About } from './page-log.ts';

export interface Noted {
  readonly event: string;
  readonly about: About;
}

type State = ConversationState;

/** What of the conversation is worth a line when it changes. The rows of the transcript are not among it. */
const parts: Readonly<Record<string, (state: State) => About>> = {
  call: ({ call, room }) => ({
    kind: call.kind,
    room: 'roomName' in call ? call.roomName : undefined,
    conversation: room?.localParticipant.attributes[conversationAttribute],
  }),
  assistant: ({ assistant }) => ({
    // What it does from turn to turn would crowd out the rest.
    kind: isHere(assistant) ? 'here' : assistant.kind,
  }),
  answering: ({ capabilities, service }) => ({ engine: capabilities?.engine.name, service }),
  microphone: ({ microphone, microphoneId }) => ({
    ...microphone,
    device: briefly(microphoneId),
  }),
  sound: ({ sound, speakerId }) => ({ kind: sound, device: briefly(speakerId) }),
  history: ({ keptAs }) => ({ keptAs }),
};

/** What a service or a tool says of a failure may repeat what was said to it. */
const mayRepeatTalk: readonly ProblemCause[] = ['assistant', 'engine', 'provider', 'tool', 'fault'];

/** What is to be noted now, after `before` was; all that is true where there is no before. */
export function notedBetween(before: State | undefined, now: State): Noted[] {
  const changed = Object.entries(parts).flatMap(([event, tell]) => {
    const about = tell(now);
    const same = before && JSON.stringify(tell(before)) === JSON.stringify(about);
    return same ? [] : [{ event, about }];
  });
  return [...changed, ...problemsBetween(before?.problems ?? [], now.problems)];
}

/** Whether anything that could be noted is another object than before: most changes of the state are words. */
export function mayBeNoted(before: State, now: State): boolean {
  const keys = [
    'call',
    'room',
    'assistant',
    'capabilities',
    'service',
    'microphone',
    'microphoneId',
    'sound',
    'speakerId',
    'keptAs',
    'problems',
  ] as const;
  return keys.some((key) => before[key] !== now[key]);
}

function problemsBetween(before: State['problems'], now: State['problems']): Noted[] {
  const gone = before.filter(({ code }) => !now.some((problem) => problem.code === code));
  const come = now.filter((problem) => !before.includes(problem));
  return [
    ...gone.map(({ code }) => ({ event: 'problem gone', about: { code } })),
    ...come.map(({ code, detail }) => ({
      event: 'problem',
      about: mayRepeatTalk.includes(problemKinds[code].cause) ? { code } : { code, detail },
    })),
  ];
}

/** Enough to tell one device from another. */
function briefly(deviceId: string): string {
  return deviceId === 'default' ? deviceId : deviceId.slice(0, 6);
}
