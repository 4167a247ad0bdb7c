import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { overlayMark } from './overlay.ts';

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    >
      <Base.Label className="block text-sm font-medium">{label}</Base.Label>
      <Base.Trigger className="mt-1.5 flex min-h-target w-full cursor-pointer items-center gap-2 rounded-control border border-line-strong bg-surface px-3 text-left text-sm data-popup-open:border-ink">
        <Base.Value className="min-w-0 flex-1 truncate" />
        <Base.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          alignItemWithTrigger={false}
          sideOffset={6}
          collisionPadding={12}
          className="z-20"
        >
          <Base.Popup
            {...overlayMark}
            className="popup max-h-(--available-height) w-(--anchor-width) overflow-y-auto p-1"
          >
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-target cursor-pointer items-center gap-2 rounded-lg px-3 text-sm outline-none data-highlighted:bg-sunken"
                >
                  <Base.ItemText className="min-w-0 flex-1 truncate">{option.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" className="size-4" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
