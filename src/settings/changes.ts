import type { ProviderId } from '#protocol/provider.ts';
import type { Settings, SettingValues } from '#protocol/settings.ts';

type Value = SettingValues[string];

/** The settings with this one set; undefined leaves it to the provider. */
export function withSetting<K extends keyof Settings>(
  settings: Settings,
  key: K,
  value: Settings[K] | undefined,
): Settings {
  if (value !== undefined) return { ...settings, [key]: value };
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== key));
}

/**
 * The settings for another provider. What is of the person (how they talk, what the assistant is told, which tools it
 * may use) goes along; what only the provider understands is taken from when it was last chosen.
 */
export function withProvider(
  settings: Settings,
  provider: ProviderId,
  earlier: Settings,
): Settings {
  const { mode, instructions, toolsOff, language } = settings;
  const { voice, turnDetection, noiseReduction, options } = earlier;
  const spoken = earlier.language ?? language;
  return {
    provider,
    ...(mode !== undefined && { mode }),
    ...(instructions !== undefined && { instructions }),
    ...(toolsOff !== undefined && { toolsOff }),
    ...(spoken !== undefined && { language: spoken }),
    ...(voice !== undefined && { voice }),
    ...(turnDetection !== undefined && { turnDetection }),
    ...(noiseReduction !== undefined && { noiseReduction }),
    ...(options !== undefined && { options }),
  };
}

export function withTool(settings: Settings, tool: string, on: boolean): Settings {
  const others = (settings.toolsOff ?? []).filter((name) => name !== tool);
  const off = on ? others : [...others, tool];
  return withSetting(settings, 'toolsOff', off.length === 0 ? undefined : off);
}

/** One value of the way in which the end of a turn is found; values of another way are not taken along. */
export function withDetectionValue(
  settings: Settings,
  kind: string,
  name: string,
  value: Value,
): Settings {
  const before = settings.turnDetection?.kind === kind ? settings.turnDetection.values : {};
  return { ...settings, turnDetection: { kind, values: { ...before, [name]: value } } };
}

export function withOption(settings: Settings, name: string, value: Value): Settings {
  return { ...settings, options: { ...settings.options, [name]: value } };
}

/** Everything back to what the provider does by itself; who answers and how turns are made stays. */
export function withDefaults({ provider, mode }: Settings): Settings {
  return { ...(provider && { provider }), ...(mode && { mode }) };
}
