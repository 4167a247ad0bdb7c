import { Menu as Base } from '@base-ui/react/menu';
import { useState, type ReactElement } from 'react';
import { overlayMark } from './overlay.ts';

interface MenuProps {
  trigger: ReactElement;
  items: readonly { label: string; choose: () => void }[];
}

export default function Menu({ trigger, items }: MenuProps) {
  // Inside the page's own landmarks, where a screen reader that walks by landmark finds it.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <div ref={setPlace} className="contents" />
      <Base.Portal container={place}>
        <Base.Positioner sideOffset={8} collisionPadding={12} className="z-10">
          <Base.Popup {...overlayMark} className="popup min-w-44 p-1">
            {items.map(({ label, choose }) => (
              <Base.Item
                key={label}
                onClick={choose}
                className="flex min-h-target cursor-pointer items-center rounded-lg px-3 text-sm outline-none data-highlighted:bg-sunken"
              >
                {label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
