import { hostPage } from '../connect/host-page.ts';

/** The languages that there are words in. Each is a folder beside this file, named by its tag. */
export const languages = ['en', 'vi'] as const;
export type Language = (typeof languages)[number];

// public/not-loaded.js reads the same key where none of this comes.
const storageKey = 'parley.language';

/** What is said in one language has the same keys as in every other, takes the same values, and reads otherwise. */
export type Worded<English> = English extends string
  ? string
  : English extends (...values: infer Values) => infer Said
    ? (...values: Values) => Worded<Said>
    : { readonly [Key in keyof English]: Worded<English[Key]> };

/** Fetches the words of one subject and returns what puts them in place. */
type Subject = (language: Language) => Promise<() => void>;

const subjects: Subject[] = [];
const watchers = new Set<() => void>();

let chosen = keptLanguage();
let current = chosen ?? browserLanguage();
let lastAsked = 0;
show();

export function currentLanguage(): Language {
  return current;
}

/** What the person chose, now or on an earlier visit; undefined where the page follows the browser. */
export function chosenLanguage(): Language | undefined {
  return chosen;
}

/** The first of these tags that there are words in, else English. */
export function firstKnown(tags: readonly string[]): Language {
  return tags.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** The current language with the region that the person's browser has for it, so that dates read as at home: `en-GB`. */
export function currentLocale(): string {
  return browserTags().find((tag) => languageOf(tag) === current) ?? current;
}

/**
 * Keeps the words of a subject in the language of the page, now and after each change of it. Resolves once they are there, so
 * that a module which awaits it at its top never shows a view without words.
 */
export async function follow<Loaded>(
  load: (language: Language) => Promise<Loaded>,
  put: (loaded: Loaded) => void,
): Promise<void> {
  const subject: Subject = async (language) => {
    const loaded = await load(language);
    return () => put(loaded);
  };
  subjects.push(subject);
  let fetched: Language;
  do {
    fetched = current;
    (await subject(fetched))();
  } while (fetched !== current);
}

/**
 * Changes the language of the page, `undefined` to that of the browser, and keeps the choice. Until every word is there
 * nothing changes; rejects, with all as it was, where they cannot be fetched. The last of several calls counts.
 */
export async function chooseLanguage(choice: Language | undefined): Promise<void> {
  lastAsked += 1;
  const asked = lastAsked;
  const language = choice ?? browserLanguage();
  const puts = await Promise.all(subjects.map((subject) => subject(language)));
  if (asked !== lastAsked) return;
  keep(choice);
  chosen = choice;
  current = language;
  for (const put of puts) put();
  show();
  for (const watcher of watchers) watcher();
}

/** Says when every word has changed. Returns its release. */
export function watchLanguage(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function browserLanguage(): Language {
  return firstKnown(browserTags());
}

/** Node knows the language of its machine too; tests are not to depend on it. */
function browserTags(): readonly string[] {
  if (typeof document === 'undefined') return [];
  // On the page of another site, that page's own language goes before.
  return hostPage.isGuest
    ? [document.documentElement.lang, ...navigator.languages]
    : navigator.languages;
}

function languageOf(tag: string): Language | undefined {
  const base = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === base);
}

function show(): void {
  if (typeof document === 'undefined' || hostPage.isGuest) return;
  document.documentElement.lang = current;
}

function keptLanguage(): Language | undefined {
  if (hostPage.isGuest) return undefined;
  try {
    const kept = localStorage.getItem(storageKey);
    return languages.find((language) => language === kept);
  } catch {
    // Storage may be switched off, and outside of a browser there is none.
    return undefined;
  }
}

function keep(choice: Language | undefined): void {
  try {
    if (choice === undefined) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
}
