import { invariant } from "../model/engine-error.ts";
import type { Outline } from "./outline.ts";
import { TURNS, type Weighing, Weighings } from "./turn.ts";

/** Selections and outlines beyond which all are forgotten: bounds a router's memory. */
const MAX_CACHED_SELECTIONS = 32_768;
const MAX_CACHED_OUTLINES = 1_048_576;
/** Slots there are at first; doubled when half of them are taken. A power of two. */
const FIRST_SLOTS = 1024;
const SLOT_WORDS = 4;
/** The last word of a slot: id of the weighing below, index of the first outline above. */
const WEIGHING_BITS = 8;
const WEIGHING_MASK = (1 << WEIGHING_BITS) - 1;

/** What calls that depend on the same things lead to, but for the turn. */
export interface Selection {
  /** Weights of the sets of trunks among which the turn chooses. */
  readonly weights: readonly (readonly number[])[];
  readonly outline: (turn: number) => Outline;
}

/** Index of the outline for a turn, by the place that {@link OutlineCache.place} gave. */
export function placedOutline(place: number, orders: Uint8Array, turn: number): number {
  return (place >>> WEIGHING_BITS) + (orders[(place & WEIGHING_MASK) * TURNS + turn] ?? 0);
}

/** Not known (any more). */
export const UNKNOWN_OUTLINE = -1;

/**
 * Remembers outlines by what they depend on: the caller's lane, the match set, the gateway the call came in
 * by, and the turn. A look-up allocates nothing; cleared when full.
 *
 * ```
 * slots      open addressing, four words each: lane + 1 (0 = free) | match set | gateway | see WEIGHING_BITS
 * outlines   the fixed ones, then those of a selection one after the other, one for each order of its trunks
 * ```
 */
export class OutlineCache {
  private slots = new Int32Array(FIRST_SLOTS * SLOT_WORDS);
  private readonly outlines: Outline[];
  private readonly fixed: number;
  private readonly weighings = new Weighings();
  /** For {@link placedOutline}; the same array for ever. */
  readonly orders = this.weighings.orders;
  private cleared = (): void => {};
  private selections = 0;
  private clearings = 0;

  /** @param fixed - Outlines that keep their index for ever, from 0. */
  constructor(fixed: readonly Outline[]) {
    this.outlines = [...fixed];
    this.fixed = fixed.length;
  }

  /** How often all but the fixed outlines were forgotten: an index means the same until this changes. */
  get generation(): number {
    return this.clearings;
  }

  /** The outline with this index. */
  at(index: number): Outline {
    const outline = this.outlines[index];
    invariant(outline !== undefined, `there is no outline ${index}`);
    return outline;
  }

  /** Has this called whenever all but the fixed outlines were forgotten, and all places with them. */
  onClear(cleared: () => void): void {
    this.cleared = cleared;
  }

  /** Index of the outline; {@link UNKNOWN_OUTLINE} = not known (any more). */
  find(lane: number, matchSet: number, ingress: number, turn: number): number {
    const place = this.place(lane, matchSet, ingress);
    return place === 0 ? UNKNOWN_OUTLINE : placedOutline(place, this.orders, turn);
  }

  /** Where the outlines of all turns stand; 0 = they are not known (any more). */
  place(lane: number, matchSet: number, ingress: number): number {
    const { slots } = this;
    const slot = this.slotOf(lane + 1, matchSet, ingress);
    return slots[slot] === 0 ? 0 : (slots[slot + 3] ?? 0);
  }

  /** Takes up a selection that is not known: makes the outline of each of its orders. */
  add(lane: number, matchSet: number, ingress: number, { weights, outline }: Selection): void {
    const { id, turns } = this.makeRoom(weights);
    const place = (this.outlines.length << WEIGHING_BITS) | id;
    for (const turn of turns) this.outlines.push(outline(turn));
    this.selections++;
    const slot = this.slotOf(lane + 1, matchSet, ingress);
    this.slots.set([lane + 1, matchSet, ingress, place], slot);
  }

  /** Sees that a selection with these weights finds room, even if all others must go. */
  private makeRoom(weights: Selection["weights"]): Weighing {
    const isFull =
      this.selections >= MAX_CACHED_SELECTIONS || this.outlines.length >= MAX_CACHED_OUTLINES;
    if (isFull) this.clear();
    if (this.selections * 2 * SLOT_WORDS >= this.slots.length) this.grow();
    const known = this.weighings.of(weights);
    if (known !== null) return known;
    this.clear();
    const weighing = this.weighings.of(weights);
    invariant(weighing !== null, "a cleared cache has no room for a weighing");
    return weighing;
  }

  private clear(): void {
    this.slots.fill(0);
    this.outlines.length = this.fixed;
    this.clearings++;
    this.weighings.clear();
    this.selections = 0;
    this.cleared();
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Int32Array(slots.length * 2);
    for (let from = 0; from < slots.length; from += SLOT_WORDS) {
      const [lane = 0, matchSet = 0, ingress = 0] = slots.subarray(from);
      if (lane === 0) continue;
      const slot = this.slotOf(lane, matchSet, ingress);
      this.slots.set(slots.subarray(from, from + SLOT_WORDS), slot);
    }
  }

  /** The slot that holds the key, or the free one where it belongs. */
  private slotOf(a: number, b: number, c: number): number {
    const { slots } = this;
    const last = slots.length - SLOT_WORDS;
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
    let slot = ((hash ^ (hash >>> 15)) * SLOT_WORDS) & last;
    for (;;) {
      const known = slots[slot];
      if (known === 0) return slot;
      if (known === a && slots[slot + 1] === b && slots[slot + 2] === c) return slot;
      slot = (slot + SLOT_WORDS) & last;
    }
  }
}
