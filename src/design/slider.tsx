import { Slider as Base } from '@base-ui/react/slider';

interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** The value as it is read, and read out. */
  text: string;
  onChange: (value: number) => void;
}

/** A number between two ends, with its value beside its name. Without ends it is a share of the whole, 0 to 1. */
export function Slider({
  label,
  value,
  min = 0,
  max = 1,
  step = 0.05,
  text,
  onChange,
}: SliderProps) {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={(chosen) => onChange(chosen)}
      thumbAlignment="edge"
    >
      <div className="flex justify-between gap-4 text-sm">
        <Base.Label className="font-medium">{label}</Base.Label>
        <Base.Value className="text-muted tabular-nums">{() => text}</Base.Value>
      </div>
      <Base.Control className="flex min-h-target cursor-pointer touch-none items-center">
        <Base.Track className="h-1.5 w-full rounded-full bg-ghost">
          <Base.Indicator className="rounded-full bg-ink" />
          <Base.Thumb
            getAriaValueText={() => text}
            className="size-5 rounded-full border-2 border-ink bg-surface outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-ink"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
