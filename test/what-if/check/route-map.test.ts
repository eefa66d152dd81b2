/**
 * Which routes are first, backup or shadowed, against trying every number: patterns of at most three
 * symbols leave few enough of them. Both ways of deciding are held to it.
 */
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { entriesOfPolicy, type PolicyEntry } from "../../../engine/compile/policy-entries.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import type { VoiceRoute } from "../../../engine/model/voice-routing.ts";
import { checkGround } from "../../../engine/what-if/check/check-ground.ts";
import { type RouteMap, routeMap } from "../../../engine/what-if/check/route-map.ts";

const SYMBOLS = [..."0123456789*#"];

/** Every dialable number of up to three symbols, with and without a plus. */
const NUMBERS = ["", "+"].flatMap((plus) => {
  const one = SYMBOLS;
  const two = one.flatMap((a) => SYMBOLS.map((b) => a + b));
  const three = two.flatMap((a) => SYMBOLS.map((b) => a + b));
  return [...one, ...two, ...three].map((number) => plus + number);
});

const piece = fc.constantFrom(
  "\\d",
  "[0-4]",
  "[5-9]",
  "1",
  "2",
  "[12]",
  "(1|2)",
  "\\d?",
  ".",
  "(?!3).",
);
const pattern = fc
  .tuple(fc.constantFrom("^\\+?", "^\\+", "^"), piece, piece, fc.constantFrom("$", "\\d?$"))
  .map((parts) => parts.join(""));

const USAGES = ["A", "B", "C"];

const tenants: fc.Arbitrary<Tenant> = fc
  .array(fc.tuple(pattern, fc.nat(3), fc.subarray(USAGES, { minLength: 1 })), {
    minLength: 2,
    maxLength: 7,
  })
  .map((rows) => ({
    ...EMPTY_TENANT,
    onlinePstnUsages: USAGES,
    onlineVoiceRoutes: rows.map(
      ([numberPattern, priority, onlinePstnUsages], index): VoiceRoute => ({
        identity: `R${index}`,
        priority,
        numberPattern,
        onlinePstnUsages,
        onlinePstnGatewayList: [],
        bridgeSourcePhoneNumber: null,
        description: null,
      }),
    ),
    onlineVoiceRoutingPolicies: [
      { identity: "Global", onlinePstnUsages: USAGES, description: null },
    ],
  }));

/** For each entry the numbers that its pattern matches, asked of JavaScript. */
function matchedNumbers(tenant: Tenant, entries: readonly PolicyEntry[]): Set<string>[] {
  return entries.map(({ route }) => {
    const regex = new RegExp(tenant.onlineVoiceRoutes[route]?.numberPattern ?? "");
    return new Set(NUMBERS.filter((number) => regex.test(number)));
  });
}

/** `first`, `backup` or `shadowed` for each route by trying every number. */
function triedStandings(entries: readonly PolicyEntry[], matched: readonly Set<string>[]) {
  const best = new Map<number, string>();
  const rank = ["first", "backup", "shadowed"];
  const standings = entries.map(() => "shadowed");
  for (const number of NUMBERS) {
    const first = matched.findIndex((numbers) => numbers.has(number));
    if (first === -1) continue;
    standings[first] = "first";
    for (const [at, entry] of entries.entries()) {
      const here = entry.usageIndex === entries[first]?.usageIndex && matched[at]?.has(number);
      if (here === true && standings[at] !== "first") standings[at] = "backup";
    }
  }
  for (const [at, { route }] of entries.entries()) {
    const standing = standings[at] ?? "";
    const known = best.get(route);
    if (known === undefined || rank.indexOf(standing) < rank.indexOf(known)) {
      best.set(route, standing);
    }
  }
  return best;
}

const runs = process.env["LONG"] === undefined ? { numRuns: 60, seed: 7 } : { numRuns: 5_000 };

const maps = suite("route map");

const ways: readonly (readonly [string, (tenant: Tenant) => RouteMap])[] = [
  ["by classes of numbers", (tenant) => routeMap(checkGround(tenant))],
  ["step by step", (tenant) => routeMap(checkGround(tenant), () => null)],
];

for (const [name, mapOf] of ways) {
  maps(`${name}: standings are those of trying every number, and covers cover`, () => {
    fc.assert(
      fc.property(tenants, (tenant) => {
        const [policy] = tenant.onlineVoiceRoutingPolicies;
        if (policy === undefined) return;
        const entries = entriesOfPolicy(policy, tenant.onlineVoiceRoutes);
        const matched = matchedNumbers(tenant, entries);
        const tried = triedStandings(entries, matched);
        const standings = mapOf(tenant).standings.filter(({ policy: p }) => p.policy === policy);
        assert.is(standings.length, tried.size);
        for (const { route, standing, coveredBy } of standings) {
          const own = matched[entries.findIndex((entry) => entry.route === route)];
          if (own === undefined || own.size === 0) continue;
          assert.is(standing, tried.get(route), `route ${route}`);
          const cover = coveredBy().map((taker) => {
            const at = entries.findIndex((e) => e.route === taker.route && e.usage === taker.usage);
            return matched[at] ?? new Set<string>();
          });
          const needed = name === "by classes of numbers";
          if (standing !== "first") judgeCover(own, cover, needed);
        }
      }),
      runs,
    );
  });
}

/** The cover takes every number, and where it is to be minimal, none of it can go. */
function judgeCover(own: Set<string>, cover: readonly Set<string>[], isMinimal: boolean): void {
  const uncovered = (sets: readonly Set<string>[]): readonly string[] =>
    [...own].filter((number) => !sets.some((set) => set.has(number)));
  assert.equal(uncovered(cover), []);
  for (const one of isMinimal ? cover : []) {
    assert.ok(uncovered(cover.filter((set) => set !== one)).length > 0, "superfluous");
  }
}

maps("routes match the same numbers exactly when every number says so", () => {
  fc.assert(
    fc.property(tenants, (tenant) => {
      const map = routeMap(checkGround(tenant));
      const sets = tenant.onlineVoiceRoutes.map(({ numberPattern }) =>
        NUMBERS.filter((number) => new RegExp(numberPattern).test(number)).join(),
      );
      for (const [a, numbers] of sets.entries()) {
        for (const [b, others] of sets.entries()) {
          assert.is(map.matchSame(a, b), numbers !== "" && numbers === others);
        }
      }
    }),
    runs,
  );
});

maps.run();
