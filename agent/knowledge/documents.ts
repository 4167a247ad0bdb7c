import { open, readdir, realpath } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { DocumentEnding } from '#protocol/documents.ts';
import { chunkMarkdown, chunkPages, chunkText, type Chunk } from './chunks.ts';

/** A file that can be indexed. */
export interface DocumentFile {
  /** Path inside the folder, with `/`. */
  readonly name: string;
  readonly path: string;
}

/** Why a file is left out, in words for the log. */
class UnreadableDocument extends Error {}

const mostFiles = 1000;
const deepest = 8;
const mostTextBytes = 2 * 1024 * 1024;
const mostPdfBytes = 20 * 1024 * 1024;
const mostPages = 500;

interface Reader {
  readonly most: number;
  readonly read: (content: Buffer) => Chunk[] | Promise<Chunk[]>;
}

const markdown: Reader = {
  most: mostTextBytes,
  read: (content) => chunkMarkdown(decode(content)),
};
const plain: Reader = { most: mostTextBytes, read: (content) => chunkText(decode(content)) };
const pdf: Reader = { most: mostPdfBytes, read: readPdf };

const readers: ReadonlyMap<string, Reader> = new Map(
  Object.entries({
    '.md': markdown,
    '.markdown': markdown,
    '.txt': plain,
    '.text': plain,
    '.pdf': pdf,
  } satisfies Record<DocumentEnding, Reader>),
);

/**
 * The documents under a folder, at most a thousand. Links are refused wherever they lead, so that nothing outside
 * the folder is ever read. Throws if the folder itself cannot be read.
 */
export async function listDocuments(
  folder: string,
  refuse: (name: string, reason: string) => void,
): Promise<readonly DocumentFile[]> {
  const root = await realpath(folder);
  const found: DocumentFile[] = [];
  const visit = async (directory: string, depth: number): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name);
      const name = relative(root, path).split(sep).join('/');
      if (found.length >= mostFiles) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isSymbolicLink()) refuse(name, 'it is a link');
      else if (entry.isDirectory() && depth < deepest) await visit(path, depth + 1);
      else if (entry.isFile() && readers.has(extname(entry.name).toLowerCase()))
        found.push({ name, path });
    }
  };
  await visit(root, 0);
  return found;
}

/** Reads one document into chunks. Throws an `UnreadableDocument` that says why it cannot be read. */
export async function readDocument(path: string): Promise<Chunk[]> {
  const reader = readerOf(path);
  return readWith(reader, await readAtMost(path, reader.most));
}

/** The same for a document that is in memory; its name says of what kind it is. */
export async function readContent(name: string, content: Buffer): Promise<Chunk[]> {
  const reader = readerOf(name);
  if (content.length > reader.most) throw tooLarge(reader.most);
  return readWith(reader, content);
}

function readerOf(name: string): Reader {
  const reader = readers.get(extname(name).toLowerCase());
  if (!reader) throw new UnreadableDocument('it is of no kind that can be read');
  return reader;
}

async function readWith(reader: Reader, content: Buffer): Promise<Chunk[]> {
  try {
    return await reader.read(content);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument(error instanceof Error ? error.message : String(error));
  }
}

/** Measures the file that it has opened, so that a file swapped meanwhile cannot grow past the limit. */
async function readAtMost(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > most) throw tooLarge(most);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function tooLarge(most: number): UnreadableDocument {
  return new UnreadableDocument(`it is larger than ${Math.round(most / 1024 / 1024)} MB`);
}

function decode(content: Buffer): string {
  if (content.includes(0)) throw new UnreadableDocument('it is not text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new UnreadableDocument('it is not UTF-8');
  }
}

async function readPdf(content: Buffer): Promise<Chunk[]> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(new Uint8Array(content), { verbosity: 0 });
  try {
    if (pdf.numPages > mostPages) {
      throw new UnreadableDocument(`it has more than ${mostPages} pages`);
    }
    const { text } = await extractText(pdf, { mergePages: false });
    return chunkPages(text);
  } finally {
    await pdf.destroy();
  }
}
