import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { historyWords as said } from '../words/history.ts';
import { longestTitle } from './summary.ts';

interface RenameFormProps {
  title: string;
  /** What it is called without a title. */
  placeholder: string;
  /** Undefined where the person thought better of it. */
  onDone: (title: string | undefined) => void;
}

export function RenameForm({ title, placeholder, onDone }: RenameFormProps) {
  const [name, setName] = useState(title);
  return (
    <form
      className="mb-2"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(name);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // It closes the form, and not the whole window.
        event.stopPropagation();
        onDone(undefined);
      }}
    >
      <Field
        label={said.one.name}
        hint={said.one.nameHint}
        problem={undefined}
        value={name}
        placeholder={placeholder}
        maxLength={longestTitle}
        autoComplete="off"
        autoFocus
        onChangeText={setName}
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" tone="primary">
          {said.one.save}
        </Button>
        <Button onClick={() => onDone(undefined)}>{said.one.cancel}</Button>
      </div>
    </form>
  );
}
