import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  compileRoutePattern,
  type RoutePattern,
} from "../../engine/compile/compile-route-pattern.ts";
import { flattenDfa } from "../../engine/compile/flat-table.ts";
import {
  createPolicyCompiler,
  type MatcherEngine,
  type PolicyTable,
} from "../../engine/compile/policy-table.ts";
import { createRouteMatcher } from "../../engine/compile/route-matcher.ts";
import type { VoiceRoute } from "../../engine/model/voice-routing.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { dfaOf, type PiecePattern, sourceOf } from "./piece-pattern.ts";
import type { RandomPolicy } from "./random-policy.ts";
import { type Engine, testRouteMatcher } from "./route-matcher-contract.ts";

const matcher = suite("route-matcher");

const bytesOf = (number: string): Uint8Array => Buffer.from(`<${number}>`);

function answersOf({ routes }: RandomPolicy, table: PolicyTable): (number: string) => string[] {
  const routeMatcher = createRouteMatcher(table);
  return (number) => {
    const bytes = bytesOf(number);
    const id = routeMatcher.match(bytes, 1, bytes.length - 1);
    const entries = routeMatcher.matchSet(id);
    assert.is(routeMatcher.primary(id), entries[0] ?? -1);
    if (/^\+?\d*$/.test(number)) {
      const again = routeMatcher.matchDigits(bytes, 1, bytes.length - 1);
      assert.equal(routeMatcher.matchSet(again), entries);
    }
    return entries.map((index) => {
      const entry = table.entries[index];
      return `${entry?.usage}/${routes[entry?.route ?? -1]?.identity}`;
    });
  };
}

/** `hasDfa` says which patterns have an automaton; the others must be RE2's. */
function engineOf(
  engine: MatcherEngine,
  hasDfa: (source: string) => boolean,
  change: (table: PolicyTable) => PolicyTable = (table) => table,
): Engine {
  return (given, crossUsageFailover) => {
    const compilePattern = (source: string): RoutePattern => {
      const pattern = given.patterns.get(source);
      assert.ok(pattern !== undefined);
      return { dfa: hasDfa(source) ? dfaOf(pattern) : null, re2Source: source, problems: [] };
    };
    const options = { engine, crossUsageFailover, compilePattern };
    const { table, unusable } = createPolicyCompiler(given.routes, options)(given.policy);
    assert.equal(unusable, []);
    return answersOf(given, change(table));
  };
}

/** The same policy with every pattern in a bank of its own. */
function inManyBanks(given: RandomPolicy, table: PolicyTable): PolicyTable {
  const sources = table.entries.map((entry) => given.routes[entry.route]?.numberPattern ?? "");
  const matchSets: number[][] = [[]];
  const banks = sources.map((source, entry) => {
    matchSets.push([entry]);
    const dfa = dfaOf(given.patterns.get(source) ?? { fromStart: true, toEnd: true, pieces: [] });
    const labels = dfa.labels.map((label) => label * (entry + 1));
    return { kind: "flat" as const, table: flattenDfa({ ...dfa, labels }) };
  });
  return { ...table, matchSets, banks };
}

testRouteMatcher(
  matcher,
  "one table",
  engineOf(
    "dfa",
    () => true,
    (table) => {
      assert.ok(table.banks.length <= 1);
      return table;
    },
  ),
);
testRouteMatcher(matcher, "a bank for every pattern", (given, crossUsageFailover) => {
  const compile = engineOf(
    "dfa",
    () => true,
    (table) => inManyBanks(given, table),
  );
  return compile(given, crossUsageFailover);
});
testRouteMatcher(
  matcher,
  "RE2",
  engineOf("re2", () => true),
);
testRouteMatcher(
  matcher,
  "a table with RE2 for what has no automaton",
  engineOf("auto", (source) => source.length % 2 === 0),
);

for (const engine of ["dfa", "re2", "auto"] as const) {
  testRouteMatcher(matcher, `engine ${engine} with the product's own patterns`, (given, cross) => {
    const options = { engine, crossUsageFailover: cross, compilePattern: compileRoutePattern };
    const { table, unusable } = createPolicyCompiler(given.routes, options)(given.policy);
    assert.equal(unusable, []);
    return answersOf(given, table);
  });
}

matcher("patterns with lookaround are matched by their automata beside RE2's", () => {
  const given = givenOf([{ fromStart: true, toEnd: true, pieces: digits("+1", 10) }]);
  const [route] = given.routes;
  assert.ok(route !== undefined);
  const patterns = ["^\\+(?!1)\\d{7,14}$", "^\\+1\\d{10}$", "(?<=\\+44)20", "^\\+\\d+$"];
  const routes = patterns.map((numberPattern, priority) => ({
    ...route,
    identity: numberPattern,
    priority,
    numberPattern,
  }));
  for (const engine of ["dfa", "re2"] as const) {
    const options = { engine, crossUsageFailover: false, compilePattern: compileRoutePattern };
    const { table } = createPolicyCompiler(routes, options)(given.policy);
    const kinds = new Set(table.banks.map(({ kind }) => kind));
    assert.equal([...kinds].sort(), engine === "dfa" ? ["flat"] : ["flat", "re2"]);
    const answerOf = answersOf({ ...given, routes }, table);
    for (const number of ["+14255550100", "+442079460123", "+443079460123", "911"]) {
      const expected = patterns.filter((pattern) => new RegExp(pattern).test(number));
      assert.equal(
        answerOf(number),
        expected.map((pattern) => `International/${pattern}`),
        `${engine} ${number}`,
      );
    }
  }
});

matcher(
  "a pattern too large for an automaton goes to RE2, and is reported where it may not",
  () => {
    const given = givenOf([{ fromStart: true, toEnd: true, pieces: digits("+1", 10) }]);
    const routes = given.routes.map((route) => ({ ...route, numberPattern: "5\\d{30}$" }));
    const compile = (engine: MatcherEngine) =>
      createPolicyCompiler(routes, {
        engine,
        crossUsageFailover: false,
        compilePattern: compileRoutePattern,
      })(given.policy);
    const auto = compile("auto");
    assert.equal(auto.unusable, []);
    const answerOf = answersOf({ ...given, routes }, auto.table);
    assert.equal(answerOf(`5${"1".repeat(30)}`), ["International/Route 0"]);
    assert.equal(answerOf(`4${"1".repeat(30)}`), []);
    const dfa = compile("dfa");
    assert.equal(
      dfa.unusable.flatMap(({ problems }) => problems.map(({ code }) => code)),
      ["REGEX_TOO_COMPLEX"],
    );
  },
);

const digits = (symbols: string, count: number): PiecePattern["pieces"] =>
  [...symbols]
    .map((symbol) => ({ symbols: symbol, min: 1, max: 1 }))
    .concat([{ symbols: "0123456789", min: count, max: count }]);

function givenOf(patterns: readonly PiecePattern[]): RandomPolicy {
  const routes = patterns.map(
    (pattern, index): VoiceRoute => ({
      identity: `Route ${index}`,
      priority: index,
      numberPattern: sourceOf(pattern),
      onlinePstnUsages: [" international "],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: null,
    }),
  );
  return {
    routes,
    policy: { identity: "Sales", onlinePstnUsages: ["International"], description: null },
    patterns: new Map(patterns.map((pattern) => [sourceOf(pattern), pattern])),
  };
}

function compileAll(given: RandomPolicy, engine: MatcherEngine = "dfa"): PolicyTable {
  const compilePattern = (source: string): RoutePattern => {
    const pattern = given.patterns.get(source);
    return { dfa: pattern ? dfaOf(pattern) : null, re2Source: source, problems: [] };
  };
  const options = { engine, crossUsageFailover: false, compilePattern };
  return createPolicyCompiler(given.routes, options)(given.policy).table;
}

matcher("six patterns for the end of a number among 200 routes stay small and right", () => {
  const routes = Array.from({ length: 200 }, (_, i) => ({
    fromStart: true,
    toEnd: true,
    pieces: digits(`+${1000 + i * 37}`, 7),
  }));
  const suffixes = [3, 5, 6, 7, 8, 9].map((length) => ({
    fromStart: false,
    toEnd: true,
    pieces: digits(String(length), length),
  }));
  const given = givenOf([...routes, ...suffixes]);
  const table = compileAll(given);
  const states = table.banks.map((bank) =>
    bank.kind === "flat" ? bank.table.walk.labels.length : Number.POSITIVE_INFINITY,
  );
  assert.ok(table.banks.length > 1, "nothing was kept apart");
  assert.ok(states.reduce((sum, n) => sum + n, 0) < 50_000, `${states}`);
  const answerOf = answersOf(given, table);
  const dfas = [...given.patterns.values()].map(dfaOf);
  for (let i = 0; i < 2000; i++) {
    const number = `+${1000 + (i % 300) * 37}${String((i * 7_654_321) % 10_000_000).padStart(7, "3")}`;
    const expected = dfas.flatMap((dfa, route) =>
      runDfa(dfa, number) === 1 ? [`International/Route ${route}`] : [],
    );
    assert.equal(answerOf(number), expected, number);
  }
});

matcher("policies with the same patterns share their banks, others do not", () => {
  const given = givenOf([
    { fromStart: true, toEnd: true, pieces: digits("+1", 10) },
    { fromStart: true, toEnd: false, pieces: digits("+44", 3) },
  ]);
  const options = {
    engine: "dfa" as const,
    crossUsageFailover: false,
    compilePattern: (source: string): RoutePattern => {
      const pattern = given.patterns.get(source);
      return { dfa: pattern ? dfaOf(pattern) : null, re2Source: null, problems: [] };
    },
  };
  const compile = createPolicyCompiler(given.routes, options);
  const policy = { identity: "Support", description: null };
  const one = compile(given.policy).table;
  assert.is(compile({ ...policy, onlinePstnUsages: ["INTERNATIONAL "] }).table.banks, one.banks);
  assert.is.not(compile({ ...policy, onlinePstnUsages: ["National"] }).table.banks, one.banks);
});

matcher("a route whose pattern cannot be used matches nothing and is named once", () => {
  const given = givenOf([
    { fromStart: true, toEnd: true, pieces: digits("+1", 10) },
    { fromStart: true, toEnd: true, pieces: digits("+1", 10) },
  ]);
  const route = given.routes[0];
  assert.ok(route !== undefined);
  const routes = [
    { ...route, numberPattern: "(", onlinePstnUsages: ["International", "National"] },
    ...given.routes,
  ];
  const compile = createPolicyCompiler(routes, {
    engine: "auto",
    crossUsageFailover: false,
    compilePattern: compileRoutePattern,
  });
  const policy = { ...given.policy, onlinePstnUsages: ["National", "International"] };
  const { table, unusable } = compile(policy);
  assert.equal(
    unusable.map(({ route, problems }) => [route, ...problems.map((p) => p.code)]),
    [[0, "REGEX_INVALID"]],
  );
  assert.equal(answersOf({ ...given, routes }, table)("+14255550100"), [
    "International/Route 0",
    "International/Route 1",
  ]);
});

matcher("a table posted to another thread arrives whole and shares its memory", () => {
  const given = givenOf([{ fromStart: true, toEnd: true, pieces: digits("+1425555", 4) }]);
  const table = compileAll(given);
  const copy = structuredClone(table);
  assert.equal(answersOf(given, copy)("+14255550100"), ["International/Route 0"]);
  const bank = copy.banks[0];
  assert.ok(bank?.kind === "flat" && bank.table.walk.next.buffer instanceof SharedArrayBuffer);
  assert.ok(bank.table.digits?.cells.buffer instanceof SharedArrayBuffer);
});

matcher("a policy without routes matches nothing", () => {
  assert.equal(answersOf(givenOf([]), compileAll(givenOf([])))("+14255550100"), []);
});

matcher("bytes that are no symbols and numbers of any length do no harm", () => {
  const given = givenOf([
    { fromStart: true, toEnd: true, pieces: digits("+1", 10) },
    { fromStart: true, toEnd: false, pieces: digits("+4420", 2) },
  ]);
  const routeMatcher = createRouteMatcher(compileAll(given));
  for (const text of [
    "\u00ff\u0000",
    "+????????",
    "+1".padEnd(70, "5"),
    "x".repeat(100),
    "+\u007f\u007f\u007f\u007f1",
  ]) {
    const bytes = Buffer.from(text, "latin1");
    for (const id of [
      routeMatcher.match(bytes, 0, bytes.length),
      routeMatcher.matchDigits(bytes, 0, bytes.length),
    ]) {
      assert.ok(id >= 0 && id < routeMatcher.stableIds);
    }
  }
  const long = Buffer.from("+4420".padEnd(70, "5"));
  assert.equal(routeMatcher.matchSet(routeMatcher.match(long, 0, long.length)), [1]);
});

matcher.run();
