import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { MatcherEngine } from "../../engine/compile/policy-table.ts";
import type { Call } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { POLICY_TYPES } from "../../engine/model/policy-types.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";
import { type GatewayTranslations, gatewayTranslations } from "../../engine/route/wire-numbers.ts";
import { type DecisionRow, decisionCases, holds, routerOf } from "./decision-rows.ts";
import {
  isSameDecision,
  isSameWire,
  oddCountryOf,
  type Question,
  sentToGateways,
  shrunk,
  told,
} from "./disagreement.ts";
import { EXPECTED_HAPPENINGS } from "./expected-happenings.ts";
import { findCaller } from "./naive/callers.ts";
import { effective } from "./naive/policies.ts";
import type { Wire } from "./naive/wire.ts";
import { naiveDecide } from "./naive-decide.ts";
import { Chance } from "./random/chance.ts";
import { randomCall, randomContext } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const second = suite("a second implementation");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 50_000 : 500;
const CALLS = 200;
const SEED = Number(process.env["SEED"] ?? (isLong ? Date.now() >>> 0 : 20_261_121));
/** Each matcher has a tenant out of so many to itself; the others have the one that is chosen for them. */
const OTHER_ENGINE_EVERY = 10;

/** Counts what happens. */
class Happenings {
  private readonly counts = new Map<string, number>();

  readonly note = (what: string): void => {
    this.counts.set(what, this.of(what) + 1);
  };

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }
}

function engineOf(tenant: number): MatcherEngine {
  const turn = tenant % OTHER_ENGINE_EVERY;
  if (turn === 0) return "re2";
  return turn === 1 ? "dfa" : "auto";
}

/** By the door for streams. */
function decideBytes(router: Router, call: Call): RouteDecision {
  const bytes = Buffer.from(call.dialed, "latin1");
  const ingress = call.ingressTrunk === null ? -1 : router.gatewayIndex(call.ingressTrunk);
  const caller = router.callerIndex(call.user);
  const site = call.site === null ? -1 : router.siteIndex(call.site);
  const { kind, hideCallerId } = call;
  return router.decideBytes(caller, kind, hideCallerId, bytes, 0, bytes.length, ingress, site);
}

/** A stream does not tell who called first. */
function isSameAsStream(router: Router, call: Call, decision: RouteDecision): boolean {
  const isToldMore = call.kind === "forward" && call.originalCaller !== null;
  return isToldMore || isSameDecision(decideBytes(router, call), decision);
}

second(`agrees on ${TENANTS * CALLS} random calls (seed ${SEED})`, () => {
  const chance = new Chance(SEED);
  const happenings = new Happenings();
  const started = performance.now();
  for (let i = 0; i < TENANTS; i++) {
    const tenant = randomTenant(chance);
    const context = randomContext(chance);
    const router = createRouter(compileTenant(tenant, engineOf(i)).compiled, context);
    const translations = gatewayTranslations(tenant);
    noteSources(tenant, happenings);
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      const decision = router.decide(call);
      const isSame = isAgreed({ tenant, call, context }, router, translations, happenings);
      if (!isSame) {
        const smallest = shrunk({ tenant, call, context });
        assert.unreachable(`tenant ${i}, call ${j} of seed ${SEED}\n${told(smallest)}`);
      }
      assert.ok(isSameAsStream(router, call, decision), "two doors, two decisions");
      happenings.note(`${decision.outcome} ${decision.reason ?? ""}`.trim());
    }
    if (isLong && (i + 1) % 1_000 === 0) tellProgress(i + 1, started);
  }
  if (process.env["COUNTS"] !== undefined) console.log(happenings);
  // The comparison is worth nothing where something never happens.
  for (const [what, least] of Object.entries(EXPECTED_HAPPENINGS)) {
    assert.ok(happenings.of(what) >= least, `${what}: only ${happenings.of(what)} times`);
  }
});

/** Whether both decide the same, and send each gateway the same. */
function isAgreed(
  { tenant, call, context }: Question,
  router: Router,
  translations: ReadonlyMap<string, GatewayTranslations>,
  happenings: Happenings,
): boolean {
  const wires: Wire[] = [];
  const hear = (wire: Wire): void => void wires.push(wire);
  const expected = naiveDecide(tenant, call, context, oddCountryOf, happenings.note, hear);
  if (!isSameDecision(router.decide(call), expected)) return false;
  return wires.length === 0 || isSameWire(sentToGateways(router, translations, call), wires);
}

/** How policies of each type come to count. */
function noteSources(tenant: Tenant, happenings: Happenings): void {
  for (const { userPrincipalName } of tenant.users) {
    const caller = findCaller(tenant, userPrincipalName);
    if (caller === null) continue;
    for (const { type } of POLICY_TYPES) {
      happenings.note(`${type} ${effective(tenant, type, caller).source}`);
    }
  }
}

function tellProgress(tenants: number, started: number): void {
  const pairs = tenants * CALLS;
  const rate = Math.round(pairs / ((performance.now() - started) / 1_000));
  process.stderr.write(`${pairs} of ${TENANTS * CALLS} pairs, ${rate}/s, seed ${SEED}\n`);
}

second("agrees on the decision rows", () => {
  let agreed = 0;
  for (const { file, row, tenant, call, context } of decisionCases()) {
    // WHY: quantified anchors are valid in .NET and not in JS.
    if (tenant.onlineVoiceRoutes.some((route) => route.numberPattern.startsWith("^+0"))) continue;
    const decision = routerOf(tenant, context).decide(call);
    const wires: Wire[] = [];
    const hear = (wire: Wire): void => void wires.push(wire);
    const expected = naiveDecide(tenant, call, context, oddCountryOf, undefined, hear);
    assert.ok(
      isSameDecision(decision, expected),
      `${file}, ${row.name}\n${JSON.stringify(decision)}\n${JSON.stringify(expected)}`,
    );
    assertWires(`${file}, ${row.name}`, row.wire, wires);
    agreed++;
  }
  assert.ok(agreed >= 300, `only ${agreed} rows`);
});

/** Whether the second implementation sends what the row says, in any order. */
function assertWires(name: string, expected: DecisionRow["wire"], wires: readonly Wire[]): void {
  if (expected === undefined) return;
  for (const part of expected) {
    const isSent = wires.some((wire) => holds(wire, part));
    assert.ok(isSent, `${name}: ${JSON.stringify(part)}\nnot in ${JSON.stringify(wires)}`);
  }
  assert.is(wires.length, expected.length, name);
}

second.run();
