import { suite } from "uvu";
import * as assert from "uvu/assert";
import { POLICY_TYPES } from "../../../engine/model/policy-types.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import {
  type EffectivePolicyAssignment,
  USER_DEFAULTS,
  type User,
} from "../../../engine/model/user.ts";
import { effectivePolicyDifferences } from "../../../engine/what-if/check/effective-policies.ts";

const agreement = suite("effective policies of an export");

const DIRECT = { assignmentType: "Direct", groupId: null } as const;
const voice = "OnlineVoiceRoutingPolicy";

function tenantWith(user: Partial<User>, exported: readonly EffectivePolicyAssignment[]): Tenant {
  const policy = (identity: string) => ({ identity, onlinePstnUsages: [], description: null });
  return {
    ...EMPTY_TENANT,
    users: [
      {
        ...USER_DEFAULTS,
        userPrincipalName: "megan@contoso.com",
        ...user,
        effectivePolicyAssignments: exported,
      },
    ],
    onlineVoiceRoutingPolicies: ["Global", "X", "Y", "Z"].map(policy),
    groupPolicyAssignments: [
      { groupId: "G1", policyType: voice, policyName: "Y", rank: 2 },
      { groupId: "G2", policyType: voice, policyName: "Z", rank: 1 },
    ],
  };
}

agreement("what Teams said and what we find are the same: nothing is told", () => {
  const cases: [Partial<User>, EffectivePolicyAssignment][] = [
    [{ onlineVoiceRoutingPolicy: "x" }, { policyType: voice, policyName: "X", ...DIRECT }],
    [
      { groups: ["g1", "g2"] },
      { policyType: voice, policyName: "Z", assignmentType: "Group", groupId: "G2" },
    ],
    [
      { groups: ["G1"] },
      { policyType: voice, policyName: "Y", assignmentType: "Group", groupId: null },
    ],
    [
      { onlineDialOutPolicy: "DialoutCPCandPSTNDisabled" },
      { policyType: "OnlineDialOutPolicy", policyName: "Tag:DialoutCPCandPSTNDisabled", ...DIRECT },
    ],
    [{}, { policyType: "TeamsMeetingPolicy", policyName: "AllOn", ...DIRECT }],
  ];
  for (const [user, exported] of cases) {
    assert.equal(effectivePolicyDifferences(tenantWith(user, [exported])), [], exported.policyName);
  }
});

agreement("another policy, another way and another group are told, with the place", () => {
  const z = { policyType: voice, policyName: "Z" } as const;
  const cases: [Partial<User>, EffectivePolicyAssignment, RegExp][] = [
    [{}, { ...z, ...DIRECT }, /it is "Global" \(which counts for everybody\)$/],
    [
      { groups: ["G1"] },
      { ...z, assignmentType: "Group", groupId: "G2" },
      /said that "Z" \(granted to group "G2"\) .* it is "Y" \(granted to group "G1"\)$/,
    ],
    [
      { onlineVoiceRoutingPolicy: "Z" },
      { ...z, assignmentType: "Group", groupId: "G2" },
      /it is "Z" \(granted directly\)$/,
    ],
    [{ groups: ["G2"] }, { ...z, ...DIRECT }, /it is "Z" \(granted to group "G2"\)$/],
    [
      { groups: ["G2"] },
      { ...z, assignmentType: "Group", groupId: "G1" },
      /"Z" \(granted to group "G1"\) is the/,
    ],
  ];
  for (const [user, exported, what] of cases) {
    const [found, ...others] = effectivePolicyDifferences(tenantWith(user, [exported]));
    assert.equal(others, []);
    assert.match(found?.what ?? "", what);
    assert.equal(found?.path, ["users", 0, "effectivePolicyAssignments", 0]);
    assert.is(found?.userPrincipalName, "megan@contoso.com");
    assert.ok((found?.hint ?? "").length > 0);
  }
});

agreement("every policy type is compared", () => {
  for (const { type, property } of POLICY_TYPES) {
    const exported = { policyType: type, policyName: "Gone", ...DIRECT };
    assert.is(
      effectivePolicyDifferences(tenantWith({ [property]: null }, [exported])).length,
      1,
      type,
    );
  }
});

agreement("a type of which the export says nothing is not compared", () => {
  assert.equal(effectivePolicyDifferences(tenantWith({ onlineVoiceRoutingPolicy: "X" }, [])), []);
});

agreement.run();
