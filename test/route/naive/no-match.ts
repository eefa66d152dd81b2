import type { RouteDecision } from "../../../engine/model/decision.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import { blocked, byOperator, type Place } from "./answers.ts";
import type { Licensed } from "./callers.ts";
import type { CallsBy } from "./calls-by.ts";
import { isDomestic, type OddCountryOf } from "./countries.ts";
import { isSuspendedNow, type Moment, operatorTrunks, ownerOf } from "./trunk-order.ts";

/** Whether a caller has any calling plan, of which Microsoft is the last resort. */
export function hasPlan({ licenses }: Licensed): boolean {
  return licenses.some((license) => license.startsWith("CallingPlan"));
}

/** The operator that owns the number. */
export function providedByOperator(
  tenant: Tenant,
  callsBy: CallsBy,
  callerId: string | null,
  place: Place,
  moment: Moment,
): RouteDecision {
  const operator = ownerOf(tenant, callsBy.number);
  const trunks = operatorTrunks(tenant, operator, moment, []);
  if (operator !== null && trunks.length > 0) {
    return byOperator(operator.id, trunks, callerId, place);
  }
  return blocked(isSuspendedNow(tenant, operator) ? "OPERATOR_SUSPENDED" : "NO_TRUNK", place);
}

/** Whether a calling plan or credits pay for a call to a number. */
export function isCovered(
  tenant: Tenant,
  payer: Licensed,
  number: string,
  oddCountryOf: OddCountryOf,
): boolean {
  const { licenses } = payer;
  const home = payer.usageLocation ?? tenant.tenant.country;
  if (licenses.includes("CallingPlan")) return true;
  if (licenses.includes("CallingPlanInternational")) return true;
  if (licenses.includes("CommunicationsCredits")) return true;
  return licenses.includes("CallingPlanDomestic") && isDomestic(home, number, oddCountryOf);
}
