import type { Item, Part } from '../realtime/conversation.ts';
import type { Dialect, ResponseState } from '../realtime/dialect.ts';
import { pictureOnWire } from '../realtime/shown-picture.ts';
import { textTokens, usageOnWire } from '../realtime/usage.ts';

/** The names of OpenAI's Realtime API since its general availability. */
export function openaiDialect({ echoesMetadata }: { echoesMetadata: boolean }): Dialect {
  return {
    names: { text: 'output_text', audio: 'output_audio', transcript: 'output_audio_transcript' },
    item: itemOnWire,
    part: eventPart,
    response: (response) => responseOnWire(response, echoesMetadata),
    itemAdded: (item, previousItemId) => [
      {
        type: 'conversation.item.added',
        previous_item_id: previousItemId,
        item: itemOnWire(item),
      },
    ],
    itemDone: (item, previousItemId) => [
      { type: 'conversation.item.done', previous_item_id: previousItemId, item: itemOnWire(item) },
    ],
    transcriptionUsage: (durationMs, transcript) => {
      const input = Math.ceil(durationMs / 100);
      const output = textTokens(transcript);
      return {
        usage: {
          type: 'tokens',
          total_tokens: input + output,
          input_tokens: input,
          input_token_details: { text_tokens: 0, audio_tokens: input },
          output_tokens: output,
        },
      };
    },
    visemes: () => [],
  };
}

function responseOnWire(response: ResponseState, echoesMetadata: boolean): object {
  const { settings, usage } = response;
  return {
    object: 'realtime.response',
    id: response.id,
    status: response.status,
    status_details: response.statusDetails,
    output: response.output.map(itemOnWire),
    output_modalities: [settings.speaks ? 'audio' : 'text'],
    audio: { output: { format: formatOnWire(response), voice: settings.voice } },
    max_output_tokens: Number.isFinite(settings.maxOutputTokens) ? settings.maxOutputTokens : 'inf',
    usage: usage ? usageOnWire(usage) : null,
    metadata: echoesMetadata ? response.metadata : null,
  };
}

function formatOnWire({ settings: { output } }: ResponseState): object {
  if (output.encoding === 'pcm16') return { type: 'audio/pcm', rate: output.rateHz };
  return { type: output.encoding === 'mulaw' ? 'audio/pcmu' : 'audio/pcma' };
}

function itemOnWire(item: Item): object {
  const common = { id: item.id, type: item.type };
  const stated = { ...common, object: 'realtime.item', status: item.status };
  switch (item.type) {
    case 'message':
      return {
        ...stated,
        role: item.role,
        content: item.parts.map((part) =>
          item.role === 'assistant' ? outputPart(part) : inputPart(part),
        ),
      };
    case 'function_call':
      return { ...stated, name: item.name, call_id: item.callId, arguments: item.arguments };
    case 'function_call_output':
      return { ...stated, call_id: item.callId, output: item.output };
    case 'mcp_list_tools':
      return {
        ...common,
        server_label: item.serverLabel,
        tools: item.tools.map(({ name, description, inputSchema }) => ({
          name,
          description: description ?? null,
          input_schema: inputSchema,
        })),
      };
    case 'mcp_call':
      return {
        ...common,
        server_label: item.serverLabel,
        name: item.name,
        arguments: item.arguments,
        approval_request_id: item.approvalRequestId,
        output: item.output,
        error: item.error === null ? null : { type: 'tool_execution_error', message: item.error },
      };
    case 'mcp_approval_request':
      return {
        ...common,
        server_label: item.serverLabel,
        name: item.name,
        arguments: item.arguments,
      };
    case 'mcp_approval_response':
      return { ...common, approval_request_id: item.approvalRequestId, approve: item.approve };
  }
}

function outputPart(part: Part): object {
  if (part.kind === 'picture') return pictureOnWire(part);
  if (part.kind === 'text') return { type: 'output_text', text: part.text };
  if (part.kind === 'spoken' && part.truncated) return { type: 'output_audio' };
  return { type: 'output_audio', transcript: part.transcript ?? '' };
}

/** In events about a part of a reply it has its old, shorter name. */
function eventPart(part: Part): object {
  if (part.kind === 'picture') return pictureOnWire(part);
  return part.kind === 'text'
    ? { type: 'text', text: part.text }
    : { type: 'audio', transcript: part.transcript ?? '' };
}

function inputPart(part: Part): object {
  if (part.kind === 'picture') return pictureOnWire(part);
  return part.kind === 'text'
    ? { type: 'input_text', text: part.text }
    : { type: 'input_audio', transcript: part.transcript ?? null };
}
