import {
  Check,
  ChevronRight,
  CircleAlert,
  CircleSlash,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import { words } from '../words/page.ts';
import { told } from '../words/told.ts';
import { readableJson } from './readable-json.ts';
import type { ToolRow } from './model.ts';

const pictures: Readonly<Record<ToolRow['status'], LucideIcon>> = {
  running: LoaderCircle,
  done: Check,
  failed: CircleAlert,
  cancelled: CircleSlash,
};

interface ToolCardProps {
  row: ToolRow;
  open: boolean;
  onToggle: (id: string, open: boolean) => void;
}

export function ToolCard({ row, open, onToggle }: ToolCardProps) {
  const Picture = pictures[row.status];
  const said = words.transcript.tool;
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => onToggle(row.id, currentTarget.open)}
      className="group w-full max-w-md rounded-2xl border border-line bg-surface text-sm"
    >
      <summary className="flex min-h-target list-none items-center gap-2.5 rounded-2xl px-3.5 [&::-webkit-details-marker]:hidden">
        <Picture
          aria-hidden="true"
          className={`size-4 shrink-0 text-muted ${row.status === 'running' ? 'animate-spin' : ''}`}
        />
        <span className="min-w-0 flex-1 truncate font-medium">{told(row.title)}</span>
        <span className="text-xs text-muted">{said[row.status]}</span>
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
      </summary>
      <dl className="space-y-3 border-t border-line px-3.5 py-3">
        <Part name={said.input} text={readableJson(row.input)} missing={said.noInput} />
        <Part name={said.output} text={readableJson(row.output ?? '')} missing={said.noOutput} />
      </dl>
    </details>
  );
}

function Part({ name, text, missing }: { name: string; text: string; missing: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd
        className={
          text
            ? 'mt-0.5 font-mono text-xs leading-relaxed wrap-break-word whitespace-pre-wrap'
            : 'mt-0.5 text-xs'
        }
      >
        {text || missing}
      </dd>
    </div>
  );
}
