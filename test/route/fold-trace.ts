import type { RouteDecision } from "../../engine/model/decision.ts";
import type { TraceStep } from "../../engine/model/trace.ts";

/** A decision as it is built up from the steps. */
type Folded = { -readonly [Key in keyof RouteDecision]: unknown };

/** What the steps of a trace come to, told from nothing else. */
export function foldTrace(steps: readonly TraceStep[]): Folded {
  const nothing: Folded = {
    outcome: "blocked",
    operator: null,
    trunks: [],
    callerId: null,
    route: null,
    usage: null,
    policy: null,
    policySource: null,
    reason: null,
  };
  return steps.reduce((folded, step) => Object.assign(folded, toldBy(step, folded)), nothing);
}

/** What one step adds. */
function toldBy(step: TraceStep, folded: Folded): Partial<Folded> {
  switch (step.step) {
    case "caller":
      return step.known ? {} : { reason: "USER_UNKNOWN" };
    case "number":
      return step.number === null ? { reason: "NUMBER_NOT_DIALABLE" } : {};
    case "emergency":
      return {};
    case "on-net":
      return step.onNet ? { outcome: "on-net" } : {};
    case "shared-calling":
      return {};
    case "entitlement":
      return { reason: step.refused };
    case "restriction":
      return step.refused ? { reason: "DIALOUT_RESTRICTED" } : {};
    case "policy":
      return { policy: step.policy, policySource: step.policySource };
    case "usage":
      return {};
    case "target":
      return toldByTarget(step, folded.trunks as string[]);
    case "no-trunk":
      return toldByNoTrunk(step);
    case "no-match": {
      const { outcome, reason, operator, sets } = step;
      return { outcome, reason, operator, trunks: sets.flat() };
    }
    case "caller-id":
      return { callerId: step.callerId };
  }
}

type Step<K extends TraceStep["step"]> = Extract<TraceStep, { readonly step: K }>;

function toldByTarget(step: Step<"target">, before: readonly string[]): Partial<Folded> {
  const trunks = [...before, ...step.sets.flat()];
  if (before.length > 0 || step.sets.length === 0) return { trunks };
  const outcome = step.target === "operator" ? "operator" : "gateway";
  return { trunks, outcome, operator: step.operator, route: step.route, usage: step.usage };
}

function toldByNoTrunk({ outcome, reason, route, usage }: Step<"no-trunk">): Partial<Folded> {
  return outcome === "blocked" ? { outcome, reason, route, usage } : { outcome, reason };
}
