import { llm } from '@livekit/agents';
import type { NewItem, WireItem } from './wire/items.ts';

interface ImagePart {
  type: 'input_image';
  image_url: string;
}

/**
 * An item of the framework's chat as the service takes it. Undefined for what has no place in a conversation with it:
 * hand-overs, changes of instructions (they are given apart), and what has no content.
 */
export function toNewItem(
  item: llm.ChatItem,
  id: string,
  images: readonly ImagePart[] = [],
): NewItem | undefined {
  switch (item.type) {
    case 'function_call':
      return {
        id,
        type: 'function_call',
        call_id: item.callId,
        name: item.name,
        arguments: item.args,
      };
    case 'function_call_output':
      return { id, type: 'function_call_output', call_id: item.callId, output: item.output };
    case 'message':
      return message(item, id, images);
    default:
      return undefined;
  }
}

function message(
  item: llm.ChatMessage,
  id: string,
  images: readonly ImagePart[],
): NewItem | undefined {
  const text = item.textContent ?? '';
  if (text === '' && images.length === 0) return undefined;
  if (item.role === 'assistant')
    return { id, type: 'message', role: 'assistant', content: [{ type: 'text', text }] };
  const words = text === '' ? [] : [{ type: 'input_text' as const, text }];
  if (item.role !== 'user') return { id, type: 'message', role: 'system', content: words };
  return { id, type: 'message', role: 'user', content: [...words, ...images] };
}

/** What a person shows, encoded as the service wants it. */
export async function imagesOf(item: llm.ChatItem): Promise<ImagePart[]> {
  if (item.type !== 'message' || item.role !== 'user') return [];
  const found: ImagePart[] = [];
  for (const part of item.content) {
    if (typeof part === 'string' || part.type !== 'image_content') continue;
    const image = await llm.serializeImage(part);
    const url =
      image.externalUrl ??
      (image.base64Data && `data:${image.mimeType ?? 'image/jpeg'};base64,${image.base64Data}`);
    if (url) found.push({ type: 'input_image', image_url: url });
  }
  return found;
}

/** What the service has put into the conversation, for the framework. Undefined for types that it does not know. */
export function toChatItem(item: WireItem): llm.ChatItem | undefined {
  if (item.type === 'function_call' && item.call_id && item.name)
    return llm.FunctionCall.create({
      id: item.id,
      callId: item.call_id,
      name: item.name,
      args: item.arguments ?? '',
    });
  if (item.type === 'function_call_output' && item.call_id)
    return llm.FunctionCallOutput.create({
      id: item.id,
      callId: item.call_id,
      output: item.output ?? '',
      isError: false,
    });
  if (item.type !== 'message') return undefined;
  const role = item.role === 'user' || item.role === 'system' ? item.role : 'assistant';
  const texts = (item.content ?? []).map(({ text, transcript }) => text ?? transcript ?? '');
  return llm.ChatMessage.create({
    id: item.id,
    role,
    content: texts.filter((text) => text !== ''),
  });
}
