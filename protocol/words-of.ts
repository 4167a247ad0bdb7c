/** The words of a text as they are compared: small letters, and no apostrophes or hyphens within them. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/(\p{L})['’-](?=\p{L})/gu, '$1')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
