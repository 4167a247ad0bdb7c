import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { EngineDetails } from '../app/late-parts.ts';
import { words } from '../words/page.ts';
import { told } from '../words/told.ts';

/** Which engine is answering, once it has said so; opens what each part of it is. */
export function EngineButton() {
  const capabilities = useConversation((state) => state.capabilities);
  const away = useConversation((state) => state.service === 'reconnecting');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!capabilities) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-target min-w-0 items-center gap-1 rounded-full px-1.5 sm:px-3 text-sm text-muted transition-colors hover:bg-sunken hover:text-ink"
      >
        <span className="sr-only">{words.engine.title}: </span>
        <span className="max-sm:line-clamp-2 max-sm:text-left max-sm:text-xs max-sm:leading-tight sm:truncate">
          {told(capabilities.engine.name)}
          {away && ` · ${words.engine.away}`}
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0" />
      </button>
      {open && (
        <Late>
          <EngineDetails
            capabilities={capabilities}
            anchor={button}
            onClose={() => setOpen(false)}
          />
        </Late>
      )}
    </>
  );
}
