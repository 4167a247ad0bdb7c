import { randomUUID } from 'node:crypto';
import type { Picture } from './eyes.ts';

interface ItemEvent {
  type: string;
  previous_item_id?: unknown;
  readonly item_id?: unknown;
  readonly item?: { readonly id?: unknown } | null;
}

/** A message that shows a picture, as the Realtime API of OpenAI and Voice Live take it. */
export function shownItem({ jpeg, source }: Picture) {
  const text = source === 'screen' ? 'My screen, as it is now:' : 'What my camera sees now:';
  return {
    id: `see_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'message' as const,
    role: 'user' as const,
    content: [
      { type: 'input_text' as const, text },
      {
        type: 'input_image' as const,
        image_url: `data:image/jpeg;base64,${jpeg.toString('base64')}`,
      },
    ],
  };
}

/**
 * Pictures in a conversation of items that another party keeps as well, and that would delete what it does not know: events about
 * them are kept from it, and those about others are told as if no picture stood between.
 */
export class ShownItems {
  readonly #pictures = new Set<unknown>();
  /** All items as the service has them, in their order. */
  readonly #order: unknown[] = [];

  add(id: string): void {
    this.#pictures.add(id);
  }

  /** False where the event is about a picture, and nobody else's concern. */
  mayPass(event: ItemEvent): boolean {
    const id = event.item?.id ?? event.item_id;
    const isPicture = this.#pictures.has(id);
    const { previous_item_id: before } = event;
    if (event.type === 'conversation.item.added' || event.type === 'conversation.item.created') {
      if (!this.#order.includes(id)) this.#order.splice(this.#order.indexOf(before) + 1, 0, id);
      if (this.#pictures.has(before)) event.previous_item_id = this.#knownBefore(before);
    } else if (event.type === 'conversation.item.deleted' && this.#order.includes(id)) {
      this.#order.splice(this.#order.indexOf(id), 1);
      this.#pictures.delete(id);
    }
    return !isPicture;
  }

  /** There is a new conversation, with no pictures in it. */
  clear(): void {
    this.#pictures.clear();
    this.#order.length = 0;
  }

  #knownBefore(picture: unknown): unknown {
    const before = this.#order.slice(0, this.#order.indexOf(picture));
    return before.findLast((id) => !this.#pictures.has(id)) ?? null;
  }
}
