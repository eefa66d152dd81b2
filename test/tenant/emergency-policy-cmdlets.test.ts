import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { ArgumentValue } from "../../engine/tenant/cmdlet-invocation.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, table } from "./invoke.ts";

const emergency = suite("emergency policy and site cmdlets");
const NEW = "New-CsTeamsEmergencyCallRoutingPolicy";
const SET = "Set-CsTeamsEmergencyCallRoutingPolicy";

function number(dialed: string, mask: string | null, usage: string | null = "UK"): ArgumentValue {
  const parameters = {
    EmergencyDialString: dialed,
    EmergencyDialMask: mask,
    OnlinePSTNUsage: usage,
  };
  return invoke(CONTOSO, "New-CsTeamsEmergencyNumber", parameters).output[0] ?? null;
}

const POLICE = number("999", "112;911", "uk");
const FIRE = number("933", null);
const WITH_GLOBAL: Tenant = invokeAll(CONTOSO, [SET, { EmergencyNumbers: POLICE }]);

function numbersOf(tenant: Tenant, identity: string): readonly string[] {
  const policy = tenant.teamsEmergencyCallRoutingPolicies.find((p) => p.identity === identity);
  return policy?.emergencyNumbers.map((n) => n.emergencyDialString) ?? [];
}

emergency("Add in New appends to the numbers of Global, a value alone replaces them", () => {
  const added = invoke(WITH_GLOBAL, NEW, { Identity: "A", EmergencyNumbers: table({ add: FIRE }) });
  assert.equal(numbersOf(added.tenant, "A"), ["999", "933"]);
  const alone = invoke(WITH_GLOBAL, NEW, { Identity: "A", EmergencyNumbers: FIRE });
  assert.equal(numbersOf(alone.tenant, "A"), ["933"]);
  assert.equal(numbersOf(invoke(WITH_GLOBAL, NEW, { Identity: "A" }).tenant, "A"), []);
});

emergency("a policy keeps usages as the tenant spells them, and Get prints them", () => {
  const made = invokeAll(CONTOSO, [
    NEW,
    { Identity: "London", EmergencyNumbers: POLICE, AllowEnhancedEmergencyServices: true },
  ]);
  const [printed] = invoke(made, "Get-CsTeamsEmergencyCallRoutingPolicy", {
    Identity: "London",
  }).output;
  assert.equal(printed?.properties, {
    Identity: "Tag:London",
    EmergencyNumbers: [
      {
        kind: "object",
        properties: {
          EmergencyDialString: "999",
          EmergencyDialMask: "112;911",
          OnlinePSTNUsage: "UK",
        },
      },
    ],
    AllowEnhancedEmergencyServices: true,
    Description: null,
  });
});

emergency("Set adds to and removes from the policy's own numbers", () => {
  const both = invoke(WITH_GLOBAL, SET, { EmergencyNumbers: table({ Add: FIRE }) }).tenant;
  assert.equal(numbersOf(both, "Global"), ["999", "933"]);
  const one = invoke(both, SET, { EmergencyNumbers: table({ Remove: POLICE }) }).tenant;
  assert.equal(numbersOf(one, "Global"), ["933"]);
});

const REFUSED: readonly (readonly [why: string, ArgumentValue, ProblemCode])[] = [
  ["a dial string twice", [POLICE, number("999", null)], "EMERGENCY_MASK_DUP"],
  ["a mask twice in one number", number("999", "112;112"), "EMERGENCY_MASK_DUP"],
  ["a mask in two numbers", [POLICE, number("933", "112")], "EMERGENCY_MASK_DUP"],
  ["a mask that is another's string", [FIRE, number("999", "933")], "EMERGENCY_MASK_DUP"],
  ["a mask of 11 digits", number("999", "12345678901"), "EMERGENCY_MASK_DUP"],
  ["a mask with a letter", number("999", "11a"), "EMERGENCY_MASK_DUP"],
  ["a dial string that is no number", number("help", null), "EMERGENCY_MASK_DUP"],
  ["an unknown usage", number("999", null, "France"), "POLICY_UNKNOWN_USAGE"],
  ["a text", "999", "CMDLET_INVALID_VALUE"],
];
for (const [why, given, code] of REFUSED)
  emergency(`a policy is refused for ${why}`, () => {
    const result = invoke(CONTOSO, NEW, { Identity: "A", EmergencyNumbers: given });
    assert.equal(codesOf(result), [code]);
  });

emergency("its own dial string as a mask, blanks and a trailing semicolon do no harm", () => {
  const given = number("999", "999; 112;");
  assert.equal(codesOf(invoke(CONTOSO, NEW, { Identity: "A", EmergencyNumbers: given })), []);
});

emergency("a number without a dial string is not made", () => {
  const result = invoke(CONTOSO, "New-CsTeamsEmergencyNumber", { EmergencyDialMask: "112" });
  assert.equal(codesOf(result), ["CMDLET_MISSING_PARAMETER"]);
});

const SITE: Parameters = {
  NetworkSiteID: "Redmond-1",
  NetworkRegionID: "West",
  Description: "Building 1",
  EmergencyCallRoutingPolicy: "Tag:london",
};
const WITH_SITE: Tenant = invokeAll(
  CONTOSO,
  [NEW, { Identity: "London", EmergencyNumbers: POLICE }],
  ["New-CsTenantNetworkSite", SITE],
);

emergency("a site names a policy, is printed, changed and removed", () => {
  const [printed] = invoke(WITH_SITE, "Get-CsTenantNetworkSite", { Identity: "redmond-1" }).output;
  assert.equal(printed?.properties, {
    Identity: "Redmond-1",
    NetworkSiteID: "Redmond-1",
    NetworkRegionID: "West",
    Description: "Building 1",
    EmergencyCallRoutingPolicy: "London",
  });
  const cleared = invoke(WITH_SITE, "Set-CsTenantNetworkSite", {
    Identity: "Redmond-1",
    EmergencyCallRoutingPolicy: null,
  }).tenant;
  assert.is(cleared.networkSites[0]?.teamsEmergencyCallRoutingPolicy, null);
  assert.is(cleared.networkSites[0]?.networkRegionId, "West");
  const removed = invoke(WITH_SITE, "Remove-CsTenantNetworkSite", { Identity: "Redmond-1" });
  assert.equal(removed.tenant.networkSites, []);
});

emergency("a site is refused for an unknown policy, a name that is there, and no name", () => {
  const cases: readonly (readonly [Parameters, ProblemCode])[] = [
    [{ NetworkSiteID: "B", EmergencyCallRoutingPolicy: "Londn" }, "POLICY_UNKNOWN"],
    [{ NetworkSiteID: "REDMOND-1" }, "CMDLET_ALREADY_EXISTS"],
    [{ NetworkRegionID: "West" }, "CMDLET_MISSING_PARAMETER"],
  ];
  for (const [given, code] of cases)
    assert.equal(codesOf(invoke(WITH_SITE, "New-CsTenantNetworkSite", given)), [code]);
});

emergency(
  "a policy that a site names cannot be removed, unless the tenant's option allows it",
  () => {
    const REMOVE = "Remove-CsTeamsEmergencyCallRoutingPolicy";
    const refused = invoke(WITH_SITE, REMOVE, { Identity: "London" });
    assert.equal(codesOf(refused), ["POLICY_ASSIGNED"]);
    assert.match(refused.problems[0]?.what ?? "", "network site Redmond-1");
    const options = { ...WITH_SITE.options, removeAssignedPolicies: true };
    const removed = invoke({ ...WITH_SITE, options }, REMOVE, { Identity: "London" });
    assert.equal(codesOf(removed), []);
    assert.is(removed.tenant.networkSites[0]?.teamsEmergencyCallRoutingPolicy, null);
  },
);

emergency.run();
