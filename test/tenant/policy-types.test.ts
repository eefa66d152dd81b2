import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { EffectivePolicyAssignment } from "../../engine/model/user.ts";
import { POLICY_PLACES } from "../../engine/tenant/policy-place.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";

const types = suite("cmdlets of every policy type");
const MEGAN = "megan@contoso.com";
const DIAL_OUT = "DialoutCPCandPSTNDomestic";

for (const { type, noun, property, list, forGroups } of POLICY_PLACES) {
  const name = list === null ? DIAL_OUT : "X";
  const before = list === null ? CONTOSO : invokeAll(CONTOSO, [`New-${noun}`, { Identity: "X" }]);

  types(`${type}: granted to a user and everyone, taken back by $null`, () => {
    const grant = `Grant-${noun}`;
    const given = invokeAll(before, [grant, { Identity: MEGAN, PolicyName: `tag:${name}` }]);
    assert.is(given.users[0]?.[property], name);
    assert.equal(invokeAll(given, [grant, { Identity: MEGAN, PolicyName: null }]), before);
    const all = invokeAll(before, [grant, { Global: true, PolicyName: name.toUpperCase() }]);
    assert.is(all.globalPolicies[property], name);
    assert.equal(invokeAll(all, [grant, { Global: true, PolicyName: null }]), before);
    const wrong = invoke(before, grant, { Identity: MEGAN, PolicyName: "Nowhere" });
    assert.equal(codesOf(wrong), ["POLICY_NOT_USER_POLICY"]);
  });

  types(`${type}: groups ${forGroups ? "can" : "cannot"} have it`, () => {
    const group: Parameters = { GroupId: "sales", PolicyType: type, PolicyName: name };
    const assigned = invoke(before, "New-CsGroupPolicyAssignment", group);
    const granted = invoke(before, `Grant-${noun}`, { Group: "sales", PolicyName: name });
    if (!forGroups) {
      assert.equal(codesOf(assigned), ["CMDLET_INVALID_VALUE"]);
      assert.equal(codesOf(granted), ["CMDLET_UNKNOWN_PARAMETER"]);
      return;
    }
    assert.equal(assigned.tenant, granted.tenant);
    assert.equal(assigned.tenant.groupPolicyAssignments, [
      { groupId: "sales", policyType: type, policyName: name, rank: 1 },
    ]);
    const removed = invoke(assigned.tenant, "Remove-CsGroupPolicyAssignment", group);
    assert.equal(codesOf(removed), ["CMDLET_UNKNOWN_PARAMETER"]);
    const { PolicyName: _, ...target } = group;
    assert.equal(invokeAll(assigned.tenant, ["Remove-CsGroupPolicyAssignment", target]), before);
  });

  if (list === null) continue;
  types(`${type}: removal is refused while someone has it, and then tells who`, () => {
    const remove = `Remove-${noun}`;
    const held = invokeAll(
      before,
      [`Grant-${noun}`, { Identity: MEGAN, PolicyName: "X" }],
      [`Grant-${noun}`, { Group: "support", PolicyName: "X" }],
      [`Grant-${noun}`, { Global: true, PolicyName: "X" }],
    );
    const refused = invoke(held, remove, { Identity: "X" });
    assert.equal(codesOf(refused), ["POLICY_ASSIGNED"]);
    for (const holder of [MEGAN, "group support", "everyone"])
      assert.match(refused.problems[0]?.what ?? "", holder);
    const options = { ...held.options, removeAssignedPolicies: true };
    const removed = invokeAll({ ...held, options }, [remove, { Identity: "tag:x" }]);
    assert.equal({ ...removed, options: CONTOSO.options }, { ...CONTOSO });
  });
}

types("the built-in restrictions are listed, with and without their prefix", () => {
  const all = invoke(CONTOSO, "Get-CsOnlineDialOutPolicy").output;
  assert.is(all.length, 13);
  const [one] = invoke(CONTOSO, "Get-CsOnlineDialOutPolicy", {
    Identity: "CPCZoneAPSTNDomestic",
  }).output;
  assert.equal(one?.properties, {
    Identity: "Tag:DialoutCPCZoneAPSTNDomestic",
    AllowPSTNConferencingDialOutType: "zone-a",
    AllowPSTNOutboundCallingType: "domestic",
  });
  const short = invokeAll(CONTOSO, [
    "Grant-CsDialoutPolicy",
    { Identity: MEGAN, PolicyName: "CPCandPSTNDomestic" },
  ]);
  assert.is(short.users[0]?.onlineDialOutPolicy, DIAL_OUT);
});

const TWO_PLANS: Tenant = invokeAll(
  CONTOSO,
  ["New-CsTenantDialPlan", { Identity: "A" }],
  ["New-CsTenantDialPlan", { Identity: "B" }],
  ["Grant-CsTenantDialPlan", { Group: "sales", PolicyName: "A" }],
  ["Grant-CsTenantDialPlan", { Group: "support", PolicyName: "B", Rank: 1 }],
);

types("Get-CsUserPolicyAssignment tells the policy that counts and where it is from", () => {
  const tenant = invokeAll(TWO_PLANS, [
    "Grant-CsTenantDialPlan",
    { Identity: "alex@contoso.com", PolicyName: "A" },
  ]);
  const [shown, ...others] = invoke(tenant, "Get-CsUserPolicyAssignment", {
    Identity: "alex@contoso.com",
    PolicyType: "tenantdialplan",
  }).output;
  assert.equal(others, []);
  const source = (type: string, name: string, group: string | null): object => ({
    kind: "object",
    properties: { AssignmentType: type, PolicyName: name, Reference: group },
  });
  assert.equal(shown?.properties, {
    PolicyType: "TenantDialPlan",
    PolicyName: "A",
    PolicySource: [
      source("Direct", "A", null),
      source("Group", "B", "support"),
      source("Group", "A", "sales"),
    ],
  });
  const byGroup = invoke(TWO_PLANS, "Get-CsUserPolicyAssignment", { Identity: "alex@contoso.com" });
  assert.is(byGroup.output[0]?.properties["PolicyName"], "B");
  assert.equal(invoke(CONTOSO, "Get-CsUserPolicyAssignment", { Identity: MEGAN }).output, []);
  const [online] = invoke(TWO_PLANS, "Get-CsOnlineUser", { Identity: MEGAN }).output;
  assert.equal(online?.properties["EffectivePolicyAssignments"], [
    {
      kind: "object",
      properties: {
        PolicyType: "TenantDialPlan",
        PolicyName: "A",
        AssignmentType: "Group",
        GroupId: "sales",
      },
    },
  ]);
});

const EXPORTED: EffectivePolicyAssignment = {
  policyType: "TenantDialPlan",
  policyName: "B",
  assignmentType: "Group",
  groupId: "support",
};
const OTHER: EffectivePolicyAssignment = { ...EXPORTED, policyType: "CallingLineIdentity" };

/** The same with what an export said of Alex. */
const AS_EXPORTED: Tenant = {
  ...TWO_PLANS,
  users: TWO_PLANS.users.map((user) =>
    user.userPrincipalName === "alex@contoso.com"
      ? { ...user, effectivePolicyAssignments: [EXPORTED, OTHER] }
      : user,
  ),
};

const CHANGES: readonly (readonly [why: string, string, Parameters, keeps: boolean])[] = [
  [
    "a policy of her own",
    "Grant-CsTenantDialPlan",
    { Identity: "alex@contoso.com", PolicyName: "A" },
    false,
  ],
  ["a better rank", "Grant-CsTenantDialPlan", { Group: "sales", PolicyName: "A", Rank: 1 }, false],
  [
    "the group's policy gone",
    "Remove-CsGroupPolicyAssignment",
    { GroupId: "support", PolicyType: "TenantDialPlan" },
    false,
  ],
  [
    "a policy of someone else",
    "Grant-CsTenantDialPlan",
    { Identity: MEGAN, PolicyName: "B" },
    true,
  ],
  ["a worse rank taken away", "Grant-CsTenantDialPlan", { Group: "sales", PolicyName: null }, true],
  [
    "a policy of another type",
    "Grant-CsDialoutPolicy",
    { Identity: "alex@contoso.com", PolicyName: DIAL_OUT },
    true,
  ],
];
for (const [why, cmdlet, parameters, keeps] of CHANGES)
  types(`what an export said is ${keeps ? "kept" : "forgotten"} after ${why}`, () => {
    const after = invokeAll(AS_EXPORTED, [cmdlet, parameters]);
    const kept = after.users[1]?.effectivePolicyAssignments;
    assert.equal(kept, keeps ? [EXPORTED, OTHER] : [OTHER]);
  });

const NO_TARGET: readonly (readonly [string, Parameters, ProblemCode])[] = [
  ["Grant-CsDialoutPolicy", { PolicyName: DIAL_OUT }, "CMDLET_MISSING_PARAMETER"],
  ["Get-CsUserPolicyAssignment", {}, "CMDLET_MISSING_PARAMETER"],
  ["Get-CsUserPolicyAssignment", { Identity: "nobody@contoso.com" }, "USER_NOT_FOUND"],
  ["Get-CsOnlineDialOutPolicy", { Identity: "CPCandPSTNDomestik" }, "CMDLET_NOT_FOUND"],
];
for (const [cmdlet, given, code] of NO_TARGET)
  types(`${cmdlet} ${JSON.stringify(given)} is refused`, () => {
    assert.equal(codesOf(invoke(CONTOSO, cmdlet, given)), [code]);
  });

types.run();
