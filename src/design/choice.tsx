import { useId, type ReactNode } from 'react';

interface ChoiceProps {
  type: 'radio' | 'checkbox';
  /** Radio buttons of one name exclude each other. */
  name?: string;
  label: ReactNode;
  /** What it means, under its name. */
  note?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** One thing that can be on or off; the whole line can be pressed. */
export function Choice({ type, name, label, note, checked, disabled, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <label
      className={`flex min-h-target items-start gap-3 py-2.5 text-sm ${disabled ? '' : 'cursor-pointer'}`}
    >
      <input
        type={type}
        name={name}
        // The note is told after the name, not as a part of it.
        aria-labelledby={id}
        aria-describedby={note ? `${id}-note` : undefined}
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-px size-5 shrink-0 accent-ink"
      />
      <span className="min-w-0">
        <span id={id} className={`block font-medium ${disabled ? 'text-muted' : ''}`}>
          {label}
        </span>
        {note && (
          <span id={`${id}-note`} className="mt-0.5 block text-muted">
            {note}
          </span>
        )}
      </span>
    </label>
  );
}
