import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { PhoneNumber } from "../../engine/model/phone-number.ts";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { RESOURCE_ACCOUNT_DEFAULTS } from "../../engine/model/user.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, table } from "./invoke.ts";

const callerId = suite("calling line identity and shared calling cmdlets");

function number(telephoneNumber: string, other: Partial<PhoneNumber>): PhoneNumber {
  return {
    telephoneNumber,
    numberType: "CallingPlan",
    operator: null,
    capability: ["UserAssignment", "VoiceApplicationAssignment"],
    isoCountryCode: "US",
    tollFree: false,
    pstnAssignmentStatus: "Unassigned",
    assignedPstnTargetId: null,
    locationId: null,
    locationUpdateSupported: true,
    ...other,
  };
}

const TENANT: Tenant = {
  ...CONTOSO,
  resourceAccounts: [
    {
      ...RESOURCE_ACCOUNT_DEFAULTS,
      userPrincipalName: "Reception@contoso.com",
      application: "AutoAttendant",
      lineUri: "tel:+14255550110",
      numberType: "CallingPlan",
    },
  ],
  phoneNumbers: [
    ...CONTOSO.phoneNumbers,
    number("+14255550110", {
      pstnAssignmentStatus: "VoiceApplicationAssigned",
      assignedPstnTargetId: "Reception@contoso.com",
    }),
    number("+14255550111", {}),
    number("+14255550112", {}),
    number("+442079460111", { isoCountryCode: "GB" }),
    number("+14255550113", {
      pstnAssignmentStatus: "UserAssigned",
      assignedPstnTargetId: "megan@contoso.com",
    }),
  ],
};

const NEW = "New-CsCallingLineIdentity";
const RESOURCE: Parameters = {
  Identity: "Reception",
  CallingIDSubstitute: "resource",
  ResourceAccount: "reception@contoso.com",
  CompanyName: "Contoso",
  EnableUserOverride: true,
};

callerId("an identity keeps what is given, and Get prints it", () => {
  const made = invokeAll(TENANT, [NEW, RESOURCE]);
  const [printed] = invoke(made, "Get-CsCallingLineIdentity", { Identity: "reception" }).output;
  assert.equal(printed?.properties, {
    Identity: "Tag:Reception",
    Description: null,
    EnableUserOverride: true,
    CallingIDSubstitute: "Resource",
    ResourceAccount: "Reception@contoso.com",
    CompanyName: "Contoso",
  });
});

callerId("Global is changed and put back to what it was at first", () => {
  const set = invoke(TENANT, "Set-CsCallingLineIdentity", {
    Identity: "Global",
    CallingIDSubstitute: "Anonymous",
  }).tenant;
  assert.is(set.callingLineIdentities[0]?.callingIdSubstitute, "Anonymous");
  const reset = invoke(set, "Remove-CsCallingLineIdentity", { Identity: "Global" }).tenant;
  assert.is(reset.callingLineIdentities[0]?.callingIdSubstitute, "LineUri");
});

const BAD_IDENTITIES: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["Resource without an account", { ResourceAccount: null }, "CMDLET_MISSING_PARAMETER"],
  ["an unknown account", { ResourceAccount: "recption@contoso.com" }, "CMDLET_NOT_FOUND"],
  ["a substitute that is gone", { CallingIDSubstitute: "Service" }, "CMDLET_INVALID_VALUE"],
];
for (const [why, given, code] of BAD_IDENTITIES)
  callerId(`an identity is refused for ${why}`, () => {
    assert.ok(codesOf(invoke(TENANT, NEW, { ...RESOURCE, ...given })).includes(code));
  });

callerId("blocking of incoming caller IDs is accepted and not kept", () => {
  const result = invoke(TENANT, NEW, { Identity: "A", BlockIncomingPstnCallerID: true });
  assert.equal(codesOf(result), ["CMDLET_VALUE_NOT_KEPT"]);
});

const SHARED = "New-CsTeamsSharedCallingRoutingPolicy";
const SEATTLE: Parameters = {
  Identity: "Seattle",
  ResourceAccount: "sip:reception@contoso.com",
  EmergencyNumbers: table({ add: "14255550111" }),
};
const SHARING = invokeAll(TENANT, [SHARED, SEATTLE]);

callerId("a shared calling policy keeps account and emergency numbers, and Get prints them", () => {
  const [printed] = invoke(SHARING, "Get-CsTeamsSharedCallingRoutingPolicy", {
    Identity: "Seattle",
  }).output;
  assert.equal(printed?.properties, {
    Identity: "Tag:Seattle",
    EmergencyNumbers: ["+14255550111"],
    ResourceAccount: "Reception@contoso.com",
    Description: null,
  });
  const two = invoke(SHARING, "Set-CsTeamsSharedCallingRoutingPolicy", {
    Identity: "Seattle",
    EmergencyNumbers: table({ Add: "+14255550112", Remove: "tel:+14255550111" }),
  }).tenant;
  assert.equal(two.teamsSharedCallingRoutingPolicies[0]?.emergencyNumbers, ["+14255550112"]);
});

const BAD_SHARED: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["an unknown account", { ResourceAccount: "nobody@contoso.com" }, "CMDLET_NOT_FOUND"],
  ["a text that is no number", { EmergencyNumbers: ["none"] }, "CMDLET_INVALID_VALUE"],
  ["a number of someone", { EmergencyNumbers: ["+14255550113"] }, "NUMBER_ASSIGNED"],
  ["a number of another policy", { EmergencyNumbers: ["+14255550111"] }, "NUMBER_ASSIGNED"],
  ["a number of another country", { EmergencyNumbers: ["+442079460111"] }, "NUMBER_TYPE_MISMATCH"],
  ["a number of another type", { EmergencyNumbers: ["+14255550101"] }, "NUMBER_TYPE_MISMATCH"],
  ["a number that is not the tenant's", { EmergencyNumbers: ["+14255550177"] }, "NUMBER_NOT_FOUND"],
];
for (const [why, given, code] of BAD_SHARED)
  callerId(`a shared calling policy is refused for ${why}`, () => {
    const result = invoke(SHARING, SHARED, {
      ...SEATTLE,
      Identity: "New",
      EmergencyNumbers: null,
      ...given,
    });
    assert.ok(codesOf(result).includes(code), codesOf(result).join());
  });

callerId("both are granted to users and groups", () => {
  const granted = invokeAll(
    SHARING,
    [NEW, RESOURCE],
    ["Grant-CsCallingLineIdentity", { Identity: "megan@contoso.com", PolicyName: "Reception" }],
    ["Grant-CsTeamsSharedCallingRoutingPolicy", { Group: "sales", PolicyName: "Seattle" }],
  );
  assert.is(granted.users[0]?.callingLineIdentity, "Reception");
  assert.equal(granted.groupPolicyAssignments, [
    {
      groupId: "sales",
      policyType: "TeamsSharedCallingRoutingPolicy",
      policyName: "Seattle",
      rank: 1,
    },
  ]);
  const resource = invoke(granted, "Grant-CsCallingLineIdentity", {
    Identity: "reception@contoso.com",
    PolicyName: "Reception",
  });
  assert.equal(codesOf(resource), ["CMDLET_INVALID_VALUE"]);
});

callerId.run();
