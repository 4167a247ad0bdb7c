import { memo } from 'react';
import { Late } from '../app/late.tsx';
import { CardView } from '../app/late-parts.ts';
import type { Language } from '../words/language.ts';
import type { TranscriptRow } from './model.ts';
import { ToolCard } from './tool-card.tsx';
import { Utterance } from './utterance.tsx';

interface TranscriptRowViewProps {
  row: TranscriptRow;
  place: number;
  total: number;
  /** Rows are shown anew only when something of them changes; their words do with this. */
  language: Language;
  open: boolean;
  onToggle: (id: string, open: boolean) => void;
}

/** One row. Only some rows are in the document at a time, so each says which of how many it is. */
export const TranscriptRowView = memo(function TranscriptRowView({
  row,
  place,
  total,
  open,
  onToggle,
}: TranscriptRowViewProps) {
  return (
    <div
      role="article"
      aria-posinset={place}
      aria-setsize={total}
      className="mx-auto max-w-3xl px-4 pb-5 sm:px-6"
    >
      {row.kind === 'utterance' && <Utterance row={row} />}
      {row.kind === 'tool' && <ToolCard row={row} open={open} onToggle={onToggle} />}
      {row.kind === 'tool' && row.card && (
        <Late>
          <CardView card={row.card} />
        </Late>
      )}
      {row.kind === 'notice' && <p className="text-center text-xs text-muted">{row.text}</p>}
    </div>
  );
});
