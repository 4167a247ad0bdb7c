import type { RefObject } from 'react';
import type { Capabilities } from '#protocol/capabilities.ts';
import { Popover } from '../design/popover.tsx';
import { words } from '../words/page.ts';
import { sharingWords } from '../words/sharing.ts';
import { told } from '../words/told.ts';

interface EngineDetailsProps {
  capabilities: Capabilities;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export default function EngineDetails({ capabilities, anchor, onClose }: EngineDetailsProps) {
  const { engine, resumed } = capabilities;
  const parts = [
    [words.engine.listening, engine.parts.listening],
    [words.engine.thinking, engine.parts.thinking],
    [words.engine.speaking, engine.parts.speaking],
  ] as const;
  return (
    <Popover title={words.engine.title} anchor={anchor} onClose={onClose}>
      <p className="text-sm font-medium">{told(engine.name)}</p>
      <p className="mt-1 text-sm text-muted">{told(engine.description)}</p>
      <dl className="mt-4 divide-y divide-line border-y border-line text-sm">
        {parts.map(([part, by]) => (
          <div key={part} className="flex justify-between gap-4 py-2.5">
            <dt className="text-muted">{part}</dt>
            <dd className="text-right">{told(by)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-muted">
        {engine.runsLocally ? words.engine.local : words.engine.remote}
      </p>
      <p className="mt-1 text-sm text-muted">
        {engine.sees ? sharingWords.canSee : sharingWords.blind}
      </p>
      {resumed && <p className="mt-1 text-sm text-muted">{words.engine.resumed}</p>}
    </Popover>
  );
}
