/** Thrown with the place in the file and the name of the variable that is not set. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** `text` with each `${NAME}` taken from the environment; `taken` is told every value, since it may be a secret. */
export function filled(
  text: string,
  place: string,
  env: Readonly<Record<string, string | undefined>>,
  taken: (value: string) => void,
): string {
  return text.replace(variable, (_match, name: string) => {
    const value = env[name];
    if (!value) throw new MissingVariable(`${place}: ${name} is not set in the environment.`);
    taken(value);
    return value;
  });
}

/** `text` for a log or an error, with every secret in it hidden. */
export function redacted(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '•••'), text);
}
