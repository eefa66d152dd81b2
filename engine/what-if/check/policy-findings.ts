import type { PolicyHolder } from "../../compile/effective-policy.ts";
import { nameKey } from "../../model/name-key.ts";
import { didYouMean } from "../../model/nearest-name.ts";
import { GLOBAL } from "../../model/policies-of-type.ts";
import { POLICY_TYPES, type PolicyTypePlace } from "../../model/policy-types.ts";
import type { RoutingPolicy } from "../../model/voice-routing.ts";
import { type CheckFinding, command, counted, fewOf, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import { listDuplicates } from "./list-duplicates.ts";

/** The two types whose instances are lists of usages. */
const ROUTING_TYPES = [
  {
    type: "OnlineVoiceRoutingPolicy",
    words: "Voice routing policy",
    list: "onlineVoiceRoutingPolicies",
  },
  {
    type: "OnlineAudioConferencingRoutingPolicy",
    words: "Audio conferencing routing policy",
    list: "onlineAudioConferencingRoutingPolicies",
  },
] as const;

/**
 * Policies that do nothing, that nobody has, or that are named and do not exist, of all types
 * (Microsoft: policy-assignment-overview, assign-policies-users-and-groups).
 *
 * @problem POLICY_EMPTY, POLICY_UNASSIGNED, POLICY_UNKNOWN, POLICY_UNKNOWN_USAGE, POLICY_NOT_FOR_GROUPS,
 * GROUP_RANK_DUPLICATE, LIST_DUPLICATE
 */
export function policyFindings(ground: CheckGround): readonly CheckFinding[] {
  return [
    ...ROUTING_TYPES.flatMap((kind) => usageListFindings(ground, kind)),
    ...POLICY_TYPES.flatMap((place) => [...unassigned(ground, place), ...unknown(ground, place)]),
    ...groupFindings(ground),
  ];
}

function usageListFindings(
  ground: CheckGround,
  { type, words, list }: (typeof ROUTING_TYPES)[number],
): readonly CheckFinding[] {
  const usages = new Set(ground.tenant.onlinePstnUsages.map(nameKey));
  return ground.tenant[list].flatMap((policy, index) => {
    const path = [list, index, "onlinePstnUsages"];
    const owner = `${words} "${policy.identity}"`;
    const dangling = policy.onlinePstnUsages.flatMap((usage, at) =>
      usages.has(nameKey(usage))
        ? []
        : [
            finding(
              "POLICY_UNKNOWN_USAGE",
              `${owner} names PSTN usage "${usage}", which does not exist`,
              didYouMean(usage, ground.tenant.onlinePstnUsages) ??
                "create the usage, or take it out of the policy",
              [...path, at],
            ),
          ],
    );
    const repeats = listDuplicates(owner, "PSTN usage", policy.onlinePstnUsages, path, (once) => [
      command(`Set-Cs${type}`, { Identity: policy.identity, OnlinePstnUsages: once }),
    ]);
    const empty = type === "OnlineVoiceRoutingPolicy" ? emptyPolicy(ground, policy, index) : [];
    return [...dangling, ...repeats, ...empty];
  });
}

/**
 * An empty voice routing policy is the right cure that keeps users of Operator Connect, Calling Plans and
 * shared calling away from gateways (Microsoft: direct-routing-voice-routing, shared-calling-plan), and
 * Global is empty in every fresh tenant. Told only where all who have it need it to lead somewhere: they
 * have Direct Routing numbers.
 */
function emptyPolicy(
  ground: CheckGround,
  policy: RoutingPolicy,
  index: number,
): readonly CheckFinding[] {
  if (policy.onlinePstnUsages.length > 0 || nameKey(policy.identity) === nameKey(GLOBAL)) return [];
  const holding = ground.holding("OnlineVoiceRoutingPolicy");
  const users = holding.usersOf[holding.policies.indexOf(policy)] ?? [];
  const inNeed = users.filter((user) => ground.numberTypeOf(user) === "DirectRouting");
  if (inNeed.length === 0 || inNeed.length < users.length) return [];
  const names = inNeed.map((user) => user.userPrincipalName);
  return [
    finding(
      "POLICY_EMPTY",
      `Voice routing policy "${policy.identity}" has no PSTN usage, and all who have it have Direct Routing numbers (${fewOf(names)}): their calls are dropped`,
      "give the policy usages, or grant another one",
      ["onlineVoiceRoutingPolicies", index, "onlinePstnUsages"],
      { users: names },
    ),
  ];
}

function unassigned(ground: CheckGround, place: PolicyTypePlace): readonly CheckFinding[] {
  const { type, words, list } = place;
  if (list === null) return [];
  const holding = ground.holding(type);
  return ground.tenant[list].flatMap(({ identity }, index) => {
    const at = holding.directory.indexByName.get(nameKey(identity)) ?? -1;
    if (holding.isAssigned(at)) return [];
    return [
      finding(
        "POLICY_UNASSIGNED",
        `The ${words} "${identity}" is assigned to nobody`,
        "grant it to somebody, or remove it",
        [list, index],
      ),
    ];
  });
}

/** Loading refuses most of these; those of built-in types, and tenants made otherwise, are met here. */
function unknown(ground: CheckGround, place: PolicyTypePlace): readonly CheckFinding[] {
  const { directory } = ground.holding(place.type);
  const isKnown = (name: string | null): boolean =>
    name === null || directory.indexByName.has(directory.keyOf(name)) || nameKey(name) === "global";
  const names = directory.policies.map((policy) => policy.identity);
  const findings: CheckFinding[] = [];
  const tell = (name: string, who: string, path: readonly (string | number)[], users: string[]) => {
    const cure = users.map((user) => command(grantOf(place), { Identity: user, PolicyName: null }));
    findings.push(
      finding(
        "POLICY_UNKNOWN",
        `${who} has the ${place.words} "${name}", which does not exist; Global counts instead`,
        didYouMean(name, names) ?? "grant one that exists, or $null",
        path,
        { users, cure },
      ),
    );
  };
  for (const list of ["users", "resourceAccounts"] as const) {
    const holders: readonly PolicyHolder[] = ground.tenant[list];
    for (const [index, holder] of holders.entries()) {
      const name = holder[place.property] ?? null;
      if (name === null || isKnown(name)) continue;
      const { userPrincipalName: upn } = holder;
      tell(name, upn, [list, index, place.property], [upn]);
    }
  }
  const global = ground.tenant.globalPolicies[place.property];
  if (global !== null && !isKnown(global)) {
    tell(global, "The whole tenant", ["globalPolicies", place.property], []);
  }
  return findings;
}

/** Documented: the noun of each Grant- cmdlet. */
function grantOf({ type }: PolicyTypePlace): string {
  return type === "OnlineDialOutPolicy" ? "Grant-CsDialoutPolicy" : `Grant-Cs${type}`;
}

function groupFindings({ tenant }: CheckGround): readonly CheckFinding[] {
  const findings: CheckFinding[] = [];
  const ranks = new Map<string, string>();
  for (const [index, grant] of tenant.groupPolicyAssignments.entries()) {
    const { groupId, policyType, policyName, rank } = grant;
    const path = ["groupPolicyAssignments", index];
    const place = POLICY_TYPES.find(({ type }) => nameKey(type) === nameKey(policyType));
    if (place?.forGroups === false) {
      const members = tenant.users.filter((user) =>
        user.groups.some((g) => nameKey(g) === nameKey(groupId)),
      );
      findings.push(
        finding(
          "POLICY_NOT_FOR_GROUPS",
          `Group "${groupId}" has the ${place.words} "${policyName}", but groups cannot have one: it counts for none of its ${counted(members.length, "member")}`,
          "grant it to each user, or to all with -Global",
          path,
          { users: members.map((user) => user.userPrincipalName) },
        ),
      );
    }
    const key = `${nameKey(policyType)} ${rank}`;
    const earlier = ranks.get(key);
    ranks.set(key, groupId);
    if (earlier === undefined) continue;
    findings.push(
      finding(
        "GROUP_RANK_DUPLICATE",
        `Groups "${earlier}" and "${groupId}" have the ${place?.words ?? policyType} with the same rank ${rank}: which counts for a member of both is not defined`,
        "give each group a rank of its own",
        [...path, "rank"],
      ),
    );
  }
  return findings;
}
