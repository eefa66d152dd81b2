import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  effectivePolicy,
  type PolicyHolder,
  policyDirectory,
} from "../../engine/compile/effective-policy.ts";
import { FRESH_GLOBAL, policiesOfType } from "../../engine/model/policies-of-type.ts";
import { POLICY_TYPES, type PolicyTypePlace } from "../../engine/model/policy-types.ts";
import type { Problem } from "../../engine/model/problem.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { NO_GLOBAL_POLICIES } from "../../engine/model/voice-routing.ts";
import { invoke, person } from "../tenant/invoke.ts";

const precedence = suite("effective policy");

/** Names of three instances beside Global; those of outbound calling restrictions are built in. */
function namesOf({ type, list }: PolicyTypePlace): readonly [string, string, string] {
  if (list !== null) return ["X", "Y", "Z"];
  const built = policiesOfType(EMPTY_TENANT, type).filter((p) => p.identity !== "Global");
  const [x, y, z] = built.map((policy) => policy.identity);
  if (x === undefined || y === undefined || z === undefined) throw new Error("too few built in");
  return [x, y, z];
}

/** Group G1 has Y by rank 2, G2 has Z by rank 1. */
function tenantOf(place: PolicyTypePlace): Tenant {
  const { type: policyType, list } = place;
  const [, y, z] = namesOf(place);
  const instances = ["Global", ...namesOf(place)].map((identity) => ({
    ...FRESH_GLOBAL[policyType],
    identity,
  }));
  return {
    ...EMPTY_TENANT,
    ...(list === null ? {} : { [list]: instances }),
    groupPolicyAssignments: [
      { groupId: "G1", policyType, policyName: y, rank: 2 },
      { groupId: "G2", policyType, policyName: z, rank: 1 },
    ],
  };
}

function found(place: PolicyTypePlace, tenant: Tenant, holder: Partial<PolicyHolder>): unknown {
  const problems: Problem[] = [];
  const directory = policyDirectory(tenant, place.type);
  const who = { userPrincipalName: "megan@contoso.com", ...holder };
  const { index, policySource, group } = effectivePolicy(directory, who, problems);
  const codes = [...directory.problems, ...problems].map((one) => one.code);
  return [directory.policies[index]?.identity, policySource, group, codes];
}

for (const place of POLICY_TYPES) {
  const tenant = tenantOf(place);
  const [x, y, z] = namesOf(place);
  const { property, forGroups } = place;

  precedence(`${place.type}: direct, else the group of smallest rank, else Global`, () => {
    const groups = ["G1", "G2"];
    assert.equal(found(place, tenant, { [property]: x, groups }), [x, "direct", null, []]);
    const byGroup = found(place, tenant, { [property]: null, groups });
    const everybody = ["Global", "global", null, []];
    assert.equal(byGroup, forGroups ? [z, "group", "G2", []] : everybody);
    const inOne = found(place, tenant, { groups: ["g1"] });
    assert.equal(inOne, forGroups ? [y, "group", "G1", []] : everybody);
    assert.equal(found(place, tenant, { groups: [] }), everybody);
    // A group inside G2 is not G2: only direct membership is known, and counts.
    assert.equal(found(place, tenant, { groups: ["inside-g2"] }), everybody);
  });

  precedence(`${place.type}: what Grant -Global set stands behind direct and group`, () => {
    const globalPolicies = { ...NO_GLOBAL_POLICIES, [property]: y };
    const pointed = { ...tenant, globalPolicies };
    assert.equal(found(place, pointed, {}), [y, "global", null, []]);
    assert.equal(found(place, pointed, { [property]: x }), [x, "direct", null, []]);
    const byGroup = found(place, pointed, { groups: ["G2"] });
    assert.equal(byGroup, forGroups ? [z, "group", "G2", []] : [y, "global", null, []]);
    assert.equal(found(place, pointed, { [property]: "Global" }), ["Global", "direct", null, []]);
  });

  precedence(`${place.type}: a policy that does not exist counts as Global, and is told`, () => {
    const gone = ["Global", "global", null, ["POLICY_UNKNOWN"]];
    assert.equal(found(place, tenant, { [property]: "Gone" }), gone);
    const globalPolicies = { ...NO_GLOBAL_POLICIES, [property]: "Gone" };
    assert.equal(found(place, { ...tenant, globalPolicies }, {}), gone);
    if (!forGroups) return;
    const assignment = { groupId: "G3", policyType: place.type, policyName: "Gone", rank: 1 };
    const dangling = { ...tenant, groupPolicyAssignments: [assignment] };
    assert.equal(found(place, dangling, { groups: ["G3"] }), gone);
  });
}

precedence("driven by cmdlets: X; after $null Z; out of G2 Y; out of both Global", () => {
  const [place] = POLICY_TYPES;
  if (place === undefined) throw new Error("no policy types");
  const Identity = "megan@contoso.com";
  const GRANT = "Grant-CsOnlineVoiceRoutingPolicy";
  const NEW = "New-CsGroupPolicyAssignment";
  const PolicyType = "OnlineVoiceRoutingPolicy";
  let tenant: Tenant = {
    ...tenantOf(place),
    groupPolicyAssignments: [],
    users: [person(Identity, { groups: ["G1", "G2"] })],
  };
  const run = (cmdlet: string, parameters: Parameters<typeof invoke>[2]): void => {
    const result = invoke(tenant, cmdlet, parameters);
    assert.equal(result.problems, [], cmdlet);
    tenant = result.tenant;
  };
  const counts = (groups: readonly string[]): unknown =>
    found(place, tenant, { ...tenant.users[0], groups });
  run(GRANT, { Identity, PolicyName: "X" });
  run(NEW, { GroupId: "G1", PolicyType, PolicyName: "Y", Rank: 1 });
  run(NEW, { GroupId: "G2", PolicyType, PolicyName: "Z", Rank: 1 });
  assert.equal(
    tenant.groupPolicyAssignments.map(({ groupId, rank }) => [groupId, rank]).sort(),
    [
      ["G1", 2],
      ["G2", 1],
    ],
    "an equal rank pushes the other one down",
  );
  assert.equal(counts(["G1", "G2"]), ["X", "direct", null, []]);
  run(GRANT, { Identity, PolicyName: null });
  assert.equal(counts(["G1", "G2"]), ["Z", "group", "G2", []]);
  assert.equal(counts(["G1"]), ["Y", "group", "G1", []]);
  assert.equal(counts([]), ["Global", "global", null, []]);
});

precedence.run();
