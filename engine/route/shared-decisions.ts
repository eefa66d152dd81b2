import type { CompiledCallerId } from "../compile/compiled-tenant.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { Outline } from "./outline.ts";

/** Decisions beyond which all are made anew: bounds a router's memory. */
const MAX_DECISIONS = 262_144;

/**
 * The decisions of outlines that show the caller's own number, one object for each number: whoever asks
 * again gets the same one, and nothing is allocated.
 */
export class SharedDecisions {
  private readonly callerIds: readonly CompiledCallerId[];
  /** By index of the outline, then of the caller ID. */
  private decisions: (Map<number, RouteDecision> | undefined)[] = [];
  private count = 0;
  private generation = 0;

  constructor(callerIds: readonly CompiledCallerId[]) {
    this.callerIds = callerIds;
  }

  /**
   * The decision of an outline for a caller.
   *
   * @param index - Index of the outline in this generation; see `OutlineCache`.
   * @param callerId - Index of what the tenant shows of the caller.
   */
  of(outline: Outline, index: number, generation: number, callerId: number): RouteDecision {
    if (!outline.showsOwnNumber) return outline.decision;
    if (generation !== this.generation || this.count >= MAX_DECISIONS) this.clear(generation);
    return this.decisions[index]?.get(callerId) ?? this.add(outline, index, callerId);
  }

  /** The decision of an outline that is not kept. */
  make({ decision, showsOwnNumber }: Outline, callerId: number): RouteDecision {
    if (!showsOwnNumber) return decision;
    const shown = this.callerIds[callerId]?.callerId ?? null;
    // WHY the cast: only calls that are placed show a number, and all of these take one.
    return Object.freeze({ ...decision, callerId: shown }) as RouteDecision;
  }

  private add(outline: Outline, index: number, callerId: number): RouteDecision {
    const decision = this.make(outline, callerId);
    const known = this.decisions[index] ?? new Map<number, RouteDecision>();
    this.decisions[index] = known.set(callerId, decision);
    this.count++;
    return decision;
  }

  private clear(generation: number): void {
    this.decisions = [];
    this.count = 0;
    this.generation = generation;
  }
}
