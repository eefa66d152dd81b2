import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO, codesOf, invoke, invokeAll, table } from "./invoke.ts";

const policies = suite("routing policy cmdlets");

const KINDS = [
  ["CsOnlineVoiceRoutingPolicy", "onlineVoiceRoutingPolicies", "onlineVoiceRoutingPolicy"],
  [
    "CsOnlineAudioConferencingRoutingPolicy",
    "onlineAudioConferencingRoutingPolicies",
    "onlineAudioConferencingRoutingPolicy",
  ],
] as const;

for (const [noun, list, assigned] of KINDS) {
  const made = invokeAll(CONTOSO, [
    `New-${noun}`,
    { Identity: "Tag:London", OnlinePstnUsages: ["International", "uk"], Description: "x" },
  ]);

  policies(`New-${noun} keeps the order of the usages and drops the tag`, () => {
    assert.equal(made[list], [
      { identity: "Global", onlinePstnUsages: [], description: null },
      { identity: "London", onlinePstnUsages: ["International", "UK"], description: "x" },
    ]);
  });

  policies(`New-${noun} refuses what is there, what has no name and unknown usages`, () => {
    const codes = (parameters: Parameters<typeof invoke>[2]): readonly string[] =>
      codesOf(invoke(made, `New-${noun}`, parameters));
    assert.equal(codes({ Identity: "LONDON" }), ["CMDLET_ALREADY_EXISTS"]);
    assert.equal(codes({ Identity: "Global" }), ["CMDLET_ALREADY_EXISTS"]);
    assert.equal(codes({}), ["CMDLET_MISSING_PARAMETER"]);
    assert.equal(codes({ Identity: "Paris", OnlinePstnUsages: "U" }), ["POLICY_UNKNOWN_USAGE"]);
    assert.equal(codes({ Identity: "Paris", OnlinePstnUsages: null }), []);
    assert.equal(codes({ Identity: "Paris", RouteType: "BYOT" }), ["CMDLET_VALUE_NOT_KEPT"]);
  });

  policies(`Set-${noun} without an identity means Global, also when no file lists it`, () => {
    const set = invoke(made, `Set-${noun}`, { OnlinePstnUsages: table({ Add: "UK" }) });
    assert.equal(set.tenant[list][0], {
      identity: "Global",
      onlinePstnUsages: ["UK"],
      description: null,
    });
    const bare = { ...CONTOSO, [list]: [] };
    const fresh = invoke(bare, `Set-${noun}`, { OnlinePstnUsages: "UK" }).tenant[list];
    assert.equal(fresh, [{ identity: "Global", onlinePstnUsages: ["UK"], description: null }]);
  });

  policies(`Set-${noun} changes one policy, by name or tag`, () => {
    const set = invoke(made, `Set-${noun}`, {
      Identity: "tag:london",
      OnlinePstnUsages: table({ Remove: ["UK", "Local"] }),
    });
    assert.equal(codesOf(set), ["USAGE_NOT_PRESENT"]);
    assert.equal(set.tenant[list][1], {
      identity: "London",
      onlinePstnUsages: ["International"],
      description: "x",
    });
    const unknown = invoke(made, `Set-${noun}`, { Identity: "Londn" });
    assert.equal(codesOf(unknown), ["CMDLET_NOT_FOUND"]);
    assert.is(unknown.problems[0]?.hint, 'did you mean "London"?');
  });

  policies(`Set-${noun} with an identity that holds nothing does not mean Global`, () => {
    for (const Identity of [null, "", "Tag:"]) {
      const set = invoke(made, `Set-${noun}`, { Identity, Description: "y" });
      assert.equal(codesOf(set), ["CMDLET_MISSING_PARAMETER"], String(Identity));
      assert.is(set.tenant, made);
    }
  });

  policies(`Get-${noun} prints Global or Tag:name, by name or wildcard`, () => {
    const shown = (parameters: Parameters<typeof invoke>[2]): unknown =>
      invoke(made, `Get-${noun}`, parameters).output.map((o) => o.properties["Identity"]);
    assert.equal(shown({}), ["Global", "Tag:London"]);
    assert.equal(shown({ Filter: "tag:*" }), ["Tag:London"]);
    assert.equal(shown({ Identity: 'tag:"London"' }), ["Tag:London"]);
    assert.equal(shown({ Identity: "global" }), ["Global"]);
    assert.equal(codesOf(invoke(made, `Get-${noun}`, { Identity: "Rome" })), ["CMDLET_NOT_FOUND"]);
    const [object] = invoke(made, `Get-${noun}`, { Identity: "London" }).output;
    assert.equal(object?.properties["OnlinePstnUsages"], ["International", "UK"]);
  });

  policies(`Remove-${noun} removes a policy, resets Global, and refuses an unknown one`, () => {
    const filled = invokeAll(made, [`Set-${noun}`, { OnlinePstnUsages: "UK" }]);
    const reset = invoke(filled, `Remove-${noun}`, { Identity: "Global" }).tenant;
    assert.equal(reset[list], made[list]);
    const gone = invoke(made, `Remove-${noun}`, { Identity: "Tag:London" }).tenant;
    assert.equal(gone[list], CONTOSO[list]);
    assert.equal(codesOf(invoke(made, `Remove-${noun}`, { Identity: "x" })), ["CMDLET_NOT_FOUND"]);
    assert.equal(codesOf(invoke(made, `Remove-${noun}`, {})), ["CMDLET_MISSING_PARAMETER"]);
  });

  policies(`Remove-${noun} refuses a policy that someone has, unless the tenant allows it`, () => {
    const given = invokeAll(
      made,
      [`New-${noun}`, { Identity: "Paris" }],
      [`Grant-${noun}`, { Identity: "megan@contoso.com", PolicyName: "London" }],
      [`Grant-${noun}`, { Group: "support", PolicyName: "London" }],
      [`Grant-${noun}`, { Group: "sales", PolicyName: "Paris" }],
      [`Grant-${noun}`, { Global: true, PolicyName: "London" }],
    );
    const refused = invoke(given, `Remove-${noun}`, { Identity: "London" });
    assert.equal(codesOf(refused), ["POLICY_ASSIGNED"]);
    assert.is(
      refused.problems[0]?.hint,
      `unassign it first with Grant-${noun} -Identity megan@contoso.com -PolicyName $null, Grant-${noun} -Group support -PolicyName $null, Grant-${noun} -Global -PolicyName $null`,
    );
    assert.match(
      refused.problems[0]?.what ?? "",
      /megan@contoso\.com, group support, everyone \(-Global\)$/,
    );
    const allowing: Tenant = {
      ...given,
      options: { ...given.options, removeAssignedPolicies: true },
    };
    const removed = invoke(allowing, `Remove-${noun}`, { Identity: "London" }).tenant;
    assert.equal(removed.users, CONTOSO.users);
    assert.is(removed.globalPolicies[assigned], null);
    assert.equal(
      removed.groupPolicyAssignments.map((a) => `${a.groupId} ${a.policyName} ${a.rank}`),
      ["sales Paris 1"],
    );
  });
}

policies.run();
