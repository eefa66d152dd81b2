import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { RESOURCE_ACCOUNT_DEFAULTS } from "../../engine/model/user.ts";
import { NO_GLOBAL_POLICIES } from "../../engine/model/voice-routing.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";

const grants = suite("grant cmdlets");
const VOICE = "Grant-CsOnlineVoiceRoutingPolicy";
const MEETING = "Grant-CsOnlineAudioConferencingRoutingPolicy";

const TENANT: Tenant = invokeAll(
  {
    ...CONTOSO,
    resourceAccounts: [
      {
        ...RESOURCE_ACCOUNT_DEFAULTS,
        userPrincipalName: "reception@contoso.com",
        application: "AutoAttendant",
        usageLocation: "US",
      },
    ],
  },
  ["New-CsOnlineVoiceRoutingPolicy", { Identity: "London" }],
  ["New-CsOnlineVoiceRoutingPolicy", { Identity: "Paris" }],
  ["New-CsOnlineAudioConferencingRoutingPolicy", { Identity: "International Policy" }],
);

grants("a policy is granted to a user by UPN, SIP address or display name, and taken back", () => {
  for (const identity of ["MEGAN@contoso.com", "sip:megan@contoso.com", "Megan Bowen"]) {
    const given = invoke(TENANT, VOICE, { Identity: identity, PolicyName: "Tag:london" }).tenant;
    assert.is(given.users[0]?.onlineVoiceRoutingPolicy, "London");
    assert.is(given.users[0]?.onlineAudioConferencingRoutingPolicy, null);
    for (const none of [null, ""]) {
      const back = invoke(given, VOICE, { Identity: identity, PolicyName: none }).tenant;
      assert.equal(back, TENANT);
    }
  }
});

grants("a policy is granted to everyone with -Global or -Identity Global", () => {
  for (const to of [{ Global: true }, { Identity: "Global" }]) {
    const given = invoke(TENANT, MEETING, { ...to, PolicyName: "International Policy" }).tenant;
    assert.equal(given.globalPolicies, {
      ...NO_GLOBAL_POLICIES,
      onlineAudioConferencingRoutingPolicy: "International Policy",
    });
    assert.equal(invoke(given, MEETING, { ...to, PolicyName: null }).tenant, TENANT);
    assert.equal(invoke(given, MEETING, { ...to, PolicyName: "Global" }).tenant, TENANT);
  }
});

function ranks(tenant: Tenant): string {
  return tenant.groupPolicyAssignments
    .toSorted((a, b) => a.rank - b.rank)
    .map((a) => `${a.groupId}=${a.policyName}@${a.rank}`)
    .join(" ");
}

grants("group ranks: last without one, a taken one pushes down, removal closes up", () => {
  const two = invokeAll(
    TENANT,
    [VOICE, { Group: "SALES", PolicyName: "London" }],
    [VOICE, { Group: "support", PolicyName: "Paris" }],
  );
  assert.is(ranks(two), "sales=London@1 support=Paris@2");
  const third = invokeAll(two, [VOICE, { Group: "board", PolicyName: "Paris", Rank: 1 }]);
  assert.is(ranks(third), "board=Paris@1 sales=London@2 support=Paris@3");
  const far = invokeAll(two, [VOICE, { Group: "board", PolicyName: "Paris", Rank: 99 }]);
  assert.is(ranks(far), "sales=London@1 support=Paris@2 board=Paris@3");
  const again = invokeAll(third, [VOICE, { Group: "sales", PolicyName: "Paris" }]);
  assert.is(ranks(again), "board=Paris@1 sales=Paris@2 support=Paris@3");
  const moved = invokeAll(third, [VOICE, { Group: "support", PolicyName: "Paris", Rank: 1 }]);
  assert.is(ranks(moved), "support=Paris@1 board=Paris@2 sales=London@3");
  const gone = invokeAll(third, [VOICE, { Group: "board", PolicyName: null }]);
  assert.is(ranks(gone), "sales=London@1 support=Paris@2");
  assert.is(ranks(invokeAll(gone, [VOICE, { Group: "nobody", PolicyName: null }])), ranks(gone));
});

grants("the two policy types are ranked apart", () => {
  const both = invokeAll(
    TENANT,
    [VOICE, { Group: "sales", PolicyName: "London" }],
    [MEETING, { Group: "support", PolicyName: "International Policy" }],
  );
  assert.is(ranks(both), "sales=London@1 support=International Policy@1");
});

const MEGAN = { Identity: "megan@contoso.com" };
const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode, hint: RegExp])[] = [
  ["an unknown policy", { ...MEGAN, PolicyName: "Londn" }, "POLICY_NOT_USER_POLICY", /"London"/],
  [
    "a policy of the other type",
    { ...MEGAN, PolicyName: "International Policy" },
    "POLICY_NOT_USER_POLICY",
    /New-CsOnlineVoice/,
  ],
  ["Global for one user", { ...MEGAN, PolicyName: "Global" }, "POLICY_NOT_USER_POLICY", /\$null/],
  [
    "an unknown user",
    { Identity: "megn@contoso.com", PolicyName: "London" },
    "USER_NOT_FOUND",
    /"megan@/,
  ],
  ["nobody", { PolicyName: "London" }, "CMDLET_MISSING_PARAMETER", /-Identity/],
  ["no policy name", MEGAN, "CMDLET_MISSING_PARAMETER", /-PolicyName/],
  [
    "a user and a group",
    { ...MEGAN, Group: "sales", PolicyName: "London" },
    "CMDLET_CONFLICTING_PARAMETERS",
    /one of/,
  ],
  [
    "a user and everyone",
    { ...MEGAN, Global: true, PolicyName: "London" },
    "CMDLET_CONFLICTING_PARAMETERS",
    /one of/,
  ],
  [
    "a rank for a user",
    { ...MEGAN, Rank: 1, PolicyName: "London" },
    "CMDLET_CONFLICTING_PARAMETERS",
    /-Group/,
  ],
  ["rank 0", { Group: "sales", Rank: 0, PolicyName: "London" }, "CMDLET_INVALID_VALUE", /from 1/],
];

for (const [why, parameters, code, hint] of REFUSED)
  grants(`a grant of ${why} is refused`, () => {
    const result = invoke(TENANT, VOICE, parameters);
    assert.equal(codesOf(result), [code]);
    assert.match(result.problems[0]?.hint ?? "", hint);
  });

grants("an unknown policy is refused in the words of the service", () => {
  const result = invoke(TENANT, VOICE, { ...MEGAN, PolicyName: "Rome" });
  assert.is(
    result.problems[0]?.what,
    'Policy "Rome" is not a user policy. You can assign only a user policy to a specific user.',
  );
});

grants("-Global:$false is as if it were not there", () => {
  const given = invoke(TENANT, VOICE, { ...MEGAN, Global: false, PolicyName: "London" });
  assert.equal(codesOf(given), []);
  assert.is(given.tenant.users[0]?.onlineVoiceRoutingPolicy, "London");
});

grants("a resource account has a voice routing policy but organizes no meetings", () => {
  const reception = { Identity: "reception@contoso.com" };
  const given = invoke(TENANT, VOICE, { ...reception, PolicyName: "Paris" });
  assert.is(given.tenant.resourceAccounts[0]?.onlineVoiceRoutingPolicy, "Paris");
  const meeting = { ...reception, PolicyName: "International Policy" };
  assert.equal(codesOf(invoke(TENANT, MEETING, meeting)), ["CMDLET_INVALID_VALUE"]);
});

grants("a display name that two people share names neither", () => {
  const twins: Tenant = {
    ...TENANT,
    users: TENANT.users.map((user) => ({ ...user, displayName: "Megan Bowen" })),
  };
  const result = invoke(twins, VOICE, { Identity: "Megan Bowen", PolicyName: "London" });
  assert.equal(codesOf(result), ["USER_NOT_FOUND"]);
});

grants("-PassThru prints what was granted", () => {
  const shown = invoke(TENANT, VOICE, { ...MEGAN, PolicyName: "London", PassThru: true }).output;
  assert.equal(shown[0]?.properties, { Identity: "megan@contoso.com", PolicyName: "London" });
  assert.equal(invoke(TENANT, VOICE, { ...MEGAN, PolicyName: "London" }).output, []);
});

grants.run();
