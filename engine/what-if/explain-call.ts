import { compileTenant } from "../compile/compile-tenant.ts";
import type { Call, DecisionContext } from "../model/call.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { recordingTracer, type TracedDecision, type TraceStep } from "../model/trace.ts";
import { createRouter } from "../route/create-router.ts";
import { type CallerFacts, callerFactsRule } from "./caller-facts.ts";
import { notConsidered } from "./not-considered.ts";
import { type GatewayWire, numbersOnWire } from "./numbers-on-wire.ts";

/** One call, decided in the open. */
export interface Explanation extends TracedDecision {
  readonly call: Call;
  /** For the words; what is told of the caller is in the steps. */
  readonly caller: CallerFacts;
  readonly revision: string;
  /** What each gateway of the call is sent, in the order in which they are tried. */
  readonly wire: readonly GatewayWire[];
  /** What had no part in the decision although one might expect it to, in plain words. */
  readonly notConsidered: readonly string[];
  /** What is wrong in the tenant and may bear on the decision. */
  readonly problems: readonly Problem[];
}

/**
 * Why exists: Teams tells an administrator that a call failed, not why it went where it did.
 * How: the very walk that decides, with a tracer that listens.
 * Cost: compiles the tenant and, for the near misses, each pattern of the policy once more.
 */
export function explainCall(tenant: Tenant, call: Call, context: DecisionContext): Explanation {
  const { compiled, problems } = compileTenant(tenant);
  const tracer = recordingTracer();
  const router = createRouter(compiled, context);
  const decision = router.decide(call, tracer);
  const { steps } = tracer;
  const number = calledNumber(steps);
  const decided = { call, decision, number, steps };
  const ignored = notConsidered(tenant, decided);
  const wire =
    number === null ? [] : numbersOnWire(tenant, number, decision.trunks, router.trunkRanks(call));
  const { revision } = compiled;
  const caller = callerFactsRule(tenant)(call);
  return { ...decided, caller, revision, wire, notConsidered: ignored, problems };
}

/** What an emergency policy made of the number counts, else what was dialed. */
function calledNumber(steps: readonly TraceStep[]): string | null {
  let number: string | null = null;
  for (const step of steps) {
    if (step.step === "number" || step.step === "emergency") number = step.number;
  }
  return number;
}
