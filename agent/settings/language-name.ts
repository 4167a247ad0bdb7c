const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** What English calls the language of a BCP 47 tag, without its region; the tag itself where it is none. */
export function languageName(tag: string): string {
  try {
    return names.of(new Intl.Locale(tag).language) ?? tag;
  } catch {
    return tag;
  }
}
