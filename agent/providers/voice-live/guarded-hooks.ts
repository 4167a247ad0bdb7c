import type { Hooks } from './options.ts';

/** What an application does with what it is told must not end the conversation: a hook that throws is told of. */
export function guardedHooks(hooks: Hooks, onThrown: (error: unknown) => void): Hooks {
  const guarded =
    <Args extends unknown[]>(hook: ((...args: Args) => void) | undefined) =>
    (...args: Args): void => {
      try {
        hook?.(...args);
      } catch (error) {
        onThrown(error);
      }
    };
  return {
    onConnection: guarded(hooks.onConnection),
    onProblem: guarded(hooks.onProblem),
    onViseme: guarded(hooks.onViseme),
    onMcpCallStarted: guarded(hooks.onMcpCallStarted),
    onMcpCallFinished: guarded(hooks.onMcpCallFinished),
    ...(hooks.approveMcpCall ? { approveMcpCall: hooks.approveMcpCall } : {}),
  };
}
