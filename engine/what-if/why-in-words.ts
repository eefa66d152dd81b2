import type { BlockReason, RouteDecision } from "../model/decision.ts";
import type { TraceStep } from "../model/trace.ts";
import type { Explanation } from "./explain-call.ts";

/** One sentence for each reason: what is missing, in an administrator's words. */
const BLOCKED: Readonly<Record<BlockReason, string>> = {
  NO_MATCH: "no route of the policy matches the number, and nothing else may carry the call",
  NO_TRUNK: "a route matches, but nothing behind it can be tried",
  NOT_TEAMS_ONLY: "the user's coexistence mode is not TeamsOnly",
  NO_TEAMS_PHONE: "the user has no Teams Phone licence",
  NOT_VOICE_ENABLED: "Enterprise Voice is not enabled for the user",
  NO_NUMBER: "the user has no number of her own",
  NO_CONFERENCING_LICENSE: "the organizer has neither a conferencing licence nor Teams Phone",
  DIALOUT_RESTRICTED: "the user's dial-out policy forbids the destination",
  OCC_NO_MATCH:
    "an organizer with only an Operator Connect Conferencing licence may go out through a route of her policy only, and none matches",
  OCC_GATEWAY_NOT_ALLOWED:
    "only gateway routes match, and an organizer with only an Operator Connect Conferencing licence must go out through an operator",
  OPERATOR_SUSPENDED: "the operator is suspended",
  CALLING_PLAN_DESTINATION: "the user's calling plan does not cover the destination",
  USER_UNKNOWN: "the user is not in the tenant",
  NUMBER_NOT_DIALABLE: "what was dialed is no number of at most 20 digits, * or #",
  INPUT_MALFORMED: "the input is malformed",
};

/** The whole decision in one plain sentence. */
export function whyInWords({ decision, steps }: Explanation): string {
  if (decision.outcome === "blocked") return `Blocked: ${BLOCKED[decision.reason]}.`;
  if (decision.outcome === "on-net") return "Stays inside: the number belongs to the tenant.";
  const shown = `shown as ${decision.callerId ?? "no number"}`;
  return `Goes to ${destinationOf(decision)}, ${shown}: ${because(decision, steps)}.`;
}

function destinationOf(decision: RouteDecision): string {
  switch (decision.outcome) {
    case "operator":
      return `operator ${decision.operator} by trunk ${decision.trunks[0] ?? ""}`;
    case "gateway":
      return `gateway ${decision.trunks[0] ?? ""}`;
    case "microsoft":
      return "Microsoft's own network";
    case "on-net":
    case "blocked":
      return "nowhere";
  }
}

function because(decision: RouteDecision, steps: readonly TraceStep[]): string {
  if (decision.route !== null) {
    const { route, usage, policy } = decision;
    return `route "${route}" is the first with something to try in usage "${usage}" of policy "${policy}"`;
  }
  if (steps.some((step) => step.step === "no-trunk")) {
    return "no BridgeSource route can be used, and the organizer's own subscription takes the call";
  }
  const none = `no route of policy "${decision.policy}" matches`;
  return decision.outcome === "operator"
    ? `${none}, so the operator of the caller's own number takes the call`
    : `${none}, so the licence of the user takes the call`;
}
