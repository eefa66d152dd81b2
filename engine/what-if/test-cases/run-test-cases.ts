import { compileTenant } from "../../compile/compile-tenant.ts";
import type { DecisionContext } from "../../model/call.ts";
import { nameKey } from "../../model/name-key.ts";
import type { Problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { EXPECTATION_KEYS, type ExpectationKey, type TestCase } from "../../model/test-case.ts";
import { recordingTracer, type TracedDecision } from "../../model/trace.ts";
import { createRouter } from "../../route/create-router.ts";
import { callerFactsRule } from "../caller-facts.ts";
import { whyInWords } from "../why-in-words.ts";

/** A key that is not as expected; `null` = there is none. */
export interface Mismatch {
  readonly key: ExpectationKey;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** What became of one case. */
export interface TestResult {
  readonly name: string;
  readonly dialed: string;
  readonly user: string;
  readonly passed: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Why the call goes where it goes, in one sentence. */
  readonly why: string;
}

/** What became of all cases, in their order. */
export interface TestRun {
  readonly revision: string;
  readonly results: readonly TestResult[];
  /** What is wrong in the tenant and may bear on the results. */
  readonly problems: readonly Problem[];
}

/**
 * Why exists: an administrator wants to know that a tenant still does what it must, after each change.
 * How: each case is decided in the open, and the keys that it names are compared; names are equal whatever
 * their case.
 * Cost: compiles the tenant once; a traced decision for each case.
 */
export function runTestCases(
  tenant: Tenant,
  cases: readonly TestCase[],
  context: DecisionContext,
): TestRun {
  const { compiled, problems } = compileTenant(tenant);
  const factsOf = callerFactsRule(tenant);
  const router = createRouter(compiled, context);
  const results = cases.map(({ name, expect, ...call }): TestResult => {
    const tracer = recordingTracer();
    const decision = router.decide(call, tracer);
    const numbered = tracer.steps.find((step) => step.step === "number");
    const number = numbered?.step === "number" ? numbered.number : null;
    const traced = { call, decision, number, steps: tracer.steps };
    const explanation = {
      ...traced,
      caller: factsOf(call),
      revision: compiled.revision,
      wire: [],
      notConsidered: [],
      problems: [],
    };
    const mismatches = EXPECTATION_KEYS.flatMap((key) => {
      const expected = expect[key];
      const actual = actualOf(traced, key);
      if (expected === undefined || same(expected, actual)) return [];
      return [{ key, expected, actual }];
    });
    const { dialed, user } = call;
    const passed = mismatches.length === 0;
    return { name, dialed, user, passed, mismatches, why: whyInWords(explanation) };
  });
  return { revision: compiled.revision, results, problems };
}

function actualOf({ decision, number }: TracedDecision, key: ExpectationKey): string | null {
  if (key === "number") return number;
  return key === "trunk" ? (decision.trunks[0] ?? null) : decision[key];
}

function same(expected: string | null, actual: string | null): boolean {
  if (expected === null || actual === null) return expected === actual;
  return nameKey(expected) === nameKey(actual);
}
