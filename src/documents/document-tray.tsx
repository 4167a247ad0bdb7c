import { FileText, LoaderCircle, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { documentWords as said } from '../words/documents.ts';
import type { GivenDocument } from './document.ts';

/** What was given to the assistant, each to be taken away again; and the place to drop more, which is the whole page. */
export default function DocumentTray({ className = '' }: { className?: string }) {
  const controls = useControls();
  const documents = useConversation((state) => state.documents);
  const dragging = useDrop((files) => controls.giveDocuments(files));
  return (
    <div className={className}>
      {dragging && (
        <div className="pointer-events-none fixed inset-3 z-10 flex items-center justify-center rounded-card border-2 border-dashed border-ink bg-scrim">
          <p className="rounded-full bg-surface px-5 py-2.5 font-medium">{said.drop}</p>
        </div>
      )}
      {documents.length > 0 && (
        <ul aria-label={said.title} className="flex flex-wrap gap-2 pt-2">
          {documents.map((document) => (
            <Tag
              key={document.id}
              document={document}
              onRemove={() => controls.takeBackDocument(document.id)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Tag({ document, onRemove }: { document: GivenDocument; onRemove: () => void }) {
  const { name, state } = document;
  const Picture = state.kind === 'reading' ? LoaderCircle : FileText;
  const remove = state.kind === 'refused' ? said.dismiss(name) : said.remove(name);
  return (
    <li className="flex max-w-full items-center gap-2 rounded-2xl border border-line bg-surface pl-3 text-sm">
      <Picture
        aria-hidden="true"
        className={`size-4 shrink-0 text-muted ${state.kind === 'reading' ? 'animate-spin' : ''}`}
      />
      <span className="min-w-0 py-2">
        <span className="block truncate font-medium">{name}</span>
        <span
          role={state.kind === 'refused' ? 'alert' : undefined}
          className="block text-xs text-muted"
        >
          {stateText(state)}
        </span>
      </span>
      <button
        type="button"
        aria-label={remove}
        title={remove}
        onClick={onRemove}
        className="inline-flex size-target shrink-0 items-center justify-center rounded-full text-muted hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </li>
  );
}

function stateText(state: GivenDocument['state']): string {
  if (state.kind === 'refused') return state.why;
  return state.kind === 'reading' ? said.reading : said.passages(state.passages);
}

/** Whether files are being dragged over the page; `dropped` is given what is let go of. */
function useDrop(dropped: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent): void => {
      setDragging(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      // Without this the browser leaves the page to show the file.
      event.preventDefault();
      dropped(files);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  });
  return dragging;
}
