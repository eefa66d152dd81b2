import type { RouteDecision } from "../../../engine/model/decision.ts";
import { blocked, byMicrosoft, NOWHERE, type Place } from "./answers.ts";
import { type CallsBy, emergencyNumberOf } from "./calls-by.ts";
import { deliver } from "./deliver.ts";
import type { EmergencyCall } from "./emergency.ts";
import { isRight, rightOf } from "./entitlement.ts";
import { hasPlan, providedByOperator } from "./no-match.ts";
import { effective } from "./policies.ts";
import type { Situation } from "./situation.ts";
import { type Match, routesOf, select } from "./voice-routes.ts";

/** Decides an emergency call: nothing but the entitlement can refuse it. */
export function callForHelp(situation: Situation, emergency: EmergencyCall): RouteDecision {
  const { tenant, caller, callsBy, moment, note } = situation;
  const right = rightOf(tenant, caller, false, callsBy !== null);
  if (!isRight(right)) return blocked(right);
  if (callsBy === null) return blocked("NO_NUMBER");
  const known = emergency.entry === null ? "no policy" : `${emergency.source} policy`;
  note(`emergency by ${callsBy.type} number, known to ${known}`);
  const callerId = numberShown(situation, callsBy);
  switch (callsBy.type) {
    case "CallingPlan":
      return byMicrosoft(callerId, NOWHERE);
    case "OperatorConnect":
    case "TeamsPhoneMobile":
      return providedByOperator(tenant, callsBy, callerId, NOWHERE, moment);
    case "DirectRouting":
      return byRoutes(situation, emergency, callsBy, callerId);
  }
}

/** The own number, whatever is shown of other calls; with shared calling one that can be called back. */
function numberShown({ tenant, caller }: Situation, callsBy: CallsBy): string | null {
  return callsBy.isShared ? emergencyNumberOf(tenant, caller, callsBy) : callsBy.number;
}

function byRoutes(
  situation: Situation,
  { entry, policy, source }: EmergencyCall,
  callsBy: CallsBy,
  callerId: string | null,
): RouteDecision {
  const { tenant, caller, number, note } = situation;
  const go = (place: Place, matches: readonly Match[]): RouteDecision =>
    deliver({ ...situation, right: "own", place, callerId }, matches);
  const usage = entry?.onlinePstnUsage ?? null;
  if (usage !== null) {
    const place: Place = { ...NOWHERE, policy: policy.identity, policySource: source };
    const matches = routesOf(tenant, usage, number);
    note(`emergency usage with${matches.length > 0 ? "" : "out"} a route`);
    if (matches.length > 0) return go(place, matches);
    if (!tenant.options.emergencyFallsThrough) return blocked("NO_MATCH", place);
  }
  const ordinary = effective(tenant, "OnlineVoiceRoutingPolicy", caller);
  const place: Place = {
    ...NOWHERE,
    policy: ordinary.policy.identity,
    policySource: ordinary.source,
  };
  const matches = select(tenant, ordinary.policy.onlinePstnUsages, number);
  note(`emergency by voice routing policy with${matches.length > 0 ? "" : "out"} a route`);
  if (matches.length > 0) return go(place, matches);
  return hasPlan(callsBy.payer) ? byMicrosoft(callerId, place) : blocked("NO_MATCH", place);
}
