import { BLOCK_REASONS, type BlockReason, type RouteDecision } from "../model/decision.ts";
import { blockedDecision, ON_NET } from "./conclude.ts";

/**
 * What a decision comes to for everybody who is routed alike: all of it but the number of the caller
 * herself. A tenant of 50,000 callers with a number each has as many outlines as one of three.
 */
export interface Outline {
  /** The decision; its `callerId` is `null` where {@link showsOwnNumber}. */
  readonly decision: RouteDecision;
  /** The called party sees what the caller's calling line identity shows. */
  readonly showsOwnNumber: boolean;
}

/** Index of the outline that stands for a decision which is not kept: it is that of the last call alone. */
export const NOT_KEPT = 0;
/** Index of the outline of calls inside the tenant. */
export const ON_NET_OUTLINE = 1;

/** The outlines that every router has, at these indices: not kept, on-net, refused before any policy. */
export const FIXED_OUTLINES: readonly Outline[] = [
  { decision: blockedDecision("NO_MATCH"), showsOwnNumber: false },
  { decision: ON_NET, showsOwnNumber: false },
  ...BLOCK_REASONS.map((reason) => ({ decision: blockedDecision(reason), showsOwnNumber: false })),
];

/** Index of the outline of calls that are refused before any policy is consulted. */
export function refusedOutline(reason: BlockReason): number {
  return 2 + BLOCK_REASONS.indexOf(reason);
}

/** Index of the outline of calls to where their callers may not call. */
export const RESTRICTED_OUTLINE = refusedOutline("DIALOUT_RESTRICTED");

/** A caller ID's place in the tables of the tenant where the call shows none of them. */
export const NO_CALLER_ID = -1;
