import type { PageAction } from '#protocol/page-tools.ts';
import { storedSettings, type Settings } from '#protocol/settings.ts';
import type { Problem } from '../conversation/state.ts';

/** What a site can set, each an attribute and a property of the same name. */
export const attributeNames = [
  'server',
  'provider',
  'voice',
  'language',
  'instructions',
  'theme',
  'label',
  'placement',
] as const;
export type AttributeName = (typeof attributeNames)[number];

export interface Wishes {
  /** Where the API is, without a slash at its end. */
  readonly server: string;
  readonly settings: Settings;
  /** `undefined` follows the system. */
  readonly theme: 'light' | 'dark' | undefined;
  readonly label: string | undefined;
  readonly placement: 'inline' | 'floating';
  /** What was set and cannot be used. */
  readonly faults: readonly Problem[];
}

/** The site's page is not the assistant's to look at, to change or to show things in. */
const pageTools: Readonly<Record<PageAction['tool'], 'off'>> = {
  get_location: 'off',
  open_link: 'off',
  copy_text: 'off',
  set_theme: 'off',
  show_table: 'off',
  show_chart: 'off',
  show_image: 'off',
};

const settingNames = ['provider', 'voice', 'language', 'instructions'] as const;

/** Reads what a site has set; empty counts as not set. `ownServer` is where the script came from. */
export function readWishes(
  attribute: (name: AttributeName) => string | null,
  ownServer: string,
): Wishes {
  const faults: Problem[] = [];
  const given = (name: AttributeName): string | undefined => {
    const value = attribute(name)?.trim();
    return value === '' ? undefined : value;
  };
  const settings: Record<string, unknown> = { toolsOff: Object.keys(pageTools) };
  for (const name of settingNames) {
    const value = given(name);
    if (value === undefined) continue;
    if (storedSettings.schema.safeParse({ [name]: value }).success) settings[name] = value;
    else faults.push({ code: 'settings_refused', detail: `${name}="${value.slice(0, 60)}"` });
  }
  const wanted = given('server');
  const server = wanted === undefined ? ownServer : serverOf(wanted);
  if (server === undefined) {
    faults.push({ code: 'server_url_invalid', detail: `server="${wanted?.slice(0, 200)}"` });
  }
  const theme = given('theme');
  return {
    server: server ?? ownServer,
    settings: storedSettings.schema.parse(settings),
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    label: given('label'),
    placement: given('placement') === 'floating' ? 'floating' : 'inline',
    faults,
  };
}

/** Takes the address of the server or of its token endpoint. */
function serverOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, pathname, username, password } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  if (username !== '' || password !== '') return undefined;
  return origin + pathname.replace(/\/+$/, '').replace(/\/api\/token$/, '');
}
