import type { RouteDecision } from "../model/decision.ts";
import { TURNS } from "./turn.ts";

/** Selections, and decisions by turn, beyond which all are forgotten: bounds a router's memory. */
const MAX_CACHED_SELECTIONS = 32_768;
const MAX_CACHED_TURNS = 1_048_576;
/** Slots there are at first; doubled when half of them are taken. A power of two. */
const FIRST_SLOTS = 1024;
const KEY_LENGTH = 4;

/**
 * What calls that depend on the same things lead to: one decision where the order of trunks is fixed,
 * else one for each turn, made when first needed.
 */
export interface CachedSelection {
  readonly dependsOnTurn: boolean;
  /** What to decide where a calling plan does not cover the destination; `null` = no such question. */
  readonly uncovered: RouteDecision | null;
  readonly byTurn: (RouteDecision | undefined)[];
  readonly decide: (turn: number) => RouteDecision;
}

/** A selection of which nothing is decided yet. */
export function newSelection(
  decide: (turn: number) => RouteDecision,
  dependsOnTurn: boolean,
  uncovered: RouteDecision | null,
): CachedSelection {
  const byTurn = new Array<RouteDecision | undefined>(dependsOnTurn ? TURNS : 1).fill(undefined);
  return { dependsOnTurn, uncovered, byTurn, decide };
}

/** The decision for a turn. Equal orders share one object; what was asked before allocates nothing. */
export function decisionInTurn(selection: CachedSelection, turn: number): RouteDecision {
  // WHY: the rest stands apart, since a function that holds a closure allocates on every call.
  return selection.byTurn[turn] ?? decideInTurn(selection, turn);
}

function decideInTurn({ byTurn, decide }: CachedSelection, turn: number): RouteDecision {
  const made = decide(turn);
  const trunks = made.trunks.join("\n");
  const decision = byTurn.find((known) => known?.trunks.join("\n") === trunks) ?? made;
  byTurn[turn] = decision;
  return decision;
}

/**
 * Remembers selections by what they depend on: class of the caller, her caller ID, match set, and the
 * gateway the call came in by. Open addressing over one Int32Array; a look-up allocates nothing and
 * costs a few nanoseconds. Cleared when full.
 */
export class DecisionCache {
  private keys = new Int32Array(FIRST_SLOTS * KEY_LENGTH).fill(-1);
  private readonly selections: (CachedSelection | undefined)[] = [];
  private turns = 0;
  private slotSelections = new Int32Array(FIRST_SLOTS);

  /** The selection, or `undefined` when it is not known (any more). */
  find(
    routingClass: number,
    callerId: number,
    matchSet: number,
    ingress: number,
  ): CachedSelection | undefined {
    const slot = this.slotOf(routingClass, callerId, matchSet, ingress);
    if (this.keys[slot * KEY_LENGTH] === -1) return undefined;
    return this.selections[this.slotSelections[slot] ?? 0];
  }

  add(
    routingClass: number,
    callerId: number,
    matchSet: number,
    ingress: number,
    selection: CachedSelection,
  ): void {
    const isFull =
      this.selections.length >= MAX_CACHED_SELECTIONS || this.turns >= MAX_CACHED_TURNS;
    if (isFull) this.clear();
    this.turns += selection.byTurn.length;
    if (this.selections.length * 2 >= this.slotSelections.length) this.grow();
    const slot = this.slotOf(routingClass, callerId, matchSet, ingress);
    this.keys.set([routingClass, callerId, matchSet, ingress], slot * KEY_LENGTH);
    this.slotSelections[slot] = this.selections.push(selection) - 1;
  }

  private clear(): void {
    this.keys.fill(-1);
    this.selections.length = 0;
    this.turns = 0;
  }

  private grow(): void {
    const { keys, slotSelections } = this;
    this.keys = new Int32Array(keys.length * 2).fill(-1);
    this.slotSelections = new Int32Array(slotSelections.length * 2);
    for (const [from, selection] of slotSelections.entries()) {
      const [a = -1, b = 0, c = 0, d = 0] = keys.subarray(from * KEY_LENGTH);
      if (a === -1) continue;
      const slot = this.slotOf(a, b, c, d);
      this.keys.set([a, b, c, d], slot * KEY_LENGTH);
      this.slotSelections[slot] = selection;
    }
  }

  /** The slot that holds the key, or the free one where it belongs. */
  private slotOf(a: number, b: number, c: number, d: number): number {
    const { keys } = this;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f);
    const mask = this.slotSelections.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const at = slot * KEY_LENGTH;
      if (keys[at] === -1) return slot;
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
