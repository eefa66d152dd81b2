import type { BlockReason, PolicySource, RouteDecision } from "../../../engine/model/decision.ts";

/** Where in the tenant a decision was taken. */
export interface Place {
  readonly route: string | null;
  readonly usage: string | null;
  readonly policy: string | null;
  readonly policySource: PolicySource | null;
}

export const NOWHERE: Place = { route: null, usage: null, policy: null, policySource: null };

export function blocked(reason: BlockReason, place: Place = NOWHERE): RouteDecision {
  return { outcome: "blocked", operator: null, trunks: [], callerId: null, ...place, reason };
}

export function onNet(): RouteDecision {
  return {
    outcome: "on-net",
    operator: null,
    trunks: [],
    callerId: null,
    ...NOWHERE,
    reason: null,
  };
}

export function byMicrosoft(callerId: string | null, place: Place): RouteDecision {
  return { outcome: "microsoft", operator: null, trunks: [], callerId, ...place, reason: null };
}

export function byGateway(
  trunks: readonly string[],
  callerId: string | null,
  place: Place,
): RouteDecision {
  return { outcome: "gateway", operator: null, trunks, callerId, ...place, reason: null };
}

export function byOperator(
  operator: string,
  trunks: readonly string[],
  callerId: string | null,
  place: Place,
): RouteDecision {
  return { outcome: "operator", operator, trunks, callerId, ...place, reason: null };
}
