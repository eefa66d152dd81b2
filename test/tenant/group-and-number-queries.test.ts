import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";

const queries = suite("group assignment and number queries");

const TENANT = invokeAll(
  CONTOSO,
  ["New-CsOnlineVoiceRoutingPolicy", { Identity: "London" }],
  [
    "New-CsGroupPolicyAssignment",
    { GroupId: "Sales", PolicyType: "onlineVoiceRoutingPolicy", PolicyName: "london" },
  ],
  [
    "New-CsGroupPolicyAssignment",
    { GroupId: "board", PolicyType: "OnlineVoiceRoutingPolicy", PolicyName: "London", Rank: 1 },
  ],
);

queries("a group's assignment is made, shown and removed", () => {
  const shown = (parameters: Parameters): unknown =>
    invoke(TENANT, "Get-CsGroupPolicyAssignment", parameters).output.map((o) => o.properties);
  const board = {
    GroupId: "board",
    PolicyType: "OnlineVoiceRoutingPolicy",
    PolicyName: "London",
    Priority: 1,
  };
  assert.equal(shown({}), [board, { ...board, GroupId: "sales", Priority: 2 }]);
  assert.equal(shown({ GroupId: "BOARD" }), [board]);
  assert.equal(shown({ PolicyType: "OnlineAudioConferencingRoutingPolicy" }), []);
  const remove = { GroupId: "Board", PolicyType: "OnlineVoiceRoutingPolicy" };
  const removed = invoke(TENANT, "Remove-CsGroupPolicyAssignment", remove);
  assert.equal(
    removed.tenant.groupPolicyAssignments.map((a) => `${a.groupId} ${a.rank}`),
    ["sales 1"],
  );
  assert.equal(codesOf(invoke(removed.tenant, "Remove-CsGroupPolicyAssignment", remove)), [
    "CMDLET_NOT_FOUND",
  ]);
});

const SUPPORT: Parameters = {
  GroupId: "support",
  PolicyType: "OnlineVoiceRoutingPolicy",
  PolicyName: "London",
};

const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["a group that has one", { GroupId: "SALES" }, "CMDLET_ALREADY_EXISTS"],
  ["an unknown policy", { PolicyName: "Lodon" }, "POLICY_UNKNOWN"],
  ["Global", { PolicyName: "Global" }, "POLICY_UNKNOWN"],
  ["no real kind of policy", { PolicyType: "TeamsMeetngPolicy" }, "CMDLET_INVALID_VALUE"],
  ["rank 0", { Rank: 0 }, "CMDLET_INVALID_VALUE"],
  ["no group", { GroupId: null }, "CMDLET_MISSING_PARAMETER"],
  ["no type", { PolicyType: null }, "CMDLET_MISSING_PARAMETER"],
  ["no policy", { PolicyName: null }, "CMDLET_MISSING_PARAMETER"],
];

for (const [why, change, code] of REFUSED)
  queries(`a group assignment with ${why} is refused`, () => {
    const result = invoke(TENANT, "New-CsGroupPolicyAssignment", { ...SUPPORT, ...change });
    assert.equal(codesOf(result), [code]);
    assert.equal(codesOf(invoke(TENANT, "New-CsGroupPolicyAssignment", SUPPORT)), []);
  });

queries("numbers are filtered by what is given, and counted from -Skip up to -Top", () => {
  const tenant = invokeAll(TENANT, [
    "Set-CsOnlineVoiceUser",
    { Identity: "megan@contoso.com", TelephoneNumber: "+14255550101" },
  ]);
  const shown = (parameters: Parameters): unknown =>
    invoke(tenant, "Get-CsPhoneNumberAssignment", parameters).output.map((o) =>
      String(o.properties["TelephoneNumber"]).slice(-3),
    );
  assert.equal(shown({}), ["100", "199", "198", "101"]);
  assert.equal(shown({ TelephoneNumber: "tel:14255550101" }), ["101"]);
  assert.equal(shown({ TelephoneNumberStartsWith: "+142555501" }), ["100", "199", "198", "101"]);
  assert.equal(shown({ TelephoneNumberStartsWith: "4255" }), []);
  assert.equal(shown({ TelephoneNumberContain: "019" }), ["199", "198"]);
  assert.equal(shown({ TelephoneNumberGreaterThan: "+14255550101" }), ["199", "198"]);
  assert.equal(shown({ TelephoneNumberLessThan: "tel:14255550101" }), ["100"]);
  assert.equal(
    shown({ TelephoneNumberGreaterThan: "14255550100", TelephoneNumberLessThan: "+14255550199" }),
    ["198", "101"],
  );
  assert.equal(shown({ NumberType: "callingplan" }), ["100"]);
  assert.equal(shown({ CapabilitiesContain: "UserAssignment" }), ["101"]);
  assert.equal(shown({ PstnAssignmentStatus: "Unassigned" }), ["198"]);
  assert.equal(shown({ AssignedPstnTargetId: "megan@contoso.com" }), ["101"]);
  assert.equal(shown({ IsoCountryCode: "GB" }), []);
  assert.equal(shown({ Skip: 1, Top: 2 }), ["199", "198"]);
  const codes = (parameters: Parameters): unknown =>
    codesOf(invoke(tenant, "Get-CsPhoneNumberAssignment", parameters));
  assert.equal(codes({ Top: 1001 }), ["CMDLET_INVALID_VALUE"]);
  assert.equal(codes({ Skip: -1 }), ["CMDLET_INVALID_VALUE"]);
  assert.equal(codes({ AssignedPstnTargetId: "x@contoso.com" }), ["USER_NOT_FOUND"]);
});

queries("a removed number is blocked for 1 to 365 days or for ever, not both", () => {
  const blocked = (given: Parameters): unknown =>
    codesOf(
      invoke(TENANT, "Remove-CsPhoneNumberAssignment", {
        Identity: "megan@contoso.com",
        RemoveAll: true,
        ...given,
      }),
    ).filter((code) => code !== "CMDLET_VALUE_NOT_KEPT");
  for (const days of [1, 365]) assert.equal(blocked({ AssignmentBlockedDays: days }), []);
  for (const days of [0, 366])
    assert.equal(blocked({ AssignmentBlockedDays: days }), ["CMDLET_INVALID_VALUE"]);
  assert.equal(blocked({ AssignmentBlockedForever: true }), []);
  assert.equal(blocked({ AssignmentBlockedForever: true, AssignmentBlockedDays: 2 }), [
    "CMDLET_CONFLICTING_PARAMETERS",
  ]);
});

queries.run();
