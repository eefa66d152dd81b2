import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { policyTablesOf, type SharedTable } from "../compile/policy-tables.ts";
import type { DecisionContext } from "../model/call.ts";
import { createRouter } from "../route/create-router.ts";
import type { Router } from "../route/router.ts";

/** Everything a thread needs to make a router of its own: plain data, its tables shared. */
export interface RouterSeed {
  readonly compiled: CompiledTenant;
  readonly context: DecisionContext;
  /** Tables that are compiled already; others are compiled by each thread that needs them. */
  readonly tables?: readonly SharedTable[];
}

/** The seed for other threads, with the tables that this one has. */
export function withTables(seed: RouterSeed): RouterSeed {
  return { ...seed, tables: policyTablesOf(seed.compiled).share() };
}

/** A router for this thread. */
export function routerFrom({ compiled, context, tables = [] }: RouterSeed): Router {
  policyTablesOf(compiled).adopt(tables);
  return createRouter(compiled, context);
}
