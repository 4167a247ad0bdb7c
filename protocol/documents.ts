import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** What one conversation may hold. */
export const mostDocuments = 8;
export const mostDocumentBytes = 8 * 1024 * 1024;

/** The kinds that can be read, by the end of the name. */
export const documentEndings = ['.txt', '.text', '.md', '.markdown', '.pdf'] as const;
export type DocumentEnding = (typeof documentEndings)[number];

/** Whether a file of this name can be read at all. */
export function isReadable(name: string): boolean {
  return documentEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

/**
 * RPC `parley.document`, browser → agent: read what came in the byte stream `id`, or forget it. It is refused with words for a
 * person.
 */
const request = z.strictObject({
  want: z.enum(['read', 'forget']),
  id: z.string().check(z.minLength(1), z.maxLength(128)),
});
export type DocumentRequest = z.infer<typeof request>;
export const documentRequest: MessageKind<DocumentRequest> = { schema: request, maxBytes: 512 };

/** How many passages of it can be found now. */
const response = z.strictObject({ passages: z.int().check(z.nonnegative()) });
type DocumentResponse = z.infer<typeof response>;
export const documentResponse: MessageKind<DocumentResponse> = { schema: response, maxBytes: 256 };
