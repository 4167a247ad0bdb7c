import type { SettingsState } from '../settings/state.ts';
import { modeOf, offerOf } from '../settings/state.ts';

/** The names of the options of a provider that shows a face, and of one that tells the shapes of a mouth. */
const names = { face: 'avatar', mouth: 'visemes' } as const;

/** Whether the provider that answers shows a face, and is set to. */
export function wantsFace(settings: SettingsState): boolean {
  return wants(settings, names.face);
}

/** Whether the provider that answers tells the shapes of a mouth, and is set to. */
export function wantsMouth(settings: SettingsState): boolean {
  return wants(settings, names.mouth);
}

function wants(settings: SettingsState, optionName: string): boolean {
  if (modeOf(settings) === 'captions') return false;
  const option = offerOf(settings)?.options.find(({ name }) => name === optionName);
  const value = settings.inEffect?.options?.[optionName] ?? option?.default;
  if (option?.kind === 'switch') return value === true;
  if (option?.kind === 'text') return typeof value === 'string' && value.trim() !== '';
  return option?.kind === 'choice' && value !== 'off' && value !== 'none';
}
