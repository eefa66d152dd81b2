import type { TrunkMapping } from "../call/trunk-targets.ts";
import { compileTenant } from "../compile/compile-tenant.ts";
import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { loadTenant } from "../import/load-tenant.ts";
import { hasErrors } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { createRouter } from "../route/create-router.ts";
import type { Router } from "../route/router.ts";
import { type CallOptions, checkCallOptions } from "./call-options.ts";
import type { CommonOptions } from "./common-options.ts";
import { type HoldLength, readHoldLength } from "./hold-length.ts";
import { printProblems, printWorthTelling, told } from "./print-problems.ts";
import type { SipOptions } from "./sip-options.ts";
import { readTrunkMappings } from "./trunk-mappings.ts";

/** What calls are decided and placed by, read from the tenant and the command line. */
export interface PlacingGround {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly router: Router;
  readonly mappings: readonly TrunkMapping[];
  readonly hold: HoldLength;
}

/**
 * Reads what `call` and `simulate` work on; `null` = it cannot be used, and why was printed.
 *
 * @problem MAP_INVALID
 * @problem MAP_UNKNOWN
 * @problem HOLD_INVALID
 */
export async function readPlacingGround(
  common: CommonOptions,
  call: CallOptions,
  sip: SipOptions,
): Promise<PlacingGround | null> {
  const loaded = told(await loadTenant(common.tenant));
  if (loaded === null) return null;
  const { tenant } = loaded;
  const mappings = readTrunkMappings(sip.map, tenant);
  const hold = readHoldLength(sip.hold);
  const wrong = [...checkCallOptions(call, tenant), ...mappings.problems, ...hold.problems];
  printProblems(wrong);
  if (hasErrors(wrong) || !mappings.ok || !hold.ok) return null;
  const { compiled, problems } = compileTenant(tenant);
  printWorthTelling(problems);
  const router = createRouter(compiled, call.context);
  return { tenant, compiled, router, mappings: mappings.value, hold: hold.value };
}
