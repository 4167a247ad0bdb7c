/** The service takes at most 1 KB in one `textInput`, in UTF-8; it does not say which kilobyte, so the smaller. */
const pieceBytes = 1000;

export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Cuts a text so that each piece fits one `textInput`, between words where it can. Joined they are the text again. */
export function pieces(text: string): string[] {
  const result: string[] = [];
  let rest = text;
  while (utf8Bytes(rest) > pieceBytes) {
    const head = headOf(rest, pieceBytes);
    const space = head.lastIndexOf(' ') + 1;
    const piece = space > head.length / 2 ? head.slice(0, space) : head;
    result.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...result, rest];
}

/** The longest beginning of at most so many bytes that splits no character. */
function headOf(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += utf8Bytes(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** The longest end of at most so many bytes that splits no character. */
export function tailOf(text: string, maxBytes: number): string {
  const characters = Array.from(text);
  let bytes = 0;
  let start = characters.length;
  while (start > 0) {
    bytes += utf8Bytes(characters[start - 1] ?? '');
    if (bytes > maxBytes) break;
    start -= 1;
  }
  return characters.slice(start).join('');
}
