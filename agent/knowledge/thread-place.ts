import { z } from 'zod';

/** What a thread is told of: the folder that it reads, and where it is asked. */
export const threadPlace = z.object({ folder: z.string(), socketPath: z.string() });
export type ThreadPlace = z.infer<typeof threadPlace>;

/** A line for the log. */
export interface ThreadNews {
  readonly level: 'info' | 'warn';
  readonly fields: object;
  readonly message: string;
}
