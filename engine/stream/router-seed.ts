import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import type { DecisionContext } from "../model/call.ts";
import { createRouter } from "../route/create-router.ts";
import type { Router } from "../route/router.ts";

/** Everything a thread needs to make a router of its own: plain data, its tables shared. */
export interface RouterSeed {
  readonly compiled: CompiledTenant;
  readonly context: DecisionContext;
}

/** A router for this thread. */
export function routerFrom({ compiled, context }: RouterSeed): Router {
  return createRouter(compiled, context);
}
