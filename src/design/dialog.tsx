import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { words } from '../words/en.ts';
import { IconButton } from './icon-button.tsx';
import { overlayMark } from './overlay.ts';

interface DialogProps {
  title: string;
  description?: string;
  /** What gets the focus first; the first thing that can have it otherwise. */
  initialFocus?: () => HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog; open for as long as it is rendered. On a narrow page it rises from the lower edge. */
export function Dialog({ title, description, initialFocus, onClose, children }: DialogProps) {
  return (
    <Base.Root open onOpenChange={onClose}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-10 bg-scrim transition-opacity data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-10 flex items-end justify-center overflow-y-auto sm:items-center sm:p-6">
          <Base.Popup
            {...overlayMark}
            {...(initialFocus && { initialFocus: () => initialFocus() ?? true })}
            className="popup w-full max-w-lg rounded-b-none p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:rounded-card sm:p-6"
          >
            <div className="-mt-2 -mr-2 flex items-center justify-between gap-4">
              <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
              <IconButton label={words.controls.close} icon={X} onClick={onClose} />
            </div>
            {description && (
              <Base.Description className="text-sm text-muted">{description}</Base.Description>
            )}
            <div className="mt-5">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
