import { hasCallingPlan } from "../../compile/caller-entitlement.ts";
import { homeCountry } from "../../compile/calling-restriction.ts";
import type { NodePath } from "../../import/tenant-file/source-document.ts";
import {
  emergencyDialMasks,
  emergencyNumbersOf,
  emergencyStrings,
} from "../../model/emergency-numbers.ts";
import { nameKey } from "../../model/name-key.ts";
import type { TeamsEmergencyCallRoutingPolicy } from "../../model/number-rules.ts";
import { policiesOfType } from "../../model/policies-of-type.ts";
import type { User } from "../../model/user.ts";
import { runDfa } from "../../pattern/dfa.ts";
import { type CheckFinding, counted, fewOf, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Emergency calls that would go nowhere (Microsoft: manage-emergency-call-routing-policies,
 * New-CsTeamsEmergencyNumber).
 *
 * @problem EMERGENCY_NO_ROUTE, EMERGENCY_NO_USAGE, EMERGENCY_MASK_DUP, EMERGENCY_NOT_REACHABLE
 */
export function emergencyFindings(ground: CheckGround): readonly CheckFinding[] {
  const { tenant } = ground;
  const ofPolicies = tenant.teamsEmergencyCallRoutingPolicies.flatMap((policy, index) => [
    ...routesOf(ground, policy, index),
    ...repeatedStrings(policy, index),
  ]);
  return [...ofPolicies, ...unreachable(ground)];
}

function routesOf(
  ground: CheckGround,
  policy: TeamsEmergencyCallRoutingPolicy,
  index: number,
): readonly CheckFinding[] {
  return policy.emergencyNumbers.flatMap(({ emergencyDialString, onlinePstnUsage }, at) => {
    const path = ["teamsEmergencyCallRoutingPolicies", index, "emergencyNumbers", at];
    const owner = `Emergency call routing policy "${policy.identity}"`;
    if (onlinePstnUsage === null) {
      return [
        finding(
          "EMERGENCY_NO_USAGE",
          `${owner} has no PSTN usage for ${emergencyDialString}: it changes where no such call goes`,
          "give the entry the usage of a voice route that matches the number",
          path,
        ),
      ];
    }
    const routes = ground.routesByUsage.get(nameKey(onlinePstnUsage)) ?? [];
    if (routes.some(({ numberPattern }) => matches(ground, numberPattern, emergencyDialString))) {
      return [];
    }
    const consequence = ground.tenant.options.emergencyFallsThrough
      ? "only the caller's voice routing policy is left for these emergency calls"
      : "these emergency calls are blocked";
    const what = `${owner}: PSTN usage "${onlinePstnUsage}" has no voice route that matches ${emergencyDialString}, so that ${consequence}`;
    const hint = `give the usage a voice route that matches ${emergencyDialString}`;
    return [finding("EMERGENCY_NO_ROUTE", what, hint, [...path, "onlinePstnUsage"])];
  });
}

function matches(ground: CheckGround, pattern: string, number: string): boolean {
  const compiled = ground.patternOf(pattern);
  return compiled.ok && runDfa(compiled.dfa, number) !== 0;
}

/** Dial strings are unique in a policy, masks too, and no mask is another's string (documented). */
function repeatedStrings(
  policy: TeamsEmergencyCallRoutingPolicy,
  index: number,
): readonly CheckFinding[] {
  const findings: CheckFinding[] = [];
  const meaning = new Map<string, string>();
  const owner = `Emergency call routing policy "${policy.identity}"`;
  const claim = (written: string, dialString: string, path: NodePath): void => {
    const earlier = meaning.get(written);
    meaning.set(written, dialString);
    if (earlier === undefined) return;
    const what = `${owner}: ${written} stands for ${earlier} and again for ${dialString}`;
    findings.push(finding("EMERGENCY_MASK_DUP", what, "keep it in one place", path));
  };
  for (const [at, { emergencyDialString }] of policy.emergencyNumbers.entries()) {
    const path = ["teamsEmergencyCallRoutingPolicies", index, "emergencyNumbers", at];
    claim(emergencyDialString, emergencyDialString, [...path, "emergencyDialString"]);
  }
  for (const [
    at,
    { emergencyDialString, emergencyDialMask },
  ] of policy.emergencyNumbers.entries()) {
    const path = ["teamsEmergencyCallRoutingPolicies", index, "emergencyNumbers", at];
    for (const mask of emergencyDialMasks(emergencyDialMask)) {
      if (!/^\d{1,10}$/.test(mask)) {
        const what = `${owner}: the mask ${mask} of ${emergencyDialString} is not one to ten digits`;
        const hint = "write masks of digits, separated by ;";
        findings.push(finding("EMERGENCY_MASK_DUP", what, hint, [...path, "emergencyDialMask"]));
      } else claim(mask, emergencyDialString, [...path, "emergencyDialMask"]);
    }
  }
  return findings;
}

/**
 * Users with Direct Routing numbers for whom the main emergency number of their country matches nothing:
 * neither an emergency policy of theirs or of any site, nor a voice route of their policy. With a calling
 * plan licence Microsoft takes what no route does.
 */
function unreachable(ground: CheckGround): readonly CheckFinding[] {
  const groups = new Map<string, { readonly number: string; readonly users: User[] }>();
  for (const user of ground.tenant.users) {
    const [number] = emergencyNumbersOf(homeCountry(user, ground.tenant));
    if (number === undefined || ground.numberTypeOf(user) !== "DirectRouting") continue;
    if (hasCallingPlan(user)) continue;
    const voice = ground.holding("OnlineVoiceRoutingPolicy").of(user).index;
    const emergency = ground.holding("TeamsEmergencyCallRoutingPolicy").of(user).index;
    const key = `${number} ${voice} ${emergency}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { number, users: [user] });
    else group.users.push(user);
  }
  return [...groups.values()].flatMap(({ number, users }) => {
    const [user] = users;
    if (user === undefined || isReachable(ground, user, number)) return [];
    const names = users.map((one) => one.userPrincipalName);
    const voice = ground.holding("OnlineVoiceRoutingPolicy");
    const policy = voice.policies[voice.of(user).index]?.identity ?? "";
    return [
      finding(
        "EMERGENCY_NOT_REACHABLE",
        `${number} called by ${counted(names.length, "user")} with Direct Routing numbers (${fewOf(names)}) matches no voice route of policy "${policy}" and no emergency call routing policy of theirs`,
        `give that policy a usage with a voice route for ^\\+?${number}$, or grant an emergency call routing policy`,
        ["users", ground.tenant.users.indexOf(user)],
        { users: names },
      ),
    ];
  });
}

function isReachable(ground: CheckGround, user: User, number: string): boolean {
  const holding = ground.holding("TeamsEmergencyCallRoutingPolicy");
  const own = holding.policies[holding.of(user).index];
  const sitePolicies = new Set(
    ground.tenant.networkSites.map((site) => nameKey(site.teamsEmergencyCallRoutingPolicy ?? "")),
  );
  const ofSites = policiesOfType(ground.tenant, "TeamsEmergencyCallRoutingPolicy").filter(
    ({ identity }) => sitePolicies.has(nameKey(identity)),
  );
  const answers = [...(own === undefined ? [] : [own]), ...ofSites].some((policy) =>
    policy.emergencyNumbers.some(({ emergencyDialString, emergencyDialMask }) =>
      emergencyStrings(emergencyDialString, emergencyDialMask).includes(number),
    ),
  );
  if (answers) return true;
  const voice = ground.holding("OnlineVoiceRoutingPolicy");
  const usages = voice.policies[voice.of(user).index]?.onlinePstnUsages ?? [];
  return usages.some((usage) =>
    (ground.routesByUsage.get(nameKey(usage)) ?? []).some(
      ({ numberPattern }) =>
        matches(ground, numberPattern, number) || matches(ground, numberPattern, `+${number}`),
    ),
  );
}
