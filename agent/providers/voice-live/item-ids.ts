import { createHash } from 'node:crypto';

const longest = 32;
const plain = /^[\w-]+$/;

/** Names of items that come from elsewhere (another provider's history) may not be ones that the service takes. */
export class ItemIds {
  readonly #own = new Map<string, string>();

  toWire(id: string): string {
    if (id.length <= longest && plain.test(id)) return id;
    const short = `item_${createHash('sha256').update(id).digest('hex').slice(0, 24)}`;
    this.#own.set(short, id);
    return short;
  }

  fromWire(wireId: string): string {
    return this.#own.get(wireId) ?? wireId;
  }
}
