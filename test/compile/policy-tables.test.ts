import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileRoutePattern } from "../../engine/compile/compile-route-pattern.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { PatternCache } from "../../engine/compile/pattern-cache.ts";
import {
  type MatcherEngine,
  type PatternList,
  patternFor,
} from "../../engine/compile/policy-table.ts";
import {
  MAX_TABLE_BYTES,
  PolicyTables,
  policyTablesOf,
} from "../../engine/compile/policy-tables.ts";
import { TableCompiler } from "../../engine/compile/table-compiler.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../engine/model/user.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance } from "../route/random/chance.ts";
import { randomCall } from "../route/random/random-call.ts";
import { randomTenant } from "../route/random-tenant.ts";

const tables = suite("policy tables");

const POLICIES = process.env["LONG"] === undefined ? 2000 : 4000;
const USAGES = 300;
const USAGES_OF_POLICY = 10;
const ROUTES_OF_USAGE = 10;

/** A user for each policy; a policy has ten usages of ten routes each, in an order of its own. */
function manyPolicies(): Tenant {
  const chance = new Chance(1);
  const usages = Array.from({ length: USAGES }, (_, i) => `Usage ${i}`);
  return {
    ...EMPTY_TENANT,
    users: Array.from({ length: POLICIES }, (_, i) => ({
      ...USER_DEFAULTS,
      userPrincipalName: `user${i}@contoso.com`,
      usageLocation: "US",
      licenses: ["TeamsPhone"],
      teamsUpgradeEffectiveMode: "TeamsOnly" as const,
      enterpriseVoiceEnabled: true,
      lineUri: `tel:+1425555${String(i).padStart(4, "0")}`,
      numberType: "DirectRouting" as const,
      onlineVoiceRoutingPolicy: `Policy ${i}`,
    })),
    onlinePstnUsages: usages,
    onlineVoiceRoutes: Array.from({ length: USAGES * ROUTES_OF_USAGE }, (_, i) => ({
      identity: `Route ${i}`,
      priority: i,
      numberPattern: `^\\+44${1000 + i}\\d{6}$`,
      onlinePstnUsages: [usages[i % USAGES] ?? ""],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: null,
    })),
    onlineVoiceRoutingPolicies: Array.from({ length: POLICIES }, (_, i) => ({
      identity: `Policy ${i}`,
      onlinePstnUsages: chance.some(usages, USAGES).slice(0, USAGES_OF_POLICY),
      description: null,
    })),
  };
}

function call(i: number) {
  return {
    dialed: "+441000123456",
    user: `user${i}@contoso.com`,
    kind: "user-call",
    site: null,
    ingressTrunk: null,
    hideCallerId: false,
  } as const;
}

tables(
  "of two thousand policies of a hundred routes, only those that are asked are compiled",
  () => {
    const { compiled, problems } = compileTenant(manyPolicies());
    assert.equal(problems, []);
    assert.ok(compiled.policies.length >= POLICIES);
    assert.ok(compiled.policies.filter(({ entries }) => entries.length === 100).length > 1900);
    const made = policyTablesOf(compiled);
    const router = createRouter(compiled, EVERYTHING_UP);
    assert.is(made.compiledTables, 0);
    router.decide(call(7));
    assert.is(made.compiledTables, 1);
    router.decide(call(7));
    createRouter(compiled, EVERYTHING_UP).decide(call(7));
    assert.is(made.compiledTables, 1, "routers over the same tenant share its tables");
    const asked = process.env["LONG"] === undefined ? 12 : POLICIES;
    for (let i = 0; i < asked; i++) {
      router.decide(call(i));
      assert.ok(made.bytes <= MAX_TABLE_BYTES);
    }
    assert.is(made.compiledTables, asked);
  },
);

/** Lists of different sizes over patterns that overlap. */
const LISTS: readonly PatternList[] = Array.from({ length: 30 }, (_, list) => {
  const sources = Array.from(
    { length: 3 + (list % 5) },
    (_, i) => `^\\+1${list % 7}\\d{${i + 2},}$`,
  );
  return { sources, ranks: sources.map((_, i) => i >> 1) };
});

function answers(over: PolicyTables, list: number, number: string): readonly number[] {
  const bytes = Buffer.from(number);
  const matcher = over.matcher(list);
  const set = matcher.matchSet(matcher.match(bytes, 0, bytes.length));
  const again = matcher.matchDigits(bytes, 0, bytes.length);
  assert.equal(matcher.matchSet(again), set);
  assert.is(matcher.primary(again), set[0] ?? -1);
  return set;
}

function compilerFor(engine: MatcherEngine): TableCompiler {
  return new TableCompiler(new PatternCache(engine).patternOf);
}

const NUMBERS = ["+1312345", "+10", "+16123", "+1212345678", "911", "+19"];

tables("past their limit are dropped, compiled again when asked for, and answer the same", () => {
  const unlimited = new PolicyTables(LISTS, compilerFor("dfa"));
  LISTS.forEach((_, list) => {
    answers(unlimited, list, "+1");
  });
  assert.is(unlimited.compiledTables, LISTS.length);
  const maxBytes = unlimited.bytes >> 2;
  const limited = new PolicyTables(LISTS, compilerFor("dfa"), maxBytes);
  const ids = new Map<string, number>();
  const chance = new Chance(2);
  for (let i = 0; i < 500; i++) {
    const list = chance.below(LISTS.length);
    const number = chance.pick(NUMBERS);
    assert.equal(answers(limited, list, number), answers(unlimited, list, number));
    const bytes = Buffer.from(number);
    const id = limited.matcher(list).match(bytes, 0, bytes.length);
    const before = ids.get(`${list} ${number}`) ?? id;
    assert.is(id, before, "an id keeps its meaning");
    ids.set(`${list} ${number}`, id);
    assert.ok(limited.bytes <= maxBytes);
    if (i > 100) assert.ok(limited.bytes > maxBytes / 2);
  }
  assert.ok(limited.compiledTables > 2 * LISTS.length);
});

tables("that are in use all the time stay when others come and go", () => {
  const whole = new PolicyTables(LISTS, compilerFor("dfa"));
  LISTS.forEach((_, list) => {
    answers(whole, list, "+1");
  });
  const limited = new PolicyTables(LISTS, compilerFor("dfa"), whole.bytes >> 1);
  for (let list = 0; list < LISTS.length; list++) {
    for (const busy of [0, 1]) answers(limited, busy, "+1");
    limited.matcher(list).match(Buffer.from("+1"), 0, 2);
  }
  assert.is(limited.compiledTables, LISTS.length);
});

tables("larger than the limit are there one at a time", () => {
  const limited = new PolicyTables(LISTS, compilerFor("dfa"), 1);
  const whole = new PolicyTables(LISTS, compilerFor("dfa"));
  for (const list of [3, 4, 4, 3]) {
    assert.equal(answers(limited, list, "+1312345"), answers(whole, list, "+1312345"));
  }
  assert.is(limited.compiledTables, 3);
});

tables("of another thread are used without compiling", () => {
  const here = new PolicyTables(LISTS, compilerFor("auto"));
  for (const list of [0, 5, 9]) answers(here, list, "+1");
  const there = new PolicyTables(LISTS, compilerFor("auto"));
  there.adopt(structuredClone(here.share()));
  for (const list of [0, 5, 9])
    assert.equal(answers(there, list, "+12"), answers(here, list, "+12"));
  assert.is(there.compiledTables, 0);
  assert.is(there.bytes, here.bytes);
  const small = new PolicyTables(LISTS, compilerFor("auto"), here.bytes - 1);
  small.adopt(here.share());
  assert.is(small.share().length, 2);
});

tables(
  "that come and go change no decision of a router, nor what is remembered by their ids",
  () => {
    const runs = process.env["LONG"] === undefined ? 40 : 1000;
    let recompiled = 0;
    for (let seed = 0; seed < runs; seed++) {
      const chance = new Chance(seed);
      const { compiled } = compileTenant(randomTenant(chance));
      const poor = { ...compiled };
      const kept = policyTablesOf(poor, { maxBytes: 1 });
      const usual = createRouter(compiled, EVERYTHING_UP);
      const forgetful = createRouter(poor, EVERYTHING_UP);
      const calls = Array.from({ length: 30 }, () => randomCall(chance));
      for (const one of [...calls, ...calls]) {
        assert.equal(forgetful.decide(one), usual.decide(one));
      }
      recompiled += kept.compiledTables - policyTablesOf(compiled).compiledTables;
    }
    assert.ok(recompiled > runs);
  },
);

tables("of policies with the same patterns in the same usages are one", () => {
  const tenant = manyPolicies();
  const [first] = tenant.onlineVoiceRoutingPolicies;
  assert.ok(first !== undefined);
  const { compiled } = compileTenant({
    ...tenant,
    users: tenant.users.slice(0, 20),
    onlineVoiceRoutingPolicies: tenant.onlineVoiceRoutingPolicies.map(({ identity }) => ({
      ...first,
      identity,
    })),
  });
  const router = createRouter(compiled, EVERYTHING_UP);
  for (let i = 0; i < 20; i++) router.decide(call(i));
  assert.ok(compiled.policies.length >= 20);
  assert.is(policyTablesOf(compiled).compiledTables, 1);
});

const PATTERNS = [
  "^\\+1\\d{10}$",
  "^(+1",
  "^\\+(?!1)\\d{7,14}$",
  "(a+)+\\1",
  "5\\d{30}$",
  "(?!5\\d{30}$)\\d+",
  "^(?:\\d{900}){20}$",
  "(?=.*5\\d{14}$)(?=.*6\\d{14}$)",
  "(?>a)",
  "",
  "[",
  "\\p{Nope}",
];

for (const engine of ["auto", "dfa", "re2"] as const satisfies readonly MatcherEngine[]) {
  tables(`engine ${engine} tells of a pattern unread what compiling it tells`, () => {
    const codes = new Set<string>();
    for (const source of PATTERNS) {
      const { dfa, re2Source, problems } = patternFor(engine, compileRoutePattern(source));
      const expected = dfa === null && re2Source === null ? problems : [];
      assert.equal(new PatternCache(engine).problemsOf(source), expected, source);
      for (const { code } of expected) codes.add(code);
    }
    assert.equal([...codes].sort(), ["REGEX_INVALID", "REGEX_TOO_COMPLEX", "REGEX_UNSUPPORTED"]);
  });
}

tables("a pattern that is not asked for again makes room for others", () => {
  const cache = new PatternCache("auto", 50_000);
  const first = cache.patternOf("^\\+1\\d{10}$");
  assert.is(cache.patternOf("^\\+1\\d{10}$"), first);
  for (let i = 0; i < 200; i++) {
    cache.patternOf(`^\\+44${i}$`);
    if (i < 100) assert.is(cache.patternOf("^\\+1\\d{10}$"), first, `${i}`);
  }
  assert.is.not(cache.patternOf("^\\+1\\d{10}$"), first);
});

tables.run();
