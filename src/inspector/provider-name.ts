import type { ProviderId } from '#protocol/provider.ts';
import { useConversation } from '../app/conversation-context.tsx';
import { inspectorWords } from '../words/inspector.ts';

/** How people call a provider, as far as the assistant has said. */
export function useProviderName(): (provider: ProviderId | undefined) => string {
  const known = useConversation(({ settings }) => settings.known);
  return (provider) =>
    known?.providers.find(({ id }) => id === provider)?.name ??
    provider ??
    inspectorWords.unknownProvider;
}
