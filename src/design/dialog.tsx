import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { words } from '../words/page.ts';
import { IconButton } from './icon-button.tsx';
import { overlayMark } from './overlay.ts';

interface DialogProps {
  title: string;
  description?: string;
  /** `wide` for what has many parts. */
  size?: 'medium' | 'wide';
  /** What gets the focus first; the first thing that can have it otherwise. */
  initialFocus?: () => HTMLElement | null;
  /** Stays in sight below what scrolls. */
  footer?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog; open for as long as it is rendered. On a narrow page it rises from the lower edge. */
export function Dialog({
  title,
  description,
  size = 'medium',
  initialFocus,
  footer,
  onClose,
  children,
}: DialogProps) {
  return (
    <Base.Root open onOpenChange={onClose}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-10 bg-scrim transition-opacity data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-10 flex items-end justify-center sm:items-center sm:p-6">
          <Base.Popup
            {...overlayMark}
            {...(initialFocus && { initialFocus: () => initialFocus() ?? true })}
            className={`popup flex max-h-[calc(100dvh-1.5rem)] w-full flex-col rounded-b-none sm:max-h-full sm:rounded-card ${size === 'wide' ? 'max-w-2xl' : 'max-w-lg'}`}
          >
            <div
              className={`px-5 pt-3 sm:px-6 sm:pt-4 ${size === 'wide' ? 'border-b border-line pb-3' : ''}`}
            >
              <div className="-mr-2 flex items-center justify-between gap-4">
                <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
                <IconButton label={words.controls.close} icon={X} onClick={onClose} />
              </div>
              {description && (
                <Base.Description className="text-sm text-muted">{description}</Base.Description>
              )}
            </div>
            <div
              className={`min-h-0 overflow-y-auto overscroll-contain px-5 pt-5 sm:px-6 ${footer ? 'pb-5' : 'pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:pb-6'}`}
            >
              {children}
            </div>
            {footer && (
              <div className="border-t border-line px-5 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-6">
                {footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
