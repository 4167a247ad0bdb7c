import { ExternalLink } from 'lucide-react';
import { pageToolWords as said } from '../words/page-tools.ts';

/** A link, not a button: by the person's own press the browser opens it in any case, and the new page learns nothing of this one. */
export function OpenLink({ url, onOpen }: { url: string; onOpen: () => void }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      // The link may not go away before the browser has followed it.
      onClick={() => setTimeout(onOpen)}
      className="inline-flex min-h-target items-center justify-center gap-2 rounded-full bg-ink px-4 text-sm font-medium text-canvas hover:opacity-88"
    >
      <ExternalLink aria-hidden="true" className="size-4.5 shrink-0" />
      {said.open(new URL(url).host)}
    </a>
  );
}
