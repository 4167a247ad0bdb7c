import type { Field } from '#protocol/provider.ts';
import type { SettingValues } from '#protocol/settings.ts';

/**
 * The values of these fields, each as wanted where that is possible and else its default. What is refused is named
 * with `place` before it.
 */
export function checkValues(
  wanted: SettingValues,
  fields: readonly Field[],
  place: string,
  refuse: (setting: string, reason: string) => void,
): SettingValues {
  for (const name of Object.keys(wanted)) {
    if (!fields.some((field) => field.name === name)) {
      refuse(`${place}.${name}`, `There is no setting “${name}” here.`);
    }
  }
  return Object.fromEntries(
    fields.map((field) => {
      const value = Object.hasOwn(wanted, field.name) ? wanted[field.name] : undefined;
      if (value === undefined) return [field.name, field.default];
      const fault = faultOf(value, field);
      if (fault) refuse(`${place}.${field.name}`, `${field.label}: ${fault}`);
      return [field.name, fault ? field.default : value];
    }),
  );
}

/** What is wrong with a value, in words; undefined where nothing is. */
function faultOf(value: SettingValues[string], field: Field): string | undefined {
  switch (field.kind) {
    case 'number': {
      if (typeof value !== 'number') return 'should be a number.';
      if (value >= field.min && value <= field.max) return undefined;
      const unit = field.unit ? ` ${field.unit}` : '';
      return `should be from ${field.min} to ${field.max}${unit}.`;
    }
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'should be on or off.';
    case 'choice':
      return field.choices.some((choice) => choice.value === value)
        ? undefined
        : `should be one of ${field.choices.map((choice) => choice.value).join(', ')}.`;
    case 'text':
      if (typeof value !== 'string') return 'should be text.';
      return value.length <= field.maxLength
        ? undefined
        : `should have at most ${field.maxLength} characters.`;
  }
}
