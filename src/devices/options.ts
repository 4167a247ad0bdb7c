interface Device {
  readonly deviceId: string;
  readonly label: string;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Naming {
  readonly systemDefault: string;
  /** Name of a device that the browser does not tell, by its number from 1. */
  readonly nameless: (n: number) => string;
}

/**
 * What a device picker offers. The system's default comes first, under the id that browsers give it where they list it;
 * devices without an id (before permission) cannot be chosen; a chosen device that is gone stays in the list, so that
 * the picker never shows an empty value.
 */
export function deviceOptions(
  devices: readonly Device[],
  chosenId: string,
  { systemDefault, nameless }: Naming,
): Option[] {
  const listed = devices.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
  const options = [
    { value: 'default', label: systemDefault },
    ...listed.map(({ deviceId, label }, i) => ({
      value: deviceId,
      label: label || nameless(i + 1),
    })),
  ];
  if (chosenId && !options.some(({ value }) => value === chosenId)) {
    options.push({ value: chosenId, label: nameless(options.length) });
  }
  return options;
}
