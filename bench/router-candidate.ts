import { compileTenant } from "../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../engine/model/call.ts";
import { createRouter } from "../engine/route/create-router.ts";
import type { Candidate } from "./rounds.ts";
import type { SampleNumbers } from "./sample-numbers.ts";
import { sampleTenant, sampleUser } from "./sample-tenant.ts";

export const ROUTER = "outdial router, all Teams rules";

/**
 * The whole router: from a number as typed to a decision's index, with own numbers, emergency numbers,
 * entitlements, the turn of equal gateways and the caller ID settled. Answers are the route, -1 = none.
 */
export function routerCandidate(
  patterns: readonly string[],
  { bytes, offsets }: SampleNumbers,
): Candidate {
  const { compiled, problems } = compileTenant(sampleTenant(patterns, 1));
  if (problems.length > 0) throw new Error(problems[0]?.what);
  const router = createRouter(compiled, EVERYTHING_UP);
  const caller = router.callerIndex(sampleUser(0));
  const decide = (start: number, end: number): number =>
    router.outlineBytes(caller, "user-call", false, bytes, start, end);
  const answer = (i: number): number => {
    const { decision } = router.outline(decide(offsets[i] ?? 0, offsets[i + 1] ?? 0));
    return decision.route === null ? -1 : Number(decision.route);
  };
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    let start = offsets[from] ?? 0;
    for (let i = from; i < to; i++) {
      const end = offsets[i + 1] ?? 0;
      sum += decide(start, end);
      start = end;
    }
    return sum;
  };
  return { name: ROUTER, answer, answerAll, batch: 4096 };
}

/** What the router decides by rules that the table does not have must stay the exception. */
const MOST_ROUTED_OTHERWISE = 0.02;

/** Compares the router with the table on all numbers; also fills its caches, as any stream does. */
export function checkRouter(router: Candidate, table: Candidate, count: number): void {
  let otherwise = 0;
  for (let i = 0; i < count; i++) if (router.answer(i) !== table.answer(i)) otherwise++;
  if (otherwise > count * MOST_ROUTED_OTHERWISE)
    throw new Error(`the router routes ${otherwise} of ${count} numbers otherwise than the table`);
}
