/** A stretch of a document that is found and answered from as one. */
export interface Chunk {
  readonly text: string;
  readonly heading?: string;
  /** Page of a PDF, from 1. */
  readonly page?: number;
}

/** Long enough to hold an answer with what it needs around it, short enough to be about one thing. In characters. */
const chunkLength = 700;

/** Markdown by headings and paragraphs, without its signs. */
export function chunkMarkdown(source: string): Chunk[] {
  const chunks: Chunk[] = [];
  let heading: string | undefined;
  let paragraphs: string[] = [];
  const close = () => {
    chunks.push(...pack(paragraphs, { ...(heading !== undefined && { heading }) }));
    paragraphs = [];
  };
  for (const block of blocksOf(source)) {
    const title = /^#{1,6}\s+(.+?)\s*#*$/.exec(block)?.[1];
    if (title === undefined) {
      paragraphs.push(plainMarkdown(block));
    } else {
      close();
      heading = plainMarkdown(title);
    }
  }
  close();
  return chunks;
}

/** Plain text by paragraphs. */
export function chunkText(source: string): Chunk[] {
  return pack(
    source.split(/\n\s*\n/).map((paragraph) => oneLine(paragraph)),
    {},
  );
}

/** Pages of a PDF, each on its own, so that a passage has one page to name. */
export function chunkPages(pages: readonly string[]): Chunk[] {
  return pages.flatMap((page, index) => {
    const [, title, body = ''] = pageTitle.exec(page.trim()) ?? [];
    return title === undefined
      ? pack([oneLine(page)], { page: index + 1 })
      : pack([oneLine(body)], { page: index + 1, heading: oneLine(title) });
  });
}

/** A short first line without a full stop, before a line that begins afresh, is what the page is about. */
const pageTitle = /^([^\n]{3,70}[^\n.,:;!?-])\n+(?=\p{Lu})(.+)$/su;

/** The sentences of a text, trimmed. */
export function sentencesOf(text: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '');
}

/** Fills chunks with whole sentences; each begins with the last sentence of the one before. */
function pack(paragraphs: readonly string[], place: Omit<Chunk, 'text'>): Chunk[] {
  const chunks: Chunk[] = [];
  let held: string[] = [];
  let fresh = 0;
  const close = () => {
    if (fresh > 0) chunks.push({ ...place, text: held.join(' ') });
    held = held.slice(-1).filter((sentence) => sentence.length < chunkLength / 3);
    fresh = 0;
  };
  for (const sentence of paragraphs.flatMap(sentencesOf).flatMap(divide)) {
    const length = held.reduce((sum, part) => sum + part.length + 1, 0);
    if (fresh > 0 && length + sentence.length > chunkLength) close();
    held.push(sentence);
    fresh += 1;
  }
  close();
  return chunks;
}

/** A "sentence" without end, such as a table, is cut at spaces. */
function divide(sentence: string): string[] {
  return sentence.length <= chunkLength
    ? [sentence]
    : (sentence.match(new RegExp(`.{1,${chunkLength}}(?:\\s|$)|.{${chunkLength}}`, 'gs')) ?? []);
}

/** Headings and paragraphs; a fenced block is one paragraph whatever it holds. */
function blocksOf(source: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fenced = false;
  const close = () => {
    if (lines.length > 0) blocks.push(lines.join('\n'));
    lines = [];
  };
  const body = source.replace(/^---\n.*?\n---\n/s, '');
  for (const line of body.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      if (!fenced) close();
      continue;
    }
    if (
      !fenced &&
      (line.trim() === '' || /^#{1,6}\s/.test(line) || /^\s*(?:[-*+]|\d+[.)])\s/.test(line))
    )
      close();
    if (line.trim() !== '') lines.push(line);
    if (!fenced && /^#{1,6}\s/.test(line)) close();
  }
  close();
  return blocks;
}

function plainMarkdown(block: string): string {
  return oneLine(
    block
      .replace(/^\s*>\s?/gm, '')
      .replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/gm, '')
      .replace(/^\s*\|?[\s:|-]+\|[\s:|-]*$/gm, '')
      .replace(/\s*\|\s*/g, ', ')
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
      .replace(/<[^>]+>/g, '')
      .replace(/(\*\*|__|~~)(.+?)\1/gs, '$2')
      .replace(/(?<![\w*])[*_](?=\S)(.+?)(?<=\S)[*_](?![\w*])/gs, '$1')
      .replace(/`+/g, ''),
  );
}

function oneLine(text: string): string {
  return text
    .replace(/(\p{Ll})-\n(?=\p{Ll})/gu, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^[, ]+|[, ]+$/g, '')
    .trim();
}
