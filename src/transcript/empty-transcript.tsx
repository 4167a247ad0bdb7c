import { Compass } from 'lucide-react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { words } from '../words/page.ts';

/** Before the first word: what one could say, each line a button that says it for the person. */
export function EmptyTranscript({ onTour }: { onTour: () => void }) {
  const controls = useControls();
  const ended = useConversation(({ call }) => call.kind === 'ended');
  const ready = useConversation(
    ({ call, assistant }) =>
      call.kind === 'connected' &&
      (assistant.kind === 'listening' || assistant.kind === 'speaking'),
  );
  const line = ready ? words.transcript.emptyReady : words.transcript.emptyWaiting;
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-4 overflow-y-auto px-6 text-center">
      <p className="text-sm text-muted">{ended ? words.transcript.emptyEnded : line}</p>
      {ready && (
        <ul lang={words.start.suggestionsLanguage} className="flex flex-col items-center gap-2">
          {words.start.suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => void controls.sendMessage(suggestion)}
                className="min-h-target rounded-full border border-line bg-surface px-4 text-sm transition-colors hover:border-line-strong"
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
      {ready && (
        <Button tone="quiet" icon={Compass} onClick={onTour}>
          {words.transcript.tour}
        </Button>
      )}
    </div>
  );
}
