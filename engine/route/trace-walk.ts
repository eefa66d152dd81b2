import type { CompiledTenant, RoutedClass } from "../compile/compiled-tenant.ts";
import type { PolicyEntry } from "../compile/policy-entries.ts";
import { nameKey } from "../model/name-key.ts";
import type { DialPlanTrial, RouteTrial, TraceStep, UsageStanding } from "../model/trace.ts";
import type { Conclusion } from "./conclude.ts";
import type { DialedNumber } from "./dialed-number.ts";
import type { NearMisses } from "./near-misses.ts";
import { inTurn } from "./select-trunk.ts";
import type { RouteLeg } from "./select-voice-route.ts";

/**
 * Puts what the walk has found into steps of a trace. Builds only; decides nothing.
 *
 * @module
 */

/** The step that tells whose policy counts; none for calls that go by no policy. */
export function policySteps(
  compiled: CompiledTenant,
  { policy: index, policySource, group }: RoutedClass,
): TraceStep[] {
  const policy = compiled.policies[index];
  if (policy === undefined) return [];
  const { policyType, identity, usages } = policy;
  return [{ step: "policy", policyType, policy: identity, policySource, group, usages }];
}

/**
 * One step for each usage of the policy, with each of its routes and where its pattern failed; later
 * usages too, which shows what they would have matched.
 */
export function usageSteps(
  compiled: CompiledTenant,
  routing: RoutedClass,
  number: string,
  nearMisses: NearMisses,
): TraceStep[] {
  const policy = compiled.policies[routing.policy];
  if (policy === undefined) return [];
  let isSelected = false;
  const keys = policy.usages.map(nameKey);
  return policy.usages.flatMap((usage, usageIndex): TraceStep[] => {
    // A usage listed twice counts where it stands first.
    if (keys.indexOf(nameKey(usage)) !== usageIndex) return [];
    const entries = policy.entries.filter((entry) => entry.usageIndex === usageIndex);
    const routes = entries.map((entry) => trialOf(compiled, entry, number, nearMisses));
    const matches = routes.some((route) => route.matched);
    const standing = standingOf(matches, isSelected, compiled.options.crossUsageFailover);
    isSelected ||= matches;
    return [{ step: "usage", usage, standing, routes }];
  });
}

function standingOf(matches: boolean, isSelected: boolean, failover: boolean): UsageStanding {
  if (!matches) return "no-match";
  if (!isSelected) return "selected";
  return failover ? "failover" : "later";
}

function trialOf(
  compiled: CompiledTenant,
  entry: PolicyEntry,
  number: string,
  nearMisses: NearMisses,
): RouteTrial {
  const { identity, priority, numberPattern } = compiled.routes[entry.route] ?? {
    identity: "",
    priority: 0,
    numberPattern: "",
  };
  return { route: identity, priority, numberPattern, ...nearMisses.of(numberPattern, number) };
}

/** Where one matched route leads. */
export function targetStep(leg: RouteLeg, turn: number): TraceStep {
  return {
    step: "target",
    usage: leg.usage,
    route: leg.route.identity,
    target: leg.target,
    operator: leg.operator?.id ?? null,
    operatorState: leg.operatorState,
    bridgeSourcePhoneNumber: leg.route.bridgeSourcePhoneNumber,
    candidates: leg.candidates,
    sets: inTurn(leg.ranks, turn),
  };
}

/** What follows when routes match and nothing behind them can be tried. */
export function noTrunkStep(legs: readonly RouteLeg[], conclusion: Conclusion): TraceStep {
  return {
    step: "no-trunk",
    outcome: conclusion.outcome === "microsoft" ? "microsoft" : "blocked",
    reason: conclusion.reason,
    route: legs[0]?.route.identity ?? "",
    usage: legs[0]?.usage ?? "",
  };
}

/** What follows when no route matches. */
export function noMatchStep(
  conclusion: Conclusion,
  turn: number,
  country: string | null,
): TraceStep {
  const { outcome, reason, operator, candidates, ranks } = conclusion;
  return {
    step: "no-match",
    outcome: outcome === "gateway" ? "blocked" : outcome,
    reason,
    operator,
    candidates,
    sets: inTurn(ranks, turn),
    country,
  };
}

/** What is dialed, and the number that it stands for; the extension ends at `extended` of its bytes. */
export function numberStep(
  dialed: string,
  number: DialedNumber,
  extended: number,
  dialPlan: DialPlanTrial | null,
): TraceStep {
  const applied = dialPlan?.rules.find((rule) => rule.standing === "applied");
  const told = { step: "number", dialed, dialPlanRule: applied?.rule ?? null, dialPlan } as const;
  if (number.length === 0) return { ...told, number: null, extension: null };
  const { bytes, start, end } = number;
  const extension = extended > end ? asciiText(bytes, end, extended).slice(";ext=".length) : null;
  return { ...told, number: asciiText(bytes, start, end), extension };
}

/** ASCII bytes as text; others as `?`. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end).map((b) => (b < 0x80 ? b : 0x3f)));
}
