import { compileRoutePattern } from "../engine/compile/compile-route-pattern.ts";
import { createPolicyCompiler, type PolicyTable } from "../engine/compile/policy-table.ts";
import { createRouteMatcher } from "../engine/compile/route-matcher.ts";
import type { VoiceRoute } from "../engine/model/voice-routing.ts";
import type { Candidate } from "./rounds.ts";
import type { SampleNumbers } from "./sample-numbers.ts";

export const TABLE = "outdial table, bytes";

/** The table of one policy with all routes in one usage. */
export function compileSample(patterns: readonly string[]): PolicyTable {
  const voiceRoutes = patterns.map(
    (numberPattern, index): VoiceRoute => ({
      identity: `Route ${index}`,
      priority: index,
      numberPattern,
      onlinePstnUsages: ["International"],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: null,
    }),
  );
  const compile = createPolicyCompiler(voiceRoutes, {
    engine: "dfa",
    crossUsageFailover: false,
    compilePattern: compileRoutePattern,
  });
  const policy = { identity: "Sales", onlinePstnUsages: ["International"], description: null };
  const { table, unusable } = compile(policy);
  if (unusable.length > 0) throw new Error(`${unusable.length} routes did not compile`);
  return table;
}

/** Answers with the first matching route, -1 = none. */
export function tableCandidate(table: PolicyTable, { bytes, offsets }: SampleNumbers): Candidate {
  const matcher = createRouteMatcher(table);
  const answer = (i: number): number =>
    matcher.primary(matcher.matchDigits(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0));
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    let start = offsets[from] ?? 0;
    for (let i = from; i < to; i++) {
      const end = offsets[i + 1] ?? 0;
      sum += matcher.primary(matcher.matchDigits(bytes, start, end));
      start = end;
    }
    return sum;
  };
  return { name: TABLE, answer, answerAll, batch: 8192 };
}
