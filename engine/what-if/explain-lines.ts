import type { BlockReason } from "../model/decision.ts";
import type {
  CallerIdSource,
  OperatorState,
  PatternFlaw,
  RouteTrial,
  TraceStep,
  TrunkState,
} from "../model/trace.ts";
import { type CallerFacts, callerWords } from "./caller-facts.ts";
import { sharedCallingText } from "./caller-number-words.ts";
import { dialPlanLines, dialPlanText, hasTried } from "./dial-plan-lines.ts";
import { emergencyTexts } from "./emergency-texts.ts";
import type { Explanation } from "./explain-call.ts";
import { wireLines } from "./numbers-on-wire.ts";
import { restrictionTexts } from "./restriction-texts.ts";
import { whyInWords } from "./why-in-words.ts";
import { whyUnroutable } from "./why-not-dialable.ts";

/**
 * An explanation as a tree of text, one line an element, the last line saying why in plain words.
 *
 * @module
 */

/** A line and what hangs below it. */
interface Branch {
  readonly text: string;
  readonly below: readonly string[];
}

/** The lines, without colour and without line ends. */
export function explainLines(explanation: Explanation): string[] {
  const { call, steps } = explanation;
  const branches = [
    ...steps.flatMap((step) => branchesOf(step, explanation)),
    ...wireBranches(explanation),
    ...explanation.notConsidered.map((text) => leaf(`not considered: ${text}`)),
    leaf(`decision: ${decisionText(explanation)}`),
  ];
  const lines = branches.flatMap((branch, index) => drawn(branch, index === branches.length - 1));
  const head = `${quoted(call.dialed)} ${call.kind} by ${call.user}`;
  return [head, ...lines, whyInWords(explanation)].map(printable);
}

function wireBranches({ wire }: Explanation): Branch[] {
  return wire.length === 0 ? [] : [leaf("on the wire:", wireLines(wire))];
}

function drawn({ text, below }: Branch, isLast: boolean): string[] {
  const stem = isLast ? "   " : "│  ";
  const lower = below.map((line, i) => `${stem}${i === below.length - 1 ? "└─" : "├─"} ${line}`);
  return [`${isLast ? "└─" : "├─"} ${text}`, ...lower];
}

function leaf(text: string, below: readonly string[] = []): Branch {
  return { text, below };
}

function branchesOf(step: TraceStep, { number, caller }: Explanation): Branch[] {
  switch (step.step) {
    case "caller":
      return step.known ? [] : [leaf(`caller: ${step.user} is not in the tenant`)];
    case "number":
      return [numberBranch(step)];
    case "emergency": {
      const [text, ...below] = emergencyTexts(step);
      return [leaf(`emergency: ${text}`, below)];
    }
    case "on-net":
      return [leaf(`on-net: ${onNetText(step)}`)];
    case "shared-calling":
      return [leaf(`shared calling: ${sharedCallingText(step)}`)];
    case "entitlement":
      return [leaf(`entitlement: ${entitlementText(step)}`)];
    case "restriction":
      return restrictionTexts(step).map((text) => leaf(`restriction: ${text}`));
    case "policy":
      return [leaf(`policy: ${policyText(step, caller)}`)];
    case "usage":
      return [
        leaf(
          `usage ${quoted(step.usage)}: ${USAGE[step.standing]}`,
          trialLines(step, number ?? ""),
        ),
      ];
    case "target":
      return [targetBranch(step)];
    case "no-trunk":
      return [leaf(`nothing to try: ${blockedBy(step.reason) ?? "the call goes to Microsoft"}`)];
    case "no-match":
      return [noMatchBranch(step)];
    case "caller-id":
      return [leaf(`caller ID: ${step.callerId ?? "none"}, ${callerIdText(step, caller)}`)];
  }
}

type Step<K extends TraceStep["step"]> = Extract<TraceStep, { readonly step: K }>;

function numberBranch(step: Step<"number">): Branch {
  const { number, extension, dialPlanRule } = step;
  const dialPlan = step.dialPlan !== null && hasTried(step.dialPlan) ? step.dialPlan : null;
  const below = dialPlan === null ? [] : dialPlanLines(dialPlan);
  const plan = dialPlan === null ? "" : `; ${dialPlanText(dialPlan)}`;
  if (number === null) return leaf(`number: not dialable, ${whyUnroutable(step)}${plan}`, below);
  const rule =
    dialPlanRule === null
      ? "no dial-plan rule was applied"
      : `dial-plan rule ${quoted(dialPlanRule)}`;
  const rest = extension === null ? "" : `; extension ${extension} is not shown to patterns`;
  return leaf(`number: ${number}; ${rule}${plan}${rest}`, below);
}

function onNetText({ lookedUp, onNet }: Step<"on-net">): string {
  if (!lookedUp) return "not looked up for meetings (option onNetForMeetings)";
  return onNet ? "a number of the tenant itself" : "not a number of the tenant";
}

function entitlementText({ policyType, refused }: Step<"entitlement">): string {
  if (refused !== null) return `refused, ${refused}`;
  switch (policyType) {
    case "OnlineAudioConferencingRoutingPolicy":
      return "dials out of meetings, by an audio conferencing routing policy";
    case "OnlineVoiceRoutingPolicy":
      return "makes calls, by a voice routing policy";
    case "TeamsEmergencyCallRoutingPolicy":
      return "makes emergency calls, by an emergency call routing policy";
    case null:
      return "makes emergency calls, by no policy";
  }
}

function policyText(step: Step<"policy">, caller: CallerFacts): string {
  const { policy, policySource, group, usages } = step;
  const how = {
    direct: `granted to ${callerWords(caller)} directly`,
    group: `granted to group ${quoted(group ?? "")}`,
    global: "which counts for everybody without another",
    site: "that of the network site",
  }[policySource];
  const list = usages.length === 0 ? "no usages" : `usages ${usages.map(quoted).join(", ")}`;
  return `${quoted(policy)}, ${how}; ${list}`;
}

const USAGE: Readonly<Record<Step<"usage">["standing"], string>> = {
  selected: "selected, the first with a route that matches",
  failover: "matches too; tried when all before it fail (option crossUsageFailover)",
  later: "would match too, but Teams does not look behind the first usage that matches",
  "no-match": "no route matches",
};

function trialLines({ routes }: Step<"usage">, number: string): string[] {
  return routes.length === 0
    ? ["it has no routes"]
    : routes.map((route) => trialLine(route, number));
}

const FLAW: Readonly<Record<PatternFlaw, string>> = {
  "does-not-compile": "does not compile, so the route is passed over",
  "matches-nothing": "matches no number at all",
  "too-large": "does not match; it is too large a pattern to say where it fails",
};

function trialLine(trial: RouteTrial, number: string): string {
  const { route, priority, numberPattern, matched, failedAt, flaw } = trial;
  const head = `route ${quoted(route)} priority ${priority} ${numberPattern}`;
  if (matched) return `✓ ${head}`;
  if (flaw !== null) return `✗ ${head} ${FLAW[flaw]}`;
  if (failedAt === null || failedAt === number.length) {
    return `✗ ${head} fails at the end: only more digits could make it match`;
  }
  const marked = `${number.slice(0, failedAt)}[${number[failedAt] ?? ""}]${number.slice(failedAt + 1)}`;
  return `✗ ${head} fails at character ${failedAt + 1}: ${marked}`;
}

const OPERATOR_STATE: Readonly<Record<OperatorState, string>> = {
  usable: "",
  down: " is down",
  suspended: " is suspended",
  "not-active": " is not active",
  unknown: "no operator is known to own the number",
};

function targetBranch(step: Step<"target">): Branch {
  const head = `route ${quoted(step.route)}: ${targetText(step)}`;
  return leaf(head, [...setLines(step.sets), ...passedOverLines(step.candidates)]);
}

function targetText(step: Step<"target">): string {
  switch (step.target) {
    case "operator": {
      const state = OPERATOR_STATE[step.operatorState ?? "unknown"];
      const operator = step.operator === null ? "" : `operator ${step.operator}`;
      return `BridgeSource ${step.bridgeSourcePhoneNumber ?? ""}, ${operator}${state}`;
    }
    case "gateways":
      return "gateways";
    case "gateways-not-allowed":
      return "gateways, which an Operator Connect Conferencing licence does not allow";
    case "ingress-gateway":
      return "the gateway the call came in by, tried first of all";
    case "nothing":
      return "neither gateways nor a BridgeSource number";
  }
}

function setLines(sets: readonly (readonly string[])[]): string[] {
  return sets.map((set) =>
    set.length === 1
      ? `try ${set[0] ?? ""}`
      : `try any of {${set.join(", ")}}, this number in this order`,
  );
}

const STATE: Readonly<Record<Exclude<TrunkState, "usable">, string>> = {
  disabled: "is not enabled",
  down: "is down",
  unknown: "is not set up in the tenant",
  "already-listed": "is tried before",
};

function passedOverLines(candidates: Step<"target">["candidates"]): string[] {
  return candidates.flatMap(({ name, state }) =>
    state === "usable" ? [] : [`not ${name}: it ${STATE[state]}`],
  );
}

function noMatchBranch(step: Step<"no-match">): Branch {
  const below = [...setLines(step.sets), ...passedOverLines(step.candidates)];
  const country = step.country === null ? "" : ` (destination ${step.country})`;
  switch (step.outcome) {
    case "operator":
      return leaf(`no match: to operator ${step.operator ?? ""} of the caller's own number`, below);
    case "microsoft":
      return leaf(`no match: to Microsoft's own network${country}`, below);
    case "blocked":
      return leaf(`no match: ${blockedBy(step.reason) ?? ""}${country}`, below);
  }
}

const CALLER_ID: Readonly<Record<Exclude<CallerIdSource, "line-uri">, string>> = {
  "anonymous-policy": "by the user's calling line identity",
  "resource-account": "the number of a resource account, by the user's calling line identity",
  "shared-calling": "the number by which users of shared calling call",
  "original-caller": "who called first",
  "hidden-by-caller": "as the caller wishes and the user's calling line identity allows",
  "bridge-default-number": "the default number of the conferencing bridge",
  "bridge-source-number": "the BridgeSource number of the route",
};

function callerIdText({ source }: Step<"caller-id">, caller: CallerFacts): string {
  return source === "line-uri" ? `${callerWords(caller)}'s own number` : CALLER_ID[source];
}

function decisionText({ decision }: Explanation): string {
  const { outcome, operator, trunks, reason } = decision;
  const parts = [outcome, operator, trunks.join(" → "), reason];
  return parts.filter((part) => part !== null && part !== "").join(", ");
}

function blockedBy(reason: BlockReason | null): string | null {
  return reason === null ? null : `blocked, ${reason}`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

/**
 * Control characters of hostile input, and those that hide or turn the direction of text (Unicode's
 * categories Cc, Cf, Zl, Zp), never reach the terminal.
 */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
