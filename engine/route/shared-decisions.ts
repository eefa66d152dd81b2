import type { CompiledCallerId } from "../compile/compiled-tenant.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { Outline } from "./outline.ts";

/** Decisions beyond which all are made anew: bounds a router's memory. */
const MAX_DECISIONS = 262_144;
/** Slots there are at first; doubled when half of them are taken. A power of two. */
const FIRST_SLOTS = 1024;

/** In the place of a caller ID: the decision is everybody's, or there is none yet. */
const ANYBODY = -2;
const UNKNOWN = -3;

/**
 * The decisions of outlines, one object for each number shown: whoever asks again gets the same one, and
 * nothing is allocated.
 *
 * ```
 * shown   by index of the outline: the caller ID of `latest`, ANYBODY for those that show none of their own
 * latest  the decision that was asked for last, in dense arrays: often one caller makes many calls
 * keys    open addressing, two words each: index of the outline + 1 (0 = free) | index of the caller ID
 * values  the decision of each slot
 * ```
 */
export class SharedDecisions {
  private readonly callerIds: readonly CompiledCallerId[];
  private shown = new Int32Array(FIRST_SLOTS).fill(UNKNOWN);
  private latest = slots(FIRST_SLOTS);
  private keys = new Int32Array(FIRST_SLOTS * 2);
  private values = slots(FIRST_SLOTS);
  private count = 0;
  private generation = 0;

  constructor(callerIds: readonly CompiledCallerId[]) {
    this.callerIds = callerIds;
  }

  /**
   * The decision of an outline for a caller; `null` = not known (any more).
   *
   * @param index - Index of the outline in this generation; see `OutlineCache`.
   * @param callerId - Index of what the tenant shows of the caller.
   */
  find(index: number, generation: number, callerId: number): RouteDecision | null {
    if (generation !== this.generation) return null;
    const shown = index < this.shown.length ? (this.shown[index] ?? UNKNOWN) : UNKNOWN;
    if (shown === callerId || shown === ANYBODY) return this.latest[index] ?? null;
    const slot = this.slotOf(index + 1, callerId);
    const decision = this.keys[slot * 2] === 0 ? null : (this.values[slot] ?? null);
    if (decision !== null) this.setLatest(index, callerId, decision);
    return decision;
  }

  /** Makes the decision that is not known. */
  add(outline: Outline, index: number, generation: number, callerId: number): RouteDecision {
    if (generation !== this.generation || this.count >= MAX_DECISIONS) this.clear(generation);
    const decision = this.make(outline, callerId);
    this.setLatest(index, outline.showsOwnNumber ? callerId : ANYBODY, decision);
    if (!outline.showsOwnNumber) return decision;
    if (this.count * 4 >= this.keys.length) this.grow();
    this.put(index + 1, callerId, decision);
    this.count++;
    return decision;
  }

  private setLatest(index: number, shown: number, decision: RouteDecision): void {
    while (index >= this.shown.length) {
      const { shown: before, latest } = this;
      this.shown = new Int32Array(before.length * 2).fill(UNKNOWN);
      this.shown.set(before);
      this.latest = [...latest, ...slots(before.length)];
    }
    this.shown[index] = shown;
    this.latest[index] = decision;
  }

  /** The decision of an outline that is not kept. */
  make({ decision, showsOwnNumber }: Outline, callerId: number): RouteDecision {
    if (!showsOwnNumber) return decision;
    const shown = this.callerIds[callerId]?.callerId ?? null;
    // WHY the cast: only calls that are placed show a number, and all of these take one.
    return Object.freeze({ ...decision, callerId: shown }) as RouteDecision;
  }

  private put(key: number, callerId: number, decision: RouteDecision): void {
    const slot = this.slotOf(key, callerId);
    this.keys[slot * 2] = key;
    this.keys[slot * 2 + 1] = callerId;
    this.values[slot] = decision;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.values = slots(keys.length);
    for (let slot = 0; slot * 2 < keys.length; slot++) {
      const decision = values[slot] ?? null;
      if (decision !== null) this.put(keys[slot * 2] ?? 0, keys[slot * 2 + 1] ?? 0, decision);
    }
  }

  private clear(generation: number): void {
    this.shown.fill(UNKNOWN);
    this.latest.fill(null);
    this.keys.fill(0);
    this.values.fill(null);
    this.count = 0;
    this.generation = generation;
  }

  /** The slot that holds the key, or the free one where it belongs. */
  private slotOf(key: number, callerId: number): number {
    const { keys } = this;
    const last = (keys.length >> 1) - 1;
    const hash = Math.imul(key, 0x9e3779b1) ^ Math.imul(callerId, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & last;
    for (;;) {
      const known = keys[slot * 2];
      if (known === 0 || (known === key && keys[slot * 2 + 1] === callerId)) return slot;
      slot = (slot + 1) & last;
    }
  }
}

/** WHY filled: an array with holes becomes a hash table when one of them is far from the others. */
function slots(count: number): (RouteDecision | null)[] {
  return new Array<RouteDecision | null>(count).fill(null);
}
