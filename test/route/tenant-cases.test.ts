import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { type CallKind, EVERYTHING_UP } from "../../engine/model/call.ts";
import { DECISION_OUTCOMES, type RouteDecision } from "../../engine/model/decision.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";

const EXPECTED_KEYS = [
  "outcome",
  "operator",
  "trunk",
  "callerId",
  "route",
  "usage",
  "policy",
  "reason",
] as const;
type ExpectedKey = (typeof EXPECTED_KEYS)[number];

/** One case of a test cases file: what an administrator says of her tenant. */
interface TenantCase {
  readonly name: string;
  readonly dialed: string;
  readonly user: string;
  readonly kind?: CallKind;
  readonly expect: Readonly<Partial<Record<ExpectedKey, string | null>>>;
}

const cases = suite("test cases of the sample tenants");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const tenants = join(root, "fixtures", "tenants");

const files = readdirSync(tenants).filter((name) => existsSync(join(tenants, name, "cases.json")));

function casesOf(name: string): readonly TenantCase[] {
  const text = readFileSync(join(tenants, name, "cases.json"), "utf8");
  return (JSON.parse(text) as { cases: TenantCase[] }).cases;
}

async function routerOf(name: string): Promise<Router> {
  const loaded = await loadTenant(join(tenants, name));
  if (!loaded.ok) throw new Error(`${name}: ${loaded.problems[0]?.what}`);
  const { compiled, problems } = compileTenant(loaded.value.tenant);
  assert.equal(problems, []);
  return createRouter(compiled, EVERYTHING_UP);
}

/** The keys that the case names, of what was decided. */
function asExpected(decision: RouteDecision, expect: TenantCase["expect"]): unknown {
  const told = { ...decision, trunk: decision.trunks[0] ?? null };
  return Object.fromEntries(EXPECTED_KEYS.filter((k) => k in expect).map((k) => [k, told[k]]));
}

for (const name of files) {
  cases(`every case of ${name} holds`, async () => {
    const router = await routerOf(name);
    for (const { name: what, dialed, user, kind = "user-call", expect } of casesOf(name)) {
      const call = { dialed, user, kind, site: null, ingressTrunk: null, hideCallerId: false };
      const decision = router.decide(call);
      assert.ok(router.callerIndex(user) >= 0, `${what}: no user ${user}`);
      const known = Object.keys(expect).filter((key) => EXPECTED_KEYS.some((k) => k === key));
      assert.equal(known, Object.keys(expect), `${what}: an unknown key is expected`);
      assert.ok(known.length > 0, `${what}: expects nothing`);
      assert.equal(asExpected(decision, expect), { ...inOrder(expect) }, what);
    }
  });
}

/** The same keys in the order in which decisions are told. */
function inOrder(expect: TenantCase["expect"]): Record<string, unknown> {
  return Object.fromEntries(EXPECTED_KEYS.filter((k) => k in expect).map((k) => [k, expect[k]]));
}

cases("Contoso has cases of every outcome, no two of one name", () => {
  const contoso = casesOf("contoso");
  assert.ok(contoso.length >= 30, `only ${contoso.length} cases`);
  for (const outcome of DECISION_OUTCOMES) {
    assert.ok(
      contoso.some((row) => row.expect.outcome === outcome),
      outcome,
    );
  }
  assert.is(new Set(contoso.map((row) => row.name)).size, contoso.length);
});

cases.run();
