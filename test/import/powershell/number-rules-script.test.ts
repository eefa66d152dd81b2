import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { writeScript } from "../../../engine/import/powershell/write-script.ts";
import { revisionOf } from "../../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../../engine/model/user.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const FILE = join(root, "fixtures", "scripts", "number-rules.ps1");
const BEFORE: Tenant = {
  ...EMPTY_TENANT,
  users: [{ ...USER_DEFAULTS, userPrincipalName: "megan@contoso.com", groups: ["sales"] }],
};

const script = suite("a script of number rules");
const read = await readScript(readFileSync(FILE, "utf8"), { file: FILE, tenant: BEFORE });
const { tenant } = read;

script("every statement is understood", () => {
  assert.equal(read.problems, []);
});

script("rules go from variables into the dial plan, in order", () => {
  assert.equal(
    tenant.tenantDialPlans.map((plan) => [
      plan.identity,
      ...plan.normalizationRules.map((rule) => `${rule.name}: ${rule.pattern} ${rule.translation}`),
    ]),
    [["Redmond", "Redmond local: ^(\\d{7})$ +1425$1", "Eleven digits: ^(\\d{11})$ +$1"]],
  );
  assert.is(tenant.users[0]?.tenantDialPlan, "Redmond");
});

script("the misspelt parameter of gateways names the rules of calling numbers", () => {
  const [gateway] = tenant.onlinePstnGateways;
  assert.equal(gateway?.outboundTeamsNumberTranslationRules, ["AddPlus1"]);
});

script("Add in a new emergency policy inherits the numbers of Global", () => {
  const strings = tenant.teamsEmergencyCallRoutingPolicies.map((policy) => [
    policy.identity,
    ...policy.emergencyNumbers.map((n) => `${n.emergencyDialString} ${n.onlinePstnUsage}`),
  ]);
  assert.equal(strings, [
    ["Global", "911 US Emergency"],
    ["Redmond", "911 US Emergency", "999 null"],
  ]);
  assert.is(tenant.networkSites[0]?.teamsEmergencyCallRoutingPolicy, "Redmond");
});

script("caller ID, restriction and address are there", () => {
  assert.is(tenant.callingLineIdentities[0]?.resourceAccount, "reception@contoso.com");
  assert.is(tenant.groupPolicyAssignments[0]?.policyName, "Reception");
  assert.is(tenant.users[0]?.onlineDialOutPolicy, "DialoutCPCandPSTNDomestic");
  assert.equal(
    tenant.emergencyAddresses[0]?.locations.map((place) => place.location),
    [null, "2nd floor"],
  );
});

script("the tenant that it makes is written as commands and made by them again", async () => {
  const written = writeScript(tenant);
  assert.match(written, "\nNew-CsTenantDialPlan -Identity 'Redmond'");
  assert.match(written, "\nNew-CsGroupPolicyAssignment -GroupId 'sales'");
  const again = await readScript(written, { file: "again.ps1", tenant: EMPTY_TENANT });
  assert.is(revisionOf(again.tenant), revisionOf(tenant));
});

script("an effective dial plan is piped on to be tried", async () => {
  const text = `$tried = Get-CsEffectiveTenantDialPlan megan@contoso.com | Test-CsEffectiveTenantDialPlan -DialedNumber 4255550123
New-CsTenantDialPlan -Identity Tried -Description $tried.TranslatedNumber`;
  const users = BEFORE.users.map((user) => ({ ...user, usageLocation: "US" }));
  const { problems, tenant: made } = await readScript(text, {
    file: "tried.ps1",
    tenant: { ...BEFORE, users },
  });
  assert.equal(problems, []);
  assert.is(made.tenantDialPlans.at(-1)?.description, "+14255550123");
});

script.run();
