import { Field as Base } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';

interface FieldProps extends Omit<
  ComponentProps<typeof Base.Control>,
  'onValueChange' | 'className'
> {
  className?: string;
  label: string;
  hint: string;
  /** What is wrong with the value, said at the field; `undefined` while nothing is. */
  problem: string | undefined;
  onChangeText: (text: string) => void;
}

export function Field({
  label,
  hint,
  problem,
  onChangeText,
  className = '',
  ...control
}: FieldProps) {
  return (
    <Base.Root invalid={problem !== undefined}>
      <Base.Label className="block text-sm font-medium">{label}</Base.Label>
      <Base.Control
        className={`mt-1.5 min-h-target w-full rounded-control border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-muted data-invalid:border-2 data-invalid:border-ink ${className}`}
        // Not onChange: it misses text that an extension or a password manager puts into the field by itself.
        onInput={({ currentTarget }) => onChangeText(currentTarget.value)}
        {...control}
      />
      <Base.Error
        match={problem !== undefined}
        className="mt-1.5 flex gap-1.5 text-sm font-medium"
        role="alert"
      >
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {problem}
      </Base.Error>
      <Base.Description className="mt-1.5 text-sm text-muted">{hint}</Base.Description>
    </Base.Root>
  );
}
