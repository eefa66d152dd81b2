import type { RouteDecision } from "../../../engine/model/decision.ts";
import type { NumberType } from "../../../engine/model/phone-number.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import { blocked, byOperator, type Place } from "./answers.ts";
import type { Caller } from "./callers.ts";
import type { CountryOf } from "./restriction.ts";
import { isSuspendedNow, type Moment, operatorTrunks, ownerOf } from "./trunk-order.ts";

/** The number by which somebody calls: an own one, or that of a shared calling policy's account. */
export interface CallsBy {
  readonly number: string;
  readonly type: NumberType;
  readonly isShared: boolean;
}

/** Whether a caller has any calling plan, of which Microsoft is the last resort. */
export function hasPlan({ licenses }: Caller): boolean {
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
export function isCovered(caller: Caller, number: string, countryOf: CountryOf): boolean {
  const { licenses, usageLocation } = caller;
  if (licenses.includes("CallingPlan")) return true;
  if (licenses.includes("CallingPlanInternational")) return true;
  if (licenses.includes("CommunicationsCredits")) return true;
  if (!licenses.includes("CallingPlanDomestic")) return false;
  if (!number.startsWith("+")) return true;
  return usageLocation !== null && countryOf(number) === usageLocation;
}
