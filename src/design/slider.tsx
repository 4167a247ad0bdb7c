import { Slider as Base } from '@base-ui/react/slider';

interface SliderProps {
  label: string;
  /** 0 to 1. */
  value: number;
  onChange: (value: number) => void;
}

/** A share of the whole, shown in per cent. */
export function Slider({ label, value, onChange }: SliderProps) {
  return (
    <Base.Root
      value={value}
      min={0}
      max={1}
      step={0.05}
      format={{ style: 'percent' }}
      onValueChange={(chosen) => onChange(chosen)}
      thumbAlignment="edge"
    >
      <div className="flex justify-between text-sm">
        <Base.Label className="font-medium">{label}</Base.Label>
        <Base.Value className="text-muted tabular-nums" />
      </div>
      <Base.Control className="flex min-h-target cursor-pointer touch-none items-center">
        <Base.Track className="h-1.5 w-full rounded-full bg-ghost">
          <Base.Indicator className="rounded-full bg-ink" />
          <Base.Thumb className="size-5 rounded-full border-2 border-ink bg-surface outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-ink" />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
