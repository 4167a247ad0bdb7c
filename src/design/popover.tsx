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
export function Popover({ anchor, onClose, ...rest }: PopoverProps) {
  return (
    <PopoverCard
      {...rest}
      anchor={anchor}
      finalFocus={anchor}
      onClose={onClose}
      onDismiss={({ reason, event }) => {
        // A press on the button itself is the button's to answer; closing here would open it anew.
        const onAnchor = event.target instanceof Node && anchor.current?.contains(event.target);
        if (reason !== 'outside-press' || !onAnchor) onClose();
      }}
    />
  );
}

interface PopoverCardProps
  extends
    Pick<Base.Positioner.Props, 'anchor'>,
    Pick<Base.Popup.Props, 'initialFocus' | 'finalFocus' | 'onKeyDown'> {
  title: string;
  /** Its own button was pressed. */
  onClose: () => void;
  /** Something else would close it: a key, a press beside it, the focus that went elsewhere. */
  onDismiss: (details: Base.Root.ChangeEventDetails) => void;
  children: ReactNode;
}

/** What every popover is made of, wherever it stands and whatever closes it. */
export function PopoverCard({
  title,
  anchor,
  onClose,
  onDismiss,
  children,
  ...popup
}: PopoverCardProps) {
  return (
    <Base.Root open onOpenChange={(_open, details) => onDismiss(details)}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={10} collisionPadding={12} className="z-10">
          <Base.Popup
            {...overlayMark}
            {...popup}
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
