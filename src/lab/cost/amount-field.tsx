import { useState } from 'react';
import { labWords } from '../../words/lab.ts';
import { isAmount } from './sums.ts';

interface AmountFieldProps {
  label: string;
  value: string;
  className?: string;
  onChange: (text: string) => void;
}

/** A number that the person may change. What is no number is said to be none, and the last one counts on. */
export function AmountField({ label, value, className = 'w-24', onChange }: AmountFieldProps) {
  const [typed, setTyped] = useState<{ text: string; instead: string }>();
  // A text is the person's own for as long as nothing else has set the value.
  const text = typed?.instead === value ? typed.text : value;
  const wrong = !isAmount(text);
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong}
      title={wrong ? labWords.cost.invalid : undefined}
      value={text}
      // Not onChange: it misses text that an extension or a password manager puts into the field by itself.
      onInput={({ currentTarget }) => {
        const entered = currentTarget.value.trim();
        const counts = isAmount(entered);
        setTyped({ text: currentTarget.value, instead: counts ? entered : value });
        if (counts) onChange(entered);
      }}
      className={`min-h-target rounded-control border border-line-strong bg-surface px-3 text-right text-sm tabular-nums aria-invalid:border-2 aria-invalid:border-interrupted ${className}`}
    />
  );
}
