import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import { effectivePolicyDifferences } from "./effective-policies.ts";

/**
 * Users for whom Teams said another policy counts than what the tenant holds makes count.
 *
 * @problem EFFECTIVE_POLICY_DIFFERS
 */
export function effectivePolicyFindings({ tenant }: CheckGround): readonly CheckFinding[] {
  return effectivePolicyDifferences(tenant).map(({ userPrincipalName, path, what, hint }) =>
    finding("EFFECTIVE_POLICY_DIFFERS", what, hint, path, { users: [userPrincipalName] }),
  );
}
