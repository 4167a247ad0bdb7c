import { z } from 'zod';

/**
 * An item of the conversation as the service describes it. One loose shape for all types: what a type does not have
 * is absent or null, and types that this plugin does not know pass through.
 */
export const wireItem = z.object({
  id: z.string(),
  type: z.string(),
  role: z.string().nullish(),
  status: z.string().nullish(),
  content: z
    .array(
      z.object({
        type: z.string(),
        text: z.string().nullish(),
        transcript: z.string().nullish(),
      }),
    )
    .nullish(),
  name: z.string().nullish(),
  call_id: z.string().nullish(),
  arguments: z.string().nullish(),
  output: z.string().nullish(),
  error: z.unknown().optional(),
  server_label: z.string().nullish(),
});
export type WireItem = z.infer<typeof wireItem>;

/** What a client may put into the conversation. */
export type NewItem =
  | {
      id?: string;
      type: 'message';
      role: 'user' | 'system';
      content: (
        | { type: 'input_text'; text: string }
        | { type: 'input_audio'; audio: string; transcript?: string }
        | { type: 'input_image'; image_url: string }
      )[];
    }
  | { id?: string; type: 'message'; role: 'assistant'; content: { type: 'text'; text: string }[] }
  | { id?: string; type: 'function_call'; call_id: string; name: string; arguments: string }
  | { id?: string; type: 'function_call_output'; call_id: string; output: string }
  | { id?: string; type: 'mcp_approval_response'; approval_request_id: string; approve: boolean };
