import type { BlockReason, RouteDecision } from "../model/decision.ts";
import type { TraceStep } from "../model/trace.ts";
import { capturedNumber, sharedAccount } from "./caller-number-words.ts";
import { whyByNoPolicy } from "./emergency-texts.ts";
import type { Explanation } from "./explain-call.ts";
import { whyNotDialable, whyUnroutable } from "./why-not-dialable.ts";

/** One sentence for each reason, in an administrator's words; some follow what did not match. */
const BLOCKED: Readonly<Record<BlockReason, string>> = {
  NO_MATCH: "and neither the user's number nor a calling plan gives the call another way out",
  NO_TRUNK: "none of the routes that match leads to anything in service",
  NOT_TEAMS_ONLY: "the user's coexistence mode is not TeamsOnly",
  NO_TEAMS_PHONE: "the user has no Teams Phone licence",
  NOT_VOICE_ENABLED: "Enterprise Voice is not enabled for the user",
  NO_NUMBER: "the user has no phone number",
  NO_CONFERENCING_LICENSE:
    "the meeting's organizer has neither a conferencing licence nor a Teams Phone licence",
  DIALOUT_RESTRICTED: "the user's dial-out policy forbids the destination",
  OCC_NO_MATCH:
    "and Operator Connect Conferencing, the organizer's only conferencing licence, allows no other way out",
  OCC_GATEWAY_NOT_ALLOWED:
    "the routes that match lead to gateways, and Operator Connect Conferencing, the organizer's only conferencing licence, allows operators only",
  OPERATOR_SUSPENDED: "the operator of the route that matches is suspended",
  CALLING_PLAN_DESTINATION: "and the user's calling plan does not cover the destination",
  USER_UNKNOWN: "no user of that name is in the tenant",
  NUMBER_NOT_DIALABLE: "what was dialed is no number",
  INPUT_MALFORMED: "the input is malformed",
};

/** The same two reasons where the operator of the caller's number would carry the call. */
const BLOCKED_AT_OWN_OPERATOR: Readonly<Partial<Record<BlockReason, string>>> = {
  NO_TRUNK: "has nothing in service, or is not known",
  OPERATOR_SUSPENDED: "is suspended",
};

/** The whole decision in one plain sentence. */
export function whyInWords(explanation: Explanation): string {
  const { decision, steps } = explanation;
  switch (decision.outcome) {
    case "blocked":
      return `Blocked: ${whyBlocked(explanation, decision.reason)}.`;
    case "on-net":
      return "Stays inside: the number belongs to the tenant, so the call does not leave Teams.";
    case "operator":
    case "gateway":
    case "microsoft": {
      const shown = `shown as ${decision.callerId ?? "no number"}`;
      return `Goes to ${destinationOf(decision)}, ${shown}: ${because(decision, steps)}.`;
    }
  }
}

function whyBlocked({ call, decision, steps }: Explanation, reason: BlockReason): string {
  if (reason === "NUMBER_NOT_DIALABLE") {
    const numbered = steps.find((step) => step.step === "number");
    const why = numbered?.step === "number" ? whyUnroutable(numbered) : whyNotDialable(call.dialed);
    return `${BLOCKED[reason]}: ${why}`;
  }
  const account = sharedAccount(steps);
  if (reason === "NO_NUMBER" && account !== null) {
    return `${account}, by whose number the user calls, has no phone number`;
  }
  if (!steps.some((step) => step.step === "no-match")) return BLOCKED[reason];
  const none = whyByNoPolicy(steps) ?? nothingMatches(decision, steps);
  const atOperator = BLOCKED_AT_OWN_OPERATOR[reason];
  if (atOperator === undefined) return `${none}, ${BLOCKED[reason]}`;
  const number = account === null ? "the user's number" : `the number of ${account}`;
  return `${none}, and the operator of ${number} ${atOperator}`;
}

function nothingMatches({ policy }: RouteDecision, steps: readonly TraceStep[]): string {
  const hasUsages = steps.some((step) => step.step === "policy" && step.usages.length > 0);
  return hasUsages
    ? `no route of policy "${policy ?? ""}" matches`
    : `policy "${policy ?? ""}" has no PSTN usages`;
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
  const { outcome, route, usage, policy } = decision;
  if (route !== null) {
    const matches = `route "${route}" of usage "${usage ?? ""}" in policy "${policy ?? ""}" matches`;
    const why = isFirstRoute(steps)
      ? matches
      : `${matches}, and the routes before it lead to nothing in service`;
    return `${why}${capturedNumber(decision, steps) ?? ""}`;
  }
  const byNoPolicy = whyByNoPolicy(steps);
  if (byNoPolicy !== null) return byNoPolicy;
  const isByLicence = steps.some(
    (step) => step.step === "policy" && step.policyType === "OnlineAudioConferencingRoutingPolicy",
  );
  const licence = "the organizer's Audio Conferencing licence lets Microsoft carry the call";
  if (steps.some((step) => step.step === "no-trunk")) {
    return `none of the BridgeSource routes that match leads to anything in service, and ${licence}`;
  }
  const none = nothingMatches(decision, steps);
  const account = sharedAccount(steps);
  const number = account === null ? "the user's number" : `the number of ${account}`;
  const plan = account === null ? "the user's calling plan" : `the calling plan of ${account}`;
  if (outcome === "operator") return `${none}, so the operator of ${number} carries it`;
  return isByLicence ? `${none}, and ${licence}` : `${none}, and ${plan} covers it`;
}

/** Whether the first of the routes that match leads somewhere. */
function isFirstRoute(steps: readonly TraceStep[]): boolean {
  const first = steps.find((step) => step.step === "target");
  return first?.step === "target" && first.sets.length > 0;
}
