import {
  type CompiledCallerId,
  NO_POLICY,
  type NoMatch,
  type RoutingClass,
} from "./compiled-tenant.ts";

/** How a caller's emergency calls go where no emergency call routing policy takes them. */
export interface EmergencySide {
  readonly isDirectRouting: boolean;
  readonly routing: RoutingClass;
  readonly callerId: CompiledCallerId;
}

/**
 * Emergency calls without a policy of their own (documented: Microsoft, manage-emergency-call-routing-policies,
 * considerations-calling-plans, considerations-operator-connect; what happens without a match is observed):
 *
 * | number | goes |
 * |---|---|
 * | Direct Routing | by the voice routing policy, as any call; with a calling plan licence, then to Microsoft |
 * | Calling Plan | to Microsoft, by no policy and whatever the plan covers |
 * | Operator Connect, Teams Phone Mobile | to the operator that owns the number, by no policy |
 *
 * Users of shared calling go by the number of their resource account.
 * Who may not call at all may not call for help either (assumed: without Teams Phone, Enterprise Voice and a
 * number there is no way out). No outbound calling restriction counts (documented), and the caller's own
 * number is shown whatever her calling line identity (documented: caller-id-policies, "always send the
 * user's telephone number"); with shared calling, an emergency number of its policy.
 *
 * @param own - What her calls show when no rule says otherwise.
 */
export function emergencySide(ownCall: RoutingClass, own: CompiledCallerId): EmergencySide {
  const { sharedCalling } = ownCall;
  const isDirectRouting = ownCall.refusal === null && ownCall.numberType === "DirectRouting";
  const callerId =
    sharedCalling === null ? own : { ...own, callerId: sharedCalling.emergencyNumber };
  return { isDirectRouting, routing: withoutLimits(ownCall, isDirectRouting), callerId };
}

function withoutLimits(ownCall: RoutingClass, isDirectRouting: boolean): RoutingClass {
  if (ownCall.refusal !== null) return ownCall;
  const noMatch: NoMatch =
    ownCall.noMatch.to === "calling-plan" ? { to: "microsoft" } : ownCall.noMatch;
  const free = { ...ownCall, noMatch, restriction: null };
  return isDirectRouting ? free : { ...free, policy: NO_POLICY, group: null };
}
