import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EMPTY_TENANT } from "../../engine/model/tenant.ts";
import {
  passedOverNames,
  passedOverPolicyType,
  passedOverPolicyTypes,
} from "../../engine/tenant/passed-over-cmdlets.ts";
import { CMDLET_SIGNATURES, runCmdlet } from "../../engine/tenant/run-cmdlet.ts";

const passing = suite("passed-over cmdlets");

function codesOf(cmdlet: string, parameters: Readonly<Record<string, string>> = {}): string[] {
  const invocation = { cmdlet, parameters: new Map(Object.entries(parameters)), at: null };
  const { tenant, problems } = runCmdlet(EMPTY_TENANT, invocation);
  assert.is(tenant, EMPTY_TENANT);
  return problems.map(({ code }) => code);
}

passing("none of them is a cmdlet that is carried out, and each is named once", () => {
  const names = passedOverNames().map((name) => name.toLowerCase());
  assert.equal(
    names.filter((name) => CMDLET_SIGNATURES.has(name)),
    [],
  );
  assert.is(new Set(names).size, names.length);
});

passing("they change nothing, in any case, and say so", () => {
  assert.equal(codesOf("grant-csteamsmeetingpolicy", { PolicyName: "A" }), ["CMDLET_PASSED_OVER"]);
  assert.equal(codesOf("Set-CsTeamsClientConfiguration"), ["CMDLET_PASSED_OVER"]);
  assert.equal(codesOf("Grant-CsTeamsMeetingPolcy"), ["IMPORT_UNKNOWN_COMMAND"]);
});

passing("what bears on real calls is a warning, but reading it is none", () => {
  assert.equal(codesOf("Grant-CsTeamsCallingPolicy"), ["CMDLET_NOT_CONSIDERED"]);
  assert.equal(codesOf("Grant-CsTeamsUpgradePolicy"), ["CMDLET_NOT_CONSIDERED"]);
  assert.equal(codesOf("Get-CsTeamsCallingPolicy"), ["CMDLET_PASSED_OVER"]);
});

passing("groups are given other policies without an error, where the type is a real one", () => {
  const given = (type: string): string[] =>
    codesOf("New-CsGroupPolicyAssignment", { GroupId: "g", PolicyType: type, PolicyName: "A" });
  assert.equal(given("teamsmeetingpolicy"), ["CMDLET_PASSED_OVER"]);
  assert.equal(given("TeamsCallingPolicy"), ["CMDLET_NOT_CONSIDERED"]);
  assert.equal(given("TeamsMeetngPolicy"), ["CMDLET_INVALID_VALUE"]);
  assert.equal(given("OnlineDialOutPolicy"), ["CMDLET_INVALID_VALUE"]);
  const removed = codesOf("Remove-CsGroupPolicyAssignment", {
    GroupId: "g",
    PolicyType: "TeamsVdiPolicy",
  });
  assert.equal(removed, ["CMDLET_PASSED_OVER"]);
});

passing("the policy types are told in their own spelling", () => {
  for (const type of passedOverPolicyTypes())
    assert.is(passedOverPolicyType(type.toUpperCase()), type);
  assert.is(passedOverPolicyType("OnlineVoiceRoutingPolicy"), null);
});

passing.run();
