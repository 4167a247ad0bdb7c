import { useId } from 'react';

interface TextInputProps {
  label: string;
  hint?: string | undefined;
  value: string;
  maxLength: number;
  /** More than one makes it a box for longer text. */
  rows?: number;
  onChange: (text: string) => void;
}

const look =
  'mt-1.5 block w-full rounded-control border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-muted';

export function TextInput({ label, hint, value, maxLength, rows = 1, onChange }: TextInputProps) {
  const id = useId();
  const common = {
    id,
    value,
    maxLength,
    'aria-describedby': `${id}-hint`,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onChange(currentTarget.value),
  };
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {rows > 1 ? (
        <textarea {...common} rows={rows} className={`${look} resize-y py-2.5 leading-6`} />
      ) : (
        <input {...common} type="text" autoComplete="off" className={`${look} min-h-target`} />
      )}
      <p id={`${id}-hint`} className="text-sm text-muted not-empty:mt-1.5">
        {hint}
      </p>
    </div>
  );
}
