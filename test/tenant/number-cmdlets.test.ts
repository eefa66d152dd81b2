import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { User } from "../../engine/model/user.ts";
import { codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";
import { TENANT } from "./number-tenant.ts";

const numbers = suite("number cmdlets");
const SET = "Set-CsPhoneNumberAssignment";
const REMOVE = "Remove-CsPhoneNumberAssignment";

const MEGAN: Parameters = {
  Identity: "megan@contoso.com",
  TelephoneNumber: "+14255550101",
  NumberType: "OperatorConnect",
};

function user(tenant: Tenant, upn: string): User {
  const found = tenant.users.find((u) => u.userPrincipalName === upn);
  if (found === undefined) throw new Error(`no ${upn}`);
  return found;
}

function record(tenant: Tenant, e164: string): string | undefined {
  const found = tenant.phoneNumbers.find((n) => n.telephoneNumber === e164);
  return found && `${found.pstnAssignmentStatus} ${found.assignedPstnTargetId}`;
}

numbers(
  "an assignment sets the line, the record and Enterprise Voice; removal undoes it all",
  () => {
    for (const written of ["+14255550101", "14255550101", "tel:+14255550101"]) {
      const result = invoke(TENANT, SET, { ...MEGAN, TelephoneNumber: written });
      assert.equal(result.problems, []);
      const megan = user(result.tenant, "megan@contoso.com");
      assert.is(megan.lineUri, "tel:+14255550101");
      assert.is(megan.numberType, "OperatorConnect");
      assert.is(megan.enterpriseVoiceEnabled, true);
      assert.is(megan.onPremLineUri, null);
      assert.is(record(result.tenant, "+14255550101"), "UserAssigned megan@contoso.com");
      assert.equal(invoke(result.tenant, REMOVE, MEGAN).tenant, TENANT);
      const all = { Identity: "megan@contoso.com", RemoveAll: true };
      assert.equal(invoke(result.tenant, REMOVE, all).tenant, TENANT);
      const again = invoke(result.tenant, SET, MEGAN);
      assert.equal(again.tenant, result.tenant);
    }
  },
);

numbers("a new number frees the old one", () => {
  const tenant = invokeAll(
    TENANT,
    [SET, MEGAN],
    [SET, { ...MEGAN, TelephoneNumber: "+14255550120", NumberType: "DirectRouting" }],
  );
  assert.is(record(tenant, "+14255550101"), "Unassigned null");
  assert.is(record(tenant, "+14255550120"), "UserAssigned megan@contoso.com");
  assert.is(user(tenant, "megan@contoso.com").numberType, "DirectRouting");
});

numbers("a Direct Routing number may carry an extension and be shared by extensions", () => {
  const direct = (Identity: string, TelephoneNumber: string): readonly [string, Parameters] => [
    SET,
    { Identity, TelephoneNumber, NumberType: "directrouting" },
  ];
  const tenant = invokeAll(
    TENANT,
    direct("megan@contoso.com", "+14255550120;ext=1"),
    direct("alex@contoso.com", "tel:+14255550120;EXT=2"),
  );
  assert.is(user(tenant, "alex@contoso.com").lineUri, "tel:+14255550120;ext=2");
  assert.is(record(tenant, "+14255550120"), "UserAssigned megan@contoso.com");
  const [cmdlet, same] = direct("lee@contoso.com", "+14255550120;ext=2");
  assert.equal(codesOf(invoke(tenant, cmdlet, same)), ["NUMBER_ASSIGNED"]);
  const gone = { Identity: "megan@contoso.com", RemoveAll: true };
  const left = invoke(tenant, REMOVE, gone).tenant;
  assert.is(record(left, "+14255550120"), "UserAssigned alex@contoso.com");
});

const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode, what: RegExp])[] = [
  [
    "a number the tenant does not have",
    { TelephoneNumber: "+14255550188" },
    "NUMBER_NOT_FOUND",
    /^Telephone Number '\+14255550188' is not found from tenant$/,
  ],
  [
    "another type than the number's",
    { NumberType: "CallingPlan" },
    "NUMBER_TYPE_MISMATCH",
    /OperatorConnect/,
  ],
  [
    "a type that is none",
    { NumberType: "OperatorConect" },
    "CMDLET_INVALID_VALUE",
    /OperatorConect/,
  ],
  ["no type", { NumberType: null }, "CMDLET_MISSING_PARAMETER", /-NumberType/],
  ["no number", { TelephoneNumber: null }, "CMDLET_MISSING_PARAMETER", /-TelephoneNumber/],
  ["a word as a number", { TelephoneNumber: "reception" }, "CMDLET_INVALID_VALUE", /reception/],
  [
    "an extension on an operator's number",
    { TelephoneNumber: "+14255550101;ext=7" },
    "CMDLET_INVALID_VALUE",
    /ext=7/,
  ],
  ["an unknown user", { Identity: "megn@contoso.com" }, "USER_NOT_FOUND", /megn/],
  [
    "a number for applications",
    { TelephoneNumber: "+14255550104" },
    "NUMBER_CAPABILITY",
    /VoiceApplication/,
  ],
  [
    "a user's number on a resource account",
    { Identity: "reception@contoso.com" },
    "NUMBER_CAPABILITY",
    /resource account/,
  ],
  [
    "a number of another application",
    { TelephoneNumber: "+14255550107" },
    "NUMBER_ASSIGNED",
    /recorder/,
  ],
  [
    "no Teams Phone licence",
    { Identity: "joni@contoso.com" },
    "NUMBER_PREREQ_LICENCE",
    /^User 'joni@contoso\.com' lacks appropriate licenses to assign a 'OperatorConnect' number/,
  ],
  [
    "no Calling Plan for its number",
    { TelephoneNumber: "+442079460102", NumberType: "CallingPlan" },
    "NUMBER_PREREQ_LICENCE",
    /Calling Plan is missing/,
  ],
  [
    "a Calling Plan that was not removed",
    { Identity: "lee@contoso.com" },
    "NUMBER_PREREQ_LICENCE",
    /must be removed/,
  ],
  [
    "no Teams Phone Mobile for its number",
    { TelephoneNumber: "+14255550106", NumberType: "OCMobile" },
    "NUMBER_PREREQ_LICENCE",
    /Mobile is missing/,
  ],
  [
    "a user in Islands mode",
    { Identity: "islands@contoso.com" },
    "NUMBER_PREREQ_TEAMSONLY",
    /Islands/,
  ],
  [
    "a number written on premises",
    { Identity: "onprem@contoso.com" },
    "NUMBER_ON_PREMISES",
    /\+14255550150/,
  ],
  [
    "no emergency location for a Calling Plan number in the US",
    { Identity: "lee@contoso.com", TelephoneNumber: "+14255550102", NumberType: "CallingPlan" },
    "NUMBER_PREREQ_ADDRESS",
    /emergency location/,
  ],
  [
    "no location where the operator leaves it to the administrator",
    { TelephoneNumber: "+14255550103" },
    "NUMBER_PREREQ_ADDRESS",
    /emergency location/,
  ],
  ["an unknown location", { LocationId: "loc-3" }, "CMDLET_NOT_FOUND", /loc-3/],
  [
    "another location than the operator's own",
    { TelephoneNumber: "+14255550105", LocationId: "loc-2" },
    "NUMBER_ADDRESS_FIXED",
    /operator/,
  ],
  [
    "Enterprise Voice beside a number",
    { EnterpriseVoiceEnabled: true },
    "CMDLET_CONFLICTING_PARAMETERS",
    /Enterprise/,
  ],
];

for (const [why, change, code, what] of REFUSED)
  numbers(`an assignment with ${why} is refused`, () => {
    const result = invoke(TENANT, SET, { ...MEGAN, ...change });
    assert.equal(codesOf(result), [code]);
    assert.match(result.problems[0]?.what ?? "", what);
  });

const ACCEPTED: readonly (readonly [why: string, Parameters])[] = [
  [
    "a Calling Plan number abroad needs no location",
    { Identity: "lee@contoso.com", TelephoneNumber: "+442079460102", NumberType: "CallingPlan" },
  ],
  [
    "a Calling Plan number in the US takes one",
    {
      Identity: "lee@contoso.com",
      TelephoneNumber: "+14255550102",
      NumberType: "CallingPlan",
      LocationId: "LOC-1",
    },
  ],
  [
    "the location that is there already may be repeated",
    { TelephoneNumber: "+14255550105", LocationId: "loc-1" },
  ],
  [
    "Direct Routing does not need TeamsOnly",
    {
      Identity: "islands@contoso.com",
      TelephoneNumber: "+14255550120",
      NumberType: "DirectRouting",
    },
  ],
  [
    "a mobile number needs a mobile licence",
    { Identity: "mobile@contoso.com", TelephoneNumber: "+14255550106", NumberType: "OCMobile" },
  ],
  [
    "an application's number is for a resource account",
    { Identity: "reception@contoso.com", TelephoneNumber: "+14255550104" },
  ],
];

for (const [why, change] of ACCEPTED)
  numbers(why, () => {
    assert.equal(codesOf(invoke(TENANT, SET, { ...MEGAN, ...change })), []);
  });

numbers("a number is with one user at a time", () => {
  const tenant = invokeAll(TENANT, [SET, MEGAN]);
  const result = invoke(tenant, SET, { ...MEGAN, Identity: "alex@contoso.com" });
  assert.equal(codesOf(result), ["NUMBER_ASSIGNED"]);
  assert.match(result.problems[0]?.what ?? "", /megan@contoso\.com/);
});

numbers("a number on the bridge is not for users, whatever it can do", () => {
  const able: Tenant = {
    ...TENANT,
    phoneNumbers: TENANT.phoneNumbers.map((n) => ({ ...n, capability: ["UserAssignment"] })),
  };
  const result = invoke(able, SET, { ...MEGAN, TelephoneNumber: "+14255550199" });
  assert.equal(codesOf(result), ["NUMBER_ASSIGNED"]);
  assert.match(result.problems[0]?.what ?? "", /bridge/);
});

numbers("a number alone moves its emergency location; the word null clears it", () => {
  const move = (LocationId: string | null): string | null | undefined =>
    invoke(TENANT, SET, { TelephoneNumber: "+14255550101", LocationId }).tenant.phoneNumbers.find(
      (n) => n.telephoneNumber === "+14255550101",
    )?.locationId;
  assert.is(move("loc-2"), "loc-2");
  assert.is(move("null"), null);
  assert.is(move(null), null);
  const codes = (parameters: Parameters): readonly string[] =>
    codesOf(invoke(TENANT, SET, parameters));
  assert.equal(codes({ TelephoneNumber: "+14255550111", LocationId: "loc-1" }), [
    "NUMBER_NOT_FOUND",
  ]);
  assert.equal(codes({ TelephoneNumber: "+14255550105", LocationId: null }), [
    "NUMBER_ADDRESS_FIXED",
  ]);
  assert.equal(codes({ TelephoneNumber: "+14255550101" }), ["CMDLET_MISSING_PARAMETER"]);
  assert.equal(codes({}), ["CMDLET_MISSING_PARAMETER"]);
  assert.equal(codes({ TelephoneNumber: "+14255550101", NetworkSiteId: "x" }), [
    "CMDLET_VALUE_NOT_KEPT",
  ]);
});

numbers("Enterprise Voice alone needs a licence to go on, and a person", () => {
  const voice = (Identity: string, EnterpriseVoiceEnabled: boolean): readonly string[] =>
    codesOf(invoke(TENANT, SET, { Identity, EnterpriseVoiceEnabled }));
  assert.equal(voice("megan@contoso.com", true), []);
  assert.equal(voice("joni@contoso.com", true), ["NUMBER_PREREQ_LICENCE"]);
  assert.equal(voice("joni@contoso.com", false), []);
  assert.equal(voice("reception@contoso.com", true), ["CMDLET_INVALID_VALUE"]);
});

const NOT_REMOVED: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["a number she does not have", { TelephoneNumber: "+14255550103" }, "NUMBER_NOT_ASSIGNED"],
  ["a number of another type", { NumberType: "DirectRouting" }, "NUMBER_TYPE_MISMATCH"],
  ["no number", { TelephoneNumber: null }, "CMDLET_MISSING_PARAMETER"],
  ["no type", { NumberType: null }, "CMDLET_MISSING_PARAMETER"],
  ["no user", { Identity: null }, "CMDLET_MISSING_PARAMETER"],
  ["an unknown user", { Identity: "nobody@contoso.com" }, "USER_NOT_FOUND"],
  ["one number and all", { RemoveAll: true }, "CMDLET_CONFLICTING_PARAMETERS"],
];

for (const [why, change, code] of NOT_REMOVED)
  numbers(`a removal of ${why} is refused`, () => {
    const tenant = invokeAll(TENANT, [SET, MEGAN]);
    assert.equal(codesOf(invoke(tenant, REMOVE, { ...MEGAN, ...change })), [code]);
  });

numbers("a number written on premises is not removed online", () => {
  const all = { Identity: "onprem@contoso.com", RemoveAll: true };
  assert.equal(codesOf(invoke(TENANT, REMOVE, all)), ["NUMBER_ON_PREMISES"]);
  const voice = { Identity: "onprem@contoso.com", TelephoneNumber: null };
  assert.equal(codesOf(invoke(TENANT, "Set-CsOnlineVoiceUser", voice)), ["NUMBER_ON_PREMISES"]);
});

numbers("the old Set-CsOnlineVoiceUser takes the type from the number", () => {
  const old = (parameters: Parameters): ReturnType<typeof invoke> =>
    invoke(TENANT, "Set-CsOnlineVoiceUser", { Identity: "megan@contoso.com", ...parameters });
  const given = old({ TelephoneNumber: "+14255550101", LocationID: "loc-2" });
  assert.equal(given.problems, []);
  const { tenant } = given;
  assert.is(user(tenant, "megan@contoso.com").numberType, "OperatorConnect");
  const moved = { Identity: "megan@contoso.com", LocationID: "loc-1" };
  assert.equal(codesOf(invoke(tenant, "Set-CsOnlineVoiceUser", moved)), []);
  const back = { Identity: "megan@contoso.com", TelephoneNumber: null };
  const cleared = invoke(tenant, "Set-CsOnlineVoiceUser", back).tenant;
  assert.is(user(cleared, "megan@contoso.com").lineUri, null);
  assert.is(record(cleared, "+14255550101"), "Unassigned null");
  assert.equal(codesOf(old({ TelephoneNumber: "+14255550188" })), ["NUMBER_NOT_FOUND"]);
  assert.equal(codesOf(old({ LocationID: "loc-1" })), ["NUMBER_NOT_ASSIGNED"]);
  assert.equal(codesOf(old({})), ["CMDLET_MISSING_PARAMETER"]);
  assert.equal(codesOf(old({ TelephoneNumber: "x" })), ["CMDLET_INVALID_VALUE"]);
});

numbers("Set-CsUser writes and clears Direct Routing numbers on premises", () => {
  const set = (tenant: Tenant, parameters: Parameters): ReturnType<typeof invoke> =>
    invoke(tenant, "Set-CsUser", { Identity: "megan@contoso.com", ...parameters });
  const given = set(TENANT, { OnPremLineURI: "tel:+14255550121", HostedVoiceMail: true });
  assert.equal(codesOf(given), ["CMDLET_VALUE_NOT_KEPT"]);
  const megan = user(given.tenant, "megan@contoso.com");
  assert.is(megan.onPremLineUri, "tel:+14255550121");
  assert.is(megan.lineUri, "tel:+14255550121");
  assert.is(megan.enterpriseVoiceEnabled, false);
  const both = set(TENANT, { LineURI: "tel:+14255550121", EnterpriseVoiceEnabled: true });
  assert.is(user(both.tenant, "megan@contoso.com").enterpriseVoiceEnabled, true);
  for (const name of ["OnPremLineURI", "LineURI"]) {
    const cleared = set(given.tenant, { [name]: null }).tenant;
    assert.equal(user(cleared, "megan@contoso.com"), user(TENANT, "megan@contoso.com"));
    assert.is(record(cleared, "+14255550121"), "Unassigned null");
  }
  assert.is(set(TENANT, { LineURI: null }).tenant, TENANT);
  const online = invokeAll(TENANT, [SET, MEGAN]);
  assert.equal(codesOf(set(online, { LineURI: null })), ["NUMBER_TYPE_MISMATCH"]);
  assert.equal(codesOf(set(TENANT, { LineURI: "tel:+14255550121", OnPremLineURI: null })), [
    "CMDLET_CONFLICTING_PARAMETERS",
  ]);
  assert.equal(codesOf(set(TENANT, { LineURI: "x" })), ["CMDLET_INVALID_VALUE"]);
  assert.equal(codesOf(set(TENANT, { Identity: "x" })), ["USER_NOT_FOUND"]);
  assert.equal(codesOf(set(TENANT, { Identity: null })), ["CMDLET_MISSING_PARAMETER"]);
});

numbers.run();
