import {
  effectivePolicy,
  type PolicyDirectory,
  policyDirectory,
} from "../../compile/effective-policy.ts";
import { nameKey } from "../../model/name-key.ts";
import { type Problem, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { TestCase, VoiceTestConfiguration } from "../../model/test-case.ts";

/**
 * Test cases that ask what voice test configurations asked. A configuration names a dial plan and a voice
 * policy; a case needs a caller: the first user for whom both count. ExpectedRoute, ExpectedUsage and
 * ExpectedTranslatedNumber become route, usage and number.
 *
 * @problem TEST_CASE_NO_USER nobody has these policies, so the configuration becomes no case
 */
export function casesOfConfigurations(
  tenant: Tenant,
  configurations: readonly VoiceTestConfiguration[],
): { readonly cases: readonly TestCase[]; readonly problems: readonly Problem[] } {
  const users = usersByPolicies(tenant);
  const cases: TestCase[] = [];
  const problems: Problem[] = [];
  for (const configuration of configurations) {
    const { identity, targetDialplan, targetVoicePolicy } = configuration;
    const user = users.get(pairKey(targetVoicePolicy, targetDialplan));
    if (user === undefined) {
      const what = `configuration ${identity} tries voice policy ${targetVoicePolicy} with dial plan ${targetDialplan}, which count for no user of the tenant`;
      const hint =
        "grant both to a user of the tenant, or write the case with a user of your choice";
      problems.push(problem("TEST_CASE_NO_USER", what, hint));
    } else cases.push(caseOf(configuration, user));
  }
  return { cases, problems };
}

function caseOf(configuration: VoiceTestConfiguration, user: string): TestCase {
  const { identity, dialedNumber, expectedRoute, expectedUsage, expectedTranslatedNumber } =
    configuration;
  return {
    name: identity,
    dialed: dialedNumber,
    user,
    kind: "user-call",
    site: null,
    ingressTrunk: null,
    hideCallerId: false,
    expect: {
      ...(expectedTranslatedNumber === null ? {} : { number: expectedTranslatedNumber }),
      ...(expectedRoute === null ? {} : { route: expectedRoute }),
      ...(expectedUsage === null ? {} : { usage: expectedUsage }),
    },
  };
}

/** The first user of each pair of voice policy and dial plan. */
function usersByPolicies(tenant: Tenant): ReadonlyMap<string, string> {
  const policies = policyDirectory(tenant, "OnlineVoiceRoutingPolicy");
  const plans = policyDirectory(tenant, "TenantDialPlan");
  const nameOf = (directory: PolicyDirectory, user: Tenant["users"][number]): string =>
    directory.policies[effectivePolicy(directory, user, []).index]?.identity ?? "Global";
  const users = new Map<string, string>();
  for (const user of tenant.users) {
    const key = pairKey(nameOf(policies, user), nameOf(plans, user));
    if (!users.has(key)) users.set(key, user.userPrincipalName);
  }
  return users;
}

function pairKey(policy: string, plan: string): string {
  return JSON.stringify([nameKey(policy), nameKey(plan)]);
}
