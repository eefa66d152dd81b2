/** What can stand in a {@link SlotList}. */
export interface Slotted {
  /** Its place in the list; the list's to set. */
  slot: number;
}

/**
 * Things that come and go by the thousand each second, in no order. Adding and removing cost the same
 * however many there are.
 *
 * WHY not a Set: see `ChurningTable`.
 */
export class SlotList<Item extends Slotted> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    item.slot = this.#items.push(item) - 1;
  }

  /** `false` = it is not in the list. */
  remove(item: Item): boolean {
    if (this.#items[item.slot] !== item) return false;
    const last = this.#items.pop();
    if (last === undefined || last === item) return true;
    last.slot = item.slot;
    this.#items[item.slot] = last;
    return true;
  }

  /** As of now: whoever goes through them may remove them meanwhile. */
  items(): Item[] {
    return this.#items.slice();
  }
}
