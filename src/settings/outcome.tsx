import { useConversation } from '../app/conversation-context.tsx';
import { settingsWords as said } from '../words/settings.ts';
import type { SettingsState } from './state.ts';

/** In a few words what became of the last change. */
export function Outcome() {
  const text = useConversation(({ settings }) => outcomeText(settings));
  return (
    <p role="status" className="min-w-0 flex-1 text-sm text-muted">
      {text}
    </p>
  );
}

function outcomeText({ sending, refused }: SettingsState): string {
  switch (sending.kind) {
    case 'none':
    case 'pending':
      return said.sending[sending.kind];
    case 'applied':
      return refused.length > 0 ? said.sending.partly : said.sending[sending.how];
    case 'failed':
      return said.sending.failed(sending.reason);
  }
}
