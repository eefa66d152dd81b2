import { suite } from "uvu";
import * as assert from "uvu/assert";
import { HOSTILE_PATTERNS, spreadAmong } from "../../bench/hostile-patterns.ts";
import { sampleNumbers } from "../../bench/sample-numbers.ts";
import { type SampleRoute, sampleRoutes } from "../../bench/sample-routes.ts";
import { compileRoutePattern } from "../../engine/compile/compile-route-pattern.ts";
import {
  type CompiledPolicy,
  createPolicyCompiler,
  type MatcherEngine,
} from "../../engine/compile/policy-table.ts";
import { createRouteMatcher } from "../../engine/compile/route-matcher.ts";
import { re2Tester } from "../../engine/pattern/re2-pattern-set.ts";

const hostility = suite("hostile patterns");

const ROUTES = 60;
const NUMBERS = process.env["LONG"] === undefined ? 600 : 50_000;

/** Ends that the hostile patterns look for; sample numbers hardly have them. */
const TAILS = ["1123", "512345", "5123456789012", "99123456789", "100239", "111222333", "12121234"];

const ordinary = sampleRoutes({ routes: ROUTES, lookaheads: 0 });
const numbers = likelyNumbers(ordinary);

function likelyNumbers(routes: readonly SampleRoute[]): readonly string[] {
  const samples = sampleNumbers(NUMBERS, routes).strings;
  const ends = samples.map((number, i) => number.slice(0, 4 + (i % 9)) + TAILS[i % TAILS.length]);
  const long = TAILS.map((tail) => `+${tail.repeat(8)}`.slice(0, 40));
  return [...samples.slice(0, NUMBERS / 2), ...ends.slice(NUMBERS / 2), ...long, "", "+", "1*2#"];
}

function compile(patterns: readonly string[], engine: MatcherEngine): CompiledPolicy {
  const routes = patterns.map((numberPattern, priority) => ({
    identity: `Route ${priority}`,
    priority,
    numberPattern,
    onlinePstnUsages: ["International"],
    onlinePstnGatewayList: [],
    bridgeSourcePhoneNumber: null,
    description: null,
  }));
  const options = { engine, crossUsageFailover: false, compilePattern: compileRoutePattern };
  const policy = { identity: "Sales", onlinePstnUsages: ["International"], description: null };
  return createPolicyCompiler(routes, options)(policy);
}

for (const [name, hostile] of Object.entries(HOSTILE_PATTERNS)) {
  hostility(`${name} among ordinary routes compile and match what RE2 says`, () => {
    const patterns = spreadAmong(
      ordinary.map(({ numberPattern }) => numberPattern),
      hostile,
    );
    const { table, unusable } = compile(patterns, "auto");
    assert.equal(unusable, []);
    const matcher = createRouteMatcher(table);
    const testers = patterns.map(re2Tester);
    const isHostile = patterns.map((pattern) => hostile.includes(pattern));
    let byHostile = 0;
    for (const number of numbers) {
      const expected = testers.flatMap((matches, route) => (matches(number) ? [route] : []));
      if (expected.some((route) => isHostile[route])) byHostile++;
      const bytes = Buffer.from(number);
      const matched = matcher.matchSet(matcher.match(bytes, 0, bytes.length));
      assert.equal(matched, expected, number);
    }
    assert.ok(byHostile > 0, "no number reached a hostile pattern");
  });
}

hostility("a lookaround that is too large is refused, and the other routes work", () => {
  const patterns = ["^(?=.*5\\d{16}$)\\+1", "^\\+44", "^(?!.*5\\d{16}$)\\+4"];
  const { table, unusable } = compile(patterns, "auto");
  assert.equal(
    unusable.map(({ route, problems }) => [route, ...problems.map(({ code }) => code)]),
    [
      [0, "REGEX_TOO_COMPLEX"],
      [2, "REGEX_TOO_COMPLEX"],
    ],
  );
  const [problem] = unusable[0]?.problems ?? [];
  assert.match(
    problem?.what ?? "",
    /^NumberPattern ".*": its .* need more than \d+ (steps|states)$/,
  );
  const bytes = Buffer.from("+442079460123");
  const matcher = createRouteMatcher(table);
  assert.equal(matcher.matchSet(matcher.matchDigits(bytes, 0, bytes.length)), [1]);
});

hostility.run();
