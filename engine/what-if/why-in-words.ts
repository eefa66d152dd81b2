import type { BlockReason, RouteDecision } from "../model/decision.ts";
import type { TraceStep } from "../model/trace.ts";
import { blockedText, type NumberSide, ofNumberSide, payingText } from "./blocked-texts.ts";
import { capturedNumber, sharedAccount } from "./caller-number-words.ts";
import { whyByNoPolicy } from "./emergency-texts.ts";
import type { Explanation } from "./explain-call.ts";
import { whyNotDialable, whyUnroutable } from "./why-not-dialable.ts";

/** What two reasons mean where the operator of the caller's number would carry the call. */
const BLOCKED_AT_OWN_OPERATOR: Readonly<Partial<Record<BlockReason, string>>> = {
  NO_TRUNK: "has nothing in service, or is not known",
  OPERATOR_SUSPENDED: "is suspended",
};

/** The whole decision in one plain sentence. */
export function whyInWords(explanation: Explanation): string {
  const { decision } = explanation;
  switch (decision.outcome) {
    case "blocked":
      return `Blocked: ${whyBlocked(explanation, decision.reason)}.`;
    case "on-net":
      return "Stays inside: the number belongs to the tenant, so the call does not leave Teams.";
    case "operator":
    case "gateway":
    case "microsoft": {
      const shown = `shown as ${decision.callerId ?? "no number"}`;
      return `Goes to ${destinationOf(decision)}, ${shown}: ${because(explanation)}.`;
    }
  }
}

function numberSide({ caller, steps }: Explanation): NumberSide {
  return { facts: caller, account: sharedAccount(steps) };
}

function whyBlocked(explanation: Explanation, reason: BlockReason): string {
  const { call, decision, steps } = explanation;
  const side = numberSide(explanation);
  const text = blockedText(reason, side);
  if (reason === "NUMBER_NOT_DIALABLE") {
    const numbered = steps.find((step) => step.step === "number");
    const why = numbered?.step === "number" ? whyUnroutable(numbered) : whyNotDialable(call.dialed);
    return `${text}: ${why}`;
  }
  if (!steps.some((step) => step.step === "no-match")) return text;
  const none = whyByNoPolicy(steps) ?? nothingMatches(decision, steps);
  const atOperator = BLOCKED_AT_OWN_OPERATOR[reason];
  if (atOperator === undefined) return `${none}, ${text}`;
  return `${none}, and the operator of ${ofNumberSide("number", side)} ${atOperator}`;
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

function because(explanation: Explanation): string {
  const { decision, steps, caller } = explanation;
  const { outcome, route, usage, policy } = decision;
  if (route !== null) {
    const matches = `route "${route}" of usage "${usage ?? ""}" in policy "${policy ?? ""}" matches`;
    const why = isFirstRoute(steps)
      ? matches
      : `${matches}, and the routes before it lead to nothing in service`;
    return `${why}${capturedNumber(decision, steps, caller) ?? ""}`;
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
  const side = numberSide(explanation);
  if (outcome === "operator") {
    return `${none}, so the operator of ${ofNumberSide("number", side)} carries it`;
  }
  return isByLicence ? `${none}, and ${licence}` : `${none}, and ${payingText(side)} it`;
}

/** Whether the first of the routes that match leads somewhere. */
function isFirstRoute(steps: readonly TraceStep[]): boolean {
  const first = steps.find((step) => step.step === "target");
  return first?.step === "target" && first.sets.length > 0;
}
