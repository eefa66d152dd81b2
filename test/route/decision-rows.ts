import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { MatcherEngine } from "../../engine/compile/policy-table.ts";
import { readTenantText } from "../../engine/import/tenant-file/read-tenant-file.ts";
import type { Call, CallKind, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";

/** One row of `fixtures/decisions`; its README says what the keys mean. */
export interface DecisionRow {
  readonly name: string;
  readonly tenant: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly call: {
    readonly dialed: string;
    readonly user: string;
    readonly kind: CallKind;
    readonly ingressTrunk?: string;
    readonly hideCallerId?: boolean;
    readonly originalCaller?: string;
    readonly site?: string;
  };
  readonly down?: readonly string[];
  readonly seed?: number;
  readonly expect: Partial<RouteDecision> & { readonly trunkSets?: readonly (readonly string[])[] };
  /** Steps of the trace in their order, others between them; of each, the keys that are checked. */
  readonly trace?: readonly PartialStep[];
  /** Steps that the trace must not have. */
  readonly notInTrace?: readonly PartialStep[];
  /** What each gateway is sent; see `Explanation.wire`. */
  readonly wire?: readonly PartialStep[];
  /** Codes of the problems that compiling the tenant tells of, all of them. */
  readonly problems?: readonly string[];
}

/** Some keys of a step; of objects inside it, some keys too; of lists, all elements. */
export type PartialStep = Readonly<Record<string, unknown>>;

interface DecisionFile {
  readonly about: string;
  readonly tenants: Readonly<Record<string, object>>;
  readonly rows: readonly DecisionRow[];
}

/** A row with its tenant, call and moment filled in. */
export interface DecisionCase {
  readonly file: string;
  readonly row: DecisionRow;
  readonly tenant: Tenant;
  readonly call: Call;
  readonly context: DecisionContext;
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const folder = join(root, "fixtures", "decisions");

/** All rows of all files. */
export function decisionCases(): DecisionCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as DecisionFile;
      return content.rows.map((row) => caseOf(file, content, row));
    });
}

function caseOf(file: string, { tenants }: DecisionFile, row: DecisionRow): DecisionCase {
  const written = structuredClone(tenants[row.tenant]);
  if (written === undefined) throw new Error(`${file}: no tenant ${row.tenant}`);
  for (const [path, value] of Object.entries(row.change ?? {}))
    setAt(written, path.split("."), value);
  const read = readTenantText(`${file} ${row.name}`, JSON.stringify(written));
  if (!read.ok) throw new Error(`${file}, ${row.name}: ${read.problems[0]?.what}`);
  const call: Call = { site: null, ingressTrunk: null, hideCallerId: false, ...row.call };
  const context = { down: new Set(row.down), seed: row.seed ?? 0 };
  return { file, row, tenant: read.value, call, context };
}

/** Whether `value` has all that `part` names: some keys of objects, all elements of lists. */
export function holds(value: unknown, part: unknown): boolean {
  if (typeof part !== "object" || part === null) return value === part;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(part) && (!Array.isArray(value) || value.length !== part.length)) return false;
  return Object.entries(part).every(([key, inner]) =>
    holds((value as Record<string, unknown>)[key], inner),
  );
}

/** `users.0.licenses` and the like. */
function setAt(target: object, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  const record = target as Record<string, unknown>;
  if (rest.length === 0) {
    record[key] = value;
    return;
  }
  record[key] ??= {};
  setAt(record[key] as object, rest, value);
}

/** A router over a tenant that compiles without problems. */
export function routerOf(
  tenant: Tenant,
  context: DecisionContext,
  engine: MatcherEngine = "auto",
): Router {
  return createRouter(compileTenant(tenant, engine).compiled, context);
}
