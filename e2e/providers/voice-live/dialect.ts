import type { Item, Part } from '../realtime/conversation.ts';
import type { Dialect, ResponseState } from '../realtime/dialect.ts';
import { pictureOnWire } from '../realtime/shown-picture.ts';
import { usageOnWire } from '../realtime/usage.ts';
import { visemesOf } from './visemes.ts';

/** Voice Live's names: those of the Realtime API before its general availability. */
export function voiceLiveDialect({ echoesMetadata }: { echoesMetadata: boolean }): Dialect {
  return {
    names: { text: 'text', audio: 'audio', transcript: 'audio_transcript' },
    item: itemOnWire,
    part: outputPart,
    response: (response) => responseOnWire(response, echoesMetadata),
    itemAdded: (item, previousItemId) => [
      {
        type: 'conversation.item.created',
        previous_item_id: previousItemId,
        item: itemOnWire(item),
      },
    ],
    itemDone: () => [],
    transcriptionUsage: () => ({}),
    visemes: visemesOf,
  };
}

function responseOnWire(response: ResponseState, echoesMetadata: boolean): object {
  const { settings, usage } = response;
  return {
    id: response.id,
    object: 'realtime.response',
    status: response.status,
    status_details: response.statusDetails,
    output: response.output.map(itemOnWire),
    usage: usage ? usageOnWire(usage) : null,
    modalities: settings.speaks ? ['text', 'audio'] : ['text'],
    ...(echoesMetadata && response.metadata && { metadata: response.metadata }),
  };
}

function itemOnWire(item: Item): object {
  const common = { id: item.id, object: 'realtime.item', type: item.type, status: item.status };
  switch (item.type) {
    case 'message':
      return {
        ...common,
        role: item.role,
        content: item.parts.map((part) =>
          item.role === 'assistant' ? outputPart(part) : inputPart(part),
        ),
      };
    case 'function_call':
      return { ...common, name: item.name, call_id: item.callId, arguments: item.arguments };
    case 'function_call_output':
      return { ...common, call_id: item.callId, output: item.output };
    case 'mcp_list_tools':
      return {
        ...common,
        server_label: item.serverLabel,
        tools: item.tools.map(({ name, description, inputSchema }) => ({
          name,
          description,
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
        error: item.error === null ? null : { message: item.error },
      };
    case 'mcp_approval_request':
      return {
        ...common,
        server_label: item.serverLabel,
        name: item.name,
        arguments: item.arguments,
      };
    case 'mcp_approval_response':
      return {
        ...common,
        approval_request_id: item.approvalRequestId,
        approve: item.approve,
      };
  }
}

function outputPart(part: Part): object {
  if (part.kind === 'picture') return pictureOnWire(part);
  if (part.kind === 'text') return { type: 'text', text: part.text };
  const gone = part.kind === 'spoken' && part.truncated;
  return { type: 'audio', transcript: gone ? null : (part.transcript ?? null) };
}

function inputPart(part: Part): object {
  if (part.kind === 'picture') return pictureOnWire(part);
  return part.kind === 'text'
    ? { type: 'input_text', text: part.text }
    : { type: 'input_audio', transcript: part.transcript ?? null };
}
