import * as fc from "fast-check";
import type { suite } from "uvu";
import * as assert from "uvu/assert";
import type { VoiceRoute } from "../../engine/model/voice-routing.ts";
import { PROPERTY_RUNS } from "../pattern/random-dfa.ts";
import type { RandomPolicy } from "./random-policy.ts";
import { likelyNumber, randomPolicy } from "./random-policy.ts";

/** Names of matching routes with the usage that reached them, in order of attempt. */
export type Answer = readonly string[];

/** An engine under test: compiles a policy and answers for numbers. */
export type Engine = (
  given: RandomPolicy,
  crossUsageFailover: boolean,
) => (number: string) => Answer;

/** What Microsoft documents, said with plain loops and JavaScript's regular expressions. */
export function plainAnswer(
  { routes, policy }: RandomPolicy,
  crossUsageFailover: boolean,
  number: string,
): Answer {
  const answer: string[] = [];
  for (const usage of policy.onlinePstnUsages) {
    const inOrder = routes
      .filter((route) => route.onlinePstnUsages.includes(usage))
      .sort((a: VoiceRoute, b: VoiceRoute) => a.priority - b.priority);
    for (const route of inOrder) {
      if (new RegExp(route.numberPattern).test(number)) answer.push(`${usage}/${route.identity}`);
    }
    if (answer.length > 0 && !crossUsageFailover) break;
  }
  return answer;
}

/** Rows that must hold for every engine. */
export function testRouteMatcher(
  tests: ReturnType<typeof suite>,
  name: string,
  engine: Engine,
): void {
  for (const crossUsageFailover of [false, true]) {
    const rule = crossUsageFailover ? "all usages" : "the first matching usage";
    tests(`${name} gives all matching routes of ${rule}, in order`, () => {
      const seen = { matched: 0, several: 0, unmatched: 0 };
      fc.assert(
        fc.property(
          randomPolicy(12),
          fc.array(likelyNumber, { minLength: 15, maxLength: 30 }),
          (given, numbers) => {
            const answerOf = engine(given, crossUsageFailover);
            for (const number of numbers) {
              const expected = plainAnswer(given, crossUsageFailover, number);
              assert.equal(answerOf(number), expected, `${number} in ${JSON.stringify(given)}`);
              if (expected.length === 0) seen.unmatched++;
              else seen.matched++;
              if (expected.length > 1) seen.several++;
            }
          },
        ),
        { ...PROPERTY_RUNS, numRuns: PROPERTY_RUNS.numRuns / 2 },
      );
      for (const [what, count] of Object.entries(seen)) assert.ok(count > 50, `${what}: ${count}`);
    });
  }
}
