import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { overlayMark } from './overlay.ts';

interface MenuItem {
  label: string;
  choose: () => void;
  /** Given for things of which one is chosen. */
  checked?: boolean;
  disabled?: boolean;
}

interface MenuProps {
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Opens as soon as it is there, for a press that came before its code. */
  openAtOnce?: boolean;
}

const look =
  'flex min-h-target cursor-pointer items-center justify-between gap-4 rounded-lg px-3 text-sm outline-none data-disabled:cursor-default data-disabled:text-muted data-highlighted:bg-sunken';

export default function Menu({ trigger, items, openAtOnce = false }: MenuProps) {
  // Inside the page's own landmarks, where a screen reader that walks by landmark finds it.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const checked = items.find((item) => item.checked);
  return (
    <Base.Root defaultOpen={openAtOnce}>
      <Base.Trigger render={trigger} />
      <div ref={setPlace} className="contents" />
      <Base.Portal container={place}>
        <Base.Positioner sideOffset={8} collisionPadding={12} className="z-10">
          <Base.Popup {...overlayMark} className="popup min-w-44 p-1">
            {checked ? (
              <Base.RadioGroup value={checked.label}>
                {items.map(({ label, choose, disabled = false }) => (
                  <Base.RadioItem
                    key={label}
                    value={label}
                    disabled={disabled}
                    closeOnClick
                    onClick={choose}
                    className={look}
                  >
                    {label}
                    <Base.RadioItemIndicator>
                      <Check aria-hidden="true" className="size-4" />
                    </Base.RadioItemIndicator>
                  </Base.RadioItem>
                ))}
              </Base.RadioGroup>
            ) : (
              items.map(({ label, choose }) => (
                <Base.Item key={label} onClick={choose} className={look}>
                  {label}
                </Base.Item>
              ))
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
