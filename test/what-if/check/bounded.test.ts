/** Tenants that are hard to check: published patterns all at once, and sets that were made to explode. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import { checkTenant } from "../../../engine/what-if/check/check-tenant.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** A tenant with a route for each pattern, in usages of ten. */
function tenantOf(patterns: readonly string[]): Tenant {
  const usages = [...new Set(patterns.map((_, index) => `Usage ${Math.floor(index / 10)}`))];
  return {
    ...EMPTY_TENANT,
    onlinePstnUsages: usages,
    onlineVoiceRoutes: patterns.map((numberPattern, index) => ({
      identity: `Route ${index}`,
      priority: index,
      numberPattern,
      onlinePstnUsages: [`Usage ${Math.floor(index / 10)}`],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: null,
    })),
    onlineVoiceRoutingPolicies: [
      { identity: "Global", onlinePstnUsages: usages, description: null },
    ],
  };
}

function codesOf(tenant: Tenant): ReadonlySet<string> {
  return new Set(
    checkTenant(tenant).flatMap(({ findings }) => findings.map((finding) => finding.code)),
  );
}

/** Far above what it takes on a busy machine, far below what an explosion would. */
const MAX_MILLISECONDS = 60_000;

const bounded = suite("bounded checks");

bounded("the published patterns as one tenant's routes are all judged", () => {
  const file = join(root, "fixtures", "patterns", "public", "number-patterns.tsv");
  const rows = readFileSync(file, "utf8").trimEnd().split("\n").slice(1);
  const patterns = rows.map((row) => row.split("\t")[0] ?? "");
  assert.ok(patterns.length > 200);
  const began = performance.now();
  const codes = codesOf(tenantOf(patterns));
  assert.ok(performance.now() - began < MAX_MILLISECONDS);
  for (const code of ["REGEX_INVALID", "REGEX_QUANTIFIED_ANCHOR", "ROUTE_SHADOWED"]) {
    assert.ok(codes.has(code), code);
  }
});

bounded("patterns that look for digits at the end do not explode: undecided is said", () => {
  const patterns = Array.from({ length: 6 }, (_, i) => `${i + 1}\\d{${10 + i}}$`);
  const began = performance.now();
  const codes = codesOf(tenantOf([...patterns, ...patterns.map((p) => `(${p})`), "^\\+1\\d{10}$"]));
  assert.ok(performance.now() - began < MAX_MILLISECONDS);
  assert.ok(codes.has("CHECK_NOT_DECIDED"));
});

bounded("patterns past the budgets are not all compiled", () => {
  const patterns = Array.from({ length: 40 }, (_, i) => `^\\+(\\d{0,${900 + i}}){999}$`);
  const began = performance.now();
  const codes = codesOf(tenantOf(patterns));
  assert.ok(performance.now() - began < MAX_MILLISECONDS);
  assert.ok(codes.has("REGEX_TOO_COMPLEX") && codes.has("CHECK_NOT_DECIDED"));
});

bounded.run();
