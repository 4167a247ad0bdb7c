type Variables = Readonly<Record<string, string | undefined>>;

/** What variables that hold a secret are called, here and by the services that we talk to. */
const secretName = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|AUTHORIZATION|CREDENTIAL/i;

/** Shorter values are settings or the well-known keys of a development server; hiding them would garble every line. */
const shortestSecret = 8;

/** The values of the environment that must never be written down, longest first, in each form a line may hold them in. */
export function secretsOf(environment: Variables): string[] {
  const forms = new Set<string>();
  for (const [name, value] of Object.entries(environment)) {
    if (!value || value.length < shortestSecret || !secretName.test(name)) continue;
    forms.add(value);
    forms.add(inAddress(value));
    forms.add(JSON.stringify(value).slice(1, -1));
    forms.add(Buffer.from(value).toString('base64'));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function inAddress(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate, which no address can hold.
    return value;
  }
}

const hidden = '•••';

/** Three parts in base64url, the first of which begins with `{"`: a signed token. */
const signedToken = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const bearer = /\b(bearer|basic)(\s+)[\w.~+/=-]{8,}/gi;
const inQuery =
  /([?&#](?:access_token|token|api[-_]?key|key|secret|signature|sig|x-amz-[a-z-]+)=)[^&\s"'\\]+/gi;

/** `text` with every one of the secrets, and whatever has the form of a credential, hidden. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  const clean = text
    .replace(signedToken, hidden)
    .replace(bearer, `$1$2${hidden}`)
    .replace(inQuery, `$1${hidden}`);
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), clean);
}
