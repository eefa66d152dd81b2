import type { Tenant } from "../../model/tenant.ts";
import { callerIdFindings } from "./caller-id-findings.ts";
import type { CheckFinding } from "./check-finding.ts";
import { type CheckGround, checkGround } from "./check-ground.ts";
import { conferencingFindings } from "./conferencing-findings.ts";
import { countryFindings } from "./country-findings.ts";
import { dialPlanFindings } from "./dial-plan-findings.ts";
import { effectivePolicyFindings } from "./effective-policy-findings.ts";
import { emergencyFindings } from "./emergency-findings.ts";
import { gatewayFindings } from "./gateway-findings.ts";
import { migrationFindings } from "./migration-findings.ts";
import { numberFindings } from "./number-findings.ts";
import { operatorFindings } from "./operator-findings.ts";
import { overlapFindings } from "./overlap-findings.ts";
import { patternFindings } from "./pattern-findings.ts";
import { policyFindings } from "./policy-findings.ts";
import { routeFindings } from "./route-findings.ts";
import { shadowFindings } from "./shadow-findings.ts";
import { translationRuleFindings } from "./translation-rule-findings.ts";
import { usageFindings } from "./usage-findings.ts";
import { userFindings } from "./user-findings.ts";

/** One part of the catalogue. */
export interface CheckFamily {
  readonly title: string;
  readonly find: (ground: CheckGround) => readonly CheckFinding[];
}

/** Everything that is looked at, in the order in which it is told. */
export const CHECK_FAMILIES: readonly CheckFamily[] = [
  { title: "Number patterns", find: patternFindings },
  { title: "Patterns and countries", find: countryFindings },
  { title: "Voice routes", find: routeFindings },
  { title: "Routes behind other routes", find: shadowFindings },
  { title: "Routes beside other routes", find: overlapFindings },
  { title: "PSTN usages", find: usageFindings },
  { title: "Policies", find: policyFindings },
  { title: "Policies that Teams said count", find: effectivePolicyFindings },
  { title: "Migration to operators and Calling Plans", find: migrationFindings },
  { title: "Conferencing", find: conferencingFindings },
  { title: "Operators", find: operatorFindings },
  { title: "Numbers", find: numberFindings },
  { title: "Users", find: userFindings },
  { title: "Caller ID and shared calling", find: callerIdFindings },
  { title: "Emergency calls", find: emergencyFindings },
  { title: "Gateways", find: gatewayFindings },
  { title: "Dial plans", find: dialPlanFindings },
  { title: "Translation rules", find: translationRuleFindings },
];

/** What one part of the catalogue found. */
export interface CheckedFamily {
  readonly title: string;
  readonly findings: readonly CheckFinding[];
}

/**
 * Why exists: Teams accepts nearly everything that an administrator writes, and calls then go elsewhere
 * or nowhere without a word.
 * How: every part of the catalogue looks at the tenant by itself; what they share is made once.
 * Cost: O(users × policy types), and the automata of all patterns: about 2 s for 1,000 routes.
 *
 * A pure function; families without findings are left out.
 */
export function checkTenant(tenant: Tenant): readonly CheckedFamily[] {
  const ground = checkGround(tenant);
  return CHECK_FAMILIES.map(({ title, find }) => ({ title, findings: find(ground) })).filter(
    ({ findings }) => findings.length > 0,
  );
}
