import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, person } from "./invoke.ts";

const conferencing = suite("conferencing cmdlets");
const BRIDGE = "Set-CsOnlineDialInConferencingBridge";
const REGISTER = "Register-CsOnlineDialInConferencingServiceNumber";
const UNREGISTER = "Unregister-CsOnlineDialInConferencingServiceNumber";
const USER = "Set-CsOnlineDialInConferencingUser";
const ALL_USERS = "Set-CsOnlineDialInConferencingUserDefaultNumber";

const [DEFAULT, OCC, FREE_OCC] = CONTOSO.phoneNumbers;
if (DEFAULT === undefined || OCC === undefined || FREE_OCC === undefined)
  throw new Error("Contoso has three conferencing numbers");

/** Contoso with a second toll number and a toll-free one on the bridge, and organizers. */
const TENANT: Tenant = {
  ...CONTOSO,
  phoneNumbers: [
    ...CONTOSO.phoneNumbers,
    { ...DEFAULT, telephoneNumber: "+14255550120" },
    { ...DEFAULT, telephoneNumber: "+18005550100", tollFree: true },
    {
      ...DEFAULT,
      telephoneNumber: "+14255550121",
      pstnAssignmentStatus: "Unassigned",
      assignedPstnTargetId: null,
    },
    {
      ...DEFAULT,
      telephoneNumber: "+14255550122",
      pstnAssignmentStatus: "VoiceApplicationAssigned",
      assignedPstnTargetId: "reception@contoso.com",
    },
  ],
  conferencingBridge: {
    name: "Conference Bridge",
    defaultServiceNumber: "+14255550100",
    serviceNumbers: ["+14255550100", "+14255550199", "+14255550120", "+18005550100"],
  },
  users: [
    ...CONTOSO.users,
    person("organizer@contoso.com", { licenses: ["AudioConferencing"] }),
    person("occ@contoso.com", {
      licenses: ["OperatorConnectConferencing"],
      usageLocation: "GB",
      audioConferencing: { serviceNumber: "+14255550199", tollFreeServiceNumber: null },
    }),
  ],
};

function numbersOf(tenant: Tenant, upn: string): unknown {
  return tenant.users.find((u) => u.userPrincipalName === upn)?.audioConferencing ?? null;
}

conferencing("the bridge gets another default, written with or without + and tel:", () => {
  for (const written of ["+14255550120", "14255550120", "tel:+14255550120"]) {
    const set = invoke(TENANT, BRIDGE, {
      Name: "conference bridge",
      DefaultServiceNumber: written,
    }).tenant;
    assert.is(set.conferencingBridge?.defaultServiceNumber, "+14255550120");
    assert.is(numbersOf(set, "occ@contoso.com"), TENANT.users[3]?.audioConferencing);
  }
  const [printed] = invoke(TENANT, "Get-CsOnlineDialInConferencingBridge").output;
  assert.is(printed?.properties["DefaultServiceNumber"], "+14255550100");
});

conferencing("the default can come in the object that Get printed", () => {
  const [printed] = invoke(TENANT, "Get-CsOnlineDialInConferencingBridge").output;
  const instance = {
    kind: "object",
    properties: { ...printed?.properties, DefaultServiceNumber: "14255550120" },
  } as const;
  const set = invoke(TENANT, BRIDGE, { Instance: instance }).tenant;
  assert.is(set.conferencingBridge?.defaultServiceNumber, "+14255550120");
});

conferencing("a free number is put on the bridge and taken off again", () => {
  const on = invoke(TENANT, REGISTER, { Identity: "14255550198" }).tenant;
  assert.ok(on.conferencingBridge?.serviceNumbers.includes("+14255550198"));
  const record = on.phoneNumbers.find((n) => n.telephoneNumber === "+14255550198");
  assert.is(record?.pstnAssignmentStatus, "ConferenceAssigned");
  assert.is(record?.assignedPstnTargetId, "bridge");
  const off = invoke(on, UNREGISTER, { Identity: "+14255550198" }).tenant;
  assert.equal(off, TENANT);
});

conferencing("the default leaves the bridge only when that is said", () => {
  assert.equal(codesOf(invoke(TENANT, UNREGISTER, { Identity: "+14255550100" })), [
    "BRIDGE_NUMBER_IN_USE",
  ]);
  const off = invoke(TENANT, UNREGISTER, {
    Identity: "+14255550100",
    RemoveDefaultServiceNumber: true,
  }).tenant;
  assert.is(off.conferencingBridge?.defaultServiceNumber, null);
});

conferencing("a number that a route names stays on the bridge", () => {
  const routed = invokeAll(TENANT, [
    "New-CsOnlineVoiceRoute",
    {
      Identity: "Out",
      BridgeSourcePhoneNumber: "+14255550199",
      OnlinePstnUsages: ["International"],
    },
  ]);
  const refused = invoke(routed, UNREGISTER, { Identity: "+14255550199" });
  assert.equal(codesOf(refused), ["BRIDGE_NUMBER_IN_USE"]);
  assert.match(refused.problems[0]?.what ?? "", 'voice route "Out"');
});

conferencing("a user's own numbers are set and taken away, one by one", () => {
  const both = invokeAll(
    TENANT,
    [USER, { Identity: "organizer@contoso.com", ServiceNumber: "14255550199" }],
    [USER, { Identity: "organizer@contoso.com", TollFreeServiceNumber: "+18005550100" }],
  );
  assert.equal(numbersOf(both, "organizer@contoso.com"), {
    serviceNumber: "+14255550199",
    tollFreeServiceNumber: "+18005550100",
  });
  const one = invoke(both, USER, { Identity: "organizer@contoso.com", ServiceNumber: null });
  assert.equal(numbersOf(one.tenant, "organizer@contoso.com"), {
    serviceNumber: null,
    tollFreeServiceNumber: "+18005550100",
  });
  const shown = invoke(both, "Get-CsOnlineDialInConferencingUser", {
    ServiceNumber: "+14255550199",
  });
  assert.equal(
    shown.output.map((o) => o.properties["Identity"]),
    ["organizer@contoso.com", "occ@contoso.com"],
  );
});

const REPLACED: readonly (readonly [why: string, Parameters, readonly (string | null)[]])[] = [
  ["who has it", { FromNumber: "+14255550199", ToNumber: "+14255550120" }, [null, "+14255550120"]],
  ["who has none", { FromNumber: null, ToNumber: "14255550120" }, ["+14255550120", "+14255550199"]],
  [
    "of another country",
    { FromNumber: "+14255550199", ToNumber: null, Country: "US" },
    [null, "+14255550199"],
  ],
  ["with nothing", { FromNumber: "+14255550199", ToNumber: null, Country: "gb" }, [null, null]],
];
for (const [why, given, wanted] of REPLACED)
  conferencing(`numbers of users are exchanged in bulk: ${why}`, () => {
    const after = invoke(TENANT, ALL_USERS, { NumberType: "Toll", ...given });
    assert.equal(codesOf(after), []);
    const numbers = after.tenant.users
      .slice(2)
      .map((u) => u.audioConferencing?.serviceNumber ?? null);
    assert.equal(numbers, wanted);
    assert.equal(after.tenant.users.slice(0, 2), TENANT.users.slice(0, 2));
  });

conferencing("service numbers are printed with their type", () => {
  const numbers = invoke(TENANT, "Get-CsOnlineDialInConferencingServiceNumber").output;
  assert.equal(
    numbers.map((o) => `${String(o.properties["Number"])} ${String(o.properties["Type"])}`),
    ["+14255550100 Toll", "+14255550199 Toll", "+14255550120 Toll", "+18005550100 TollFree"],
  );
  const [one] = invoke(TENANT, "Get-CsOnlineDialInConferencingServiceNumber", {
    Identity: "tel:+14255550100",
  }).output;
  assert.is(one?.properties["IsDefault"], true);
});

const LANGUAGES = ["en-GB", "fr-FR", "de-DE", "es-ES"];
const SET_NUMBER = "Set-CsOnlineDialInConferencingServiceNumber";
conferencing("a number has one primary and up to four secondary languages", () => {
  const four = {
    Identity: "+14255550100",
    PrimaryLanguage: "en-US",
    SecondaryLanguages: LANGUAGES,
  };
  assert.equal(codesOf(invoke(TENANT, SET_NUMBER, four)), [
    "CMDLET_VALUE_NOT_KEPT",
    "CMDLET_VALUE_NOT_KEPT",
  ]);
  const five = { ...four, SecondaryLanguages: [...LANGUAGES, "it-IT"] };
  assert.equal(codesOf(invoke(TENANT, SET_NUMBER, five)), ["CMDLET_INVALID_VALUE"]);
});

const ORGANIZER = { Identity: "organizer@contoso.com" };
const REFUSED: readonly (readonly [why: string, string, Parameters, ProblemCode])[] = [
  [
    "an operator's number as default",
    BRIDGE,
    { DefaultServiceNumber: "+14255550199" },
    "OCC_DEFAULT_BRIDGE",
  ],
  ["a toll-free default", BRIDGE, { DefaultServiceNumber: "+18005550100" }, "NUMBER_CAPABILITY"],
  [
    "a default not on the bridge",
    BRIDGE,
    { DefaultServiceNumber: "+14255550121" },
    "NUMBER_NOT_FOUND",
  ],
  ["no number", BRIDGE, { DefaultServiceNumber: "front desk" }, "CMDLET_INVALID_VALUE"],
  ["another bridge", BRIDGE, { Name: "Conference Bride" }, "CMDLET_NOT_FOUND"],
  ["a number that is not the tenant's", REGISTER, { Identity: "+14255550177" }, "NUMBER_NOT_FOUND"],
  ["a number for users", REGISTER, { Identity: "+14255550101" }, "NUMBER_CAPABILITY"],
  ["a number of an attendant", REGISTER, { Identity: "+14255550122" }, "NUMBER_ASSIGNED"],
  ["a number that is there", REGISTER, { Identity: "+14255550100" }, "NUMBER_ASSIGNED"],
  ["no identity", REGISTER, {}, "CMDLET_MISSING_PARAMETER"],
  ["a number not on the bridge", UNREGISTER, { Identity: "+14255550121" }, "NUMBER_NOT_FOUND"],
  [
    "a number of a user's invites",
    UNREGISTER,
    { Identity: "+14255550199" },
    "BRIDGE_NUMBER_IN_USE",
  ],
  ["a user without a licence", USER, { Identity: "megan@contoso.com" }, "NUMBER_PREREQ_LICENCE"],
  ["an unknown user", USER, { Identity: "nobody@contoso.com" }, "USER_NOT_FOUND"],
  ["no user", USER, {}, "CMDLET_MISSING_PARAMETER"],
  [
    "a number not on the bridge",
    USER,
    { ...ORGANIZER, ServiceNumber: "+14255550121" },
    "NUMBER_NOT_FOUND",
  ],
  [
    "a toll-free service number",
    USER,
    { ...ORGANIZER, ServiceNumber: "+18005550100" },
    "NUMBER_CAPABILITY",
  ],
  [
    "a toll number as toll-free",
    USER,
    { ...ORGANIZER, TollFreeServiceNumber: "+14255550100" },
    "NUMBER_CAPABILITY",
  ],
  ["no type", ALL_USERS, { FromNumber: null, ToNumber: null }, "CMDLET_MISSING_PARAMETER"],
  [
    "a wrong type",
    ALL_USERS,
    { FromNumber: null, ToNumber: null, NumberType: "Free" },
    "CMDLET_INVALID_VALUE",
  ],
  [
    "an unknown new number",
    ALL_USERS,
    { FromNumber: null, ToNumber: "+14255550121", NumberType: "Toll" },
    "NUMBER_NOT_FOUND",
  ],
];
for (const [why, cmdlet, given, code] of REFUSED)
  conferencing(`${cmdlet} is refused: ${why}`, () => {
    assert.equal(codesOf(invoke(TENANT, cmdlet, given)), [code]);
  });

conferencing("a tenant without a bridge prints none and changes none", () => {
  const none: Tenant = { ...TENANT, conferencingBridge: null };
  assert.equal(invoke(none, "Get-CsOnlineDialInConferencingBridge").output, []);
  assert.equal(codesOf(invoke(none, BRIDGE, { DefaultServiceNumber: "+14255550120" })), [
    "CMDLET_NOT_FOUND",
  ]);
});

conferencing.run();
