import type { SettingValues } from '#protocol/settings.ts';
import type { Environment } from '../provider.ts';

/** What the environment has under this name; an empty variable is as good as none. */
export function valueOf(env: Environment, name: string, otherwise: string): string {
  const value = env[name];
  return value === undefined || value === '' ? otherwise : value;
}

/** Values that have been checked against an offer; a missing or foreign one is as if it had not been set. */
export class Values {
  readonly #values: SettingValues;

  constructor(values: SettingValues = {}) {
    this.#values = values;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  /** Text that is not empty; undefined too where `auto`, the provider's own choice, stands. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' && value !== '' && value !== 'auto' ? value : undefined;
  }
}
