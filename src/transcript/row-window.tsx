import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useState, type HTMLAttributes, type ReactNode, type Ref } from 'react';
import { currentLanguage } from '../words/language.ts';
import type { TranscriptRow } from './model.ts';
import { TranscriptRowView } from './transcript-row.tsx';

interface RowWindowProps {
  rows: readonly TranscriptRow[];
  list: Virtualizer<HTMLDivElement, Element>;
  ref?: Ref<HTMLDivElement>;
  /** What sets a row off from the others. */
  frameOf?: (index: number) => HTMLAttributes<HTMLDivElement>;
  /** What stands above a row. */
  above?: (row: TranscriptRow) => ReactNode;
}

/** Of a scrolling list, the rows near the view; the rest is empty space of the same height. */
export function RowWindow({ rows, list, ref, frameOf, above }: RowWindowProps) {
  const [openTools, setOpenTools] = useState<ReadonlySet<string>>(new Set());
  const toggleTool = useCallback((id: string, open: boolean) => {
    setOpenTools((before) => {
      if (before.has(id) === open) return before;
      const after = new Set(before);
      if (open) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  const items = list.getVirtualItems();
  return (
    <div ref={ref} className="relative" style={{ height: list.getTotalSize() }}>
      <div className="absolute inset-x-0" style={{ top: items[0]?.start ?? 0 }}>
        {items.map(({ index, key }) => {
          const row = rows[index];
          return (
            row && (
              <div key={key} ref={list.measureElement} data-index={index} {...frameOf?.(index)}>
                {above?.(row)}
                <TranscriptRowView
                  row={row}
                  place={index + 1}
                  total={rows.length}
                  language={currentLanguage()}
                  open={openTools.has(row.id)}
                  onToggle={toggleTool}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
