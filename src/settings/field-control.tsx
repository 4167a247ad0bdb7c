import type { Field } from '#protocol/provider.ts';
import type { SettingValues } from '#protocol/settings.ts';
import { Choice } from '../design/choice.tsx';
import { Select } from '../design/select.tsx';
import { Slider } from '../design/slider.tsx';
import { TextInput } from '../design/text-input.tsx';
import { told } from '../words/told.ts';
import { valueText } from './value-text.ts';

type Value = SettingValues[string];

interface FieldControlProps {
  field: Field;
  /** What is set or in effect; where it does not fit the field, the default stands. */
  value: Value | undefined;
  onChange: (value: Value, pace: 'now' | 'settle') => void;
}

/** A setting as the agent describes it: the page knows its form and nothing of its meaning. */
export function FieldControl({ field, value, onChange }: FieldControlProps) {
  switch (field.kind) {
    case 'number': {
      const number = typeof value === 'number' ? value : field.default;
      return (
        <div>
          <Slider
            label={told(field.label)}
            value={number}
            min={field.min}
            max={field.max}
            step={field.step}
            text={valueText(number, field.unit)}
            onChange={(chosen) => onChange(chosen, 'settle')}
          />
          {field.note && <p className="text-sm text-muted">{told(field.note)}</p>}
        </div>
      );
    }
    case 'choice':
      return (
        <div>
          <Select
            label={told(field.label)}
            value={typeof value === 'string' ? value : field.default}
            options={field.choices.map(({ value: of, label }) => ({
              value: of,
              label: told(label),
            }))}
            onChange={(chosen) => onChange(chosen, 'now')}
          />
          {field.note && <p className="mt-1.5 text-sm text-muted">{told(field.note)}</p>}
        </div>
      );
    case 'switch':
      return (
        <Choice
          type="checkbox"
          label={told(field.label)}
          note={field.note && told(field.note)}
          checked={typeof value === 'boolean' ? value : field.default}
          onChange={(chosen) => onChange(chosen, 'now')}
        />
      );
    case 'text':
      return (
        <TextInput
          label={told(field.label)}
          hint={field.note && told(field.note)}
          value={typeof value === 'string' ? value : field.default}
          maxLength={field.maxLength}
          onChange={(chosen) => onChange(chosen, 'settle')}
        />
      );
  }
}
