import { AudioWaveform } from 'lucide-react';
import { words } from '../words/page.ts';

/** To the Lab, which is a page of its own: only where there is no conversation that it would end. */
export function LabLink() {
  return (
    <a
      href="/lab"
      className="inline-flex min-h-target min-w-0 items-center gap-2 rounded-full px-3 text-sm font-medium text-muted hover:bg-sunken hover:text-ink"
    >
      <AudioWaveform aria-hidden="true" className="size-4.5 shrink-0 max-sm:hidden" />
      <span className="truncate">{words.start.lab}</span>
    </a>
  );
}
