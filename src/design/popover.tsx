import { Popover as Base } from '@base-ui/react/popover';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { words } from '../words/page.ts';
import { IconButton } from './icon-button.tsx';
import { overlayMark } from './overlay.ts';

interface PopoverProps {
  title: string;
  /** The button that opens it: the popup stands by it and gives the focus back to it. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}

/** A small panel by its button; open for as long as it is rendered. */
export function Popover({ title, anchor, onClose, children }: PopoverProps) {
  return (
    <Base.Root
      open
      onOpenChange={(_open, { reason, event }) => {
        // A press on the button itself is the button's to answer; closing here would open it anew.
        const onAnchor = event.target instanceof Node && anchor.current?.contains(event.target);
        if (reason !== 'outside-press' || !onAnchor) onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={10} collisionPadding={12} className="z-10">
          <Base.Popup
            {...overlayMark}
            finalFocus={anchor}
            className="popup max-h-(--available-height) w-88 max-w-[calc(100vw-1.5rem)] overflow-y-auto p-4"
          >
            <div className="-mt-2 -mr-2 mb-2 flex items-center justify-between">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              <IconButton label={words.controls.close} icon={X} onClick={onClose} />
            </div>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
