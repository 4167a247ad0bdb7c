import type { SettingsState } from '../settings/state.ts';
import { offerOf } from '../settings/state.ts';

/** The name of the option that a provider with a face offers. */
const optionName = 'avatar';

/** Whether the provider that answers shows a face, and is set to. */
export function wantsFace(settings: SettingsState): boolean {
  const option = offerOf(settings)?.options.find(({ name }) => name === optionName);
  const value = settings.inEffect?.options?.[optionName] ?? option?.default;
  if (option?.kind === 'switch') return value === true;
  return option?.kind === 'choice' && value !== 'off' && value !== 'none';
}
