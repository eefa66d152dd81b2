import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { revisionOf } from "../../engine/model/revision.ts";
import { EMPTY_TENANT } from "../../engine/model/tenant.ts";
import { EXPORTS, filesOf, readFiles, tenantOf, told } from "./exported-tenant.ts";

const folder = suite("export folder");
const json = (value: unknown): string => JSON.stringify(value);

folder("users have licences, numbers, groups and policies from all files together", async () => {
  const { users } = await tenantOf(filesOf("json"));
  const [megan, adele, lobby] = users;
  assert.equal(users.length, 3);
  assert.equal(megan?.licenses, ["TeamsPhone", "AudioConferencing"]);
  assert.is(megan?.onlineVoiceRoutingPolicy, "US Only");
  assert.is(megan?.tenantDialPlan, "Redmond");
  assert.is(megan?.numberType, "OperatorConnect");
  assert.is(megan?.onPremLineUri, null);
  assert.equal(megan?.audioConferencing, {
    serviceNumber: "+14255550100",
    tollFreeServiceNumber: "+18005550100",
  });
  assert.equal(adele?.licenses, ["TeamsPhone", "CallingPlanInternational"]);
  assert.is(adele?.onPremLineUri, "tel:+442079460123;ext=123");
  assert.equal(adele?.groups, ["9d000000-0000-4000-8000-000000000001"]);
  assert.equal(adele?.effectivePolicyAssignments, [
    {
      policyType: "OnlineVoiceRoutingPolicy",
      policyName: "International",
      assignmentType: "Group",
      groupId: "9d000000-0000-4000-8000-000000000001",
    },
  ]);
  assert.equal(lobby?.groups, ["9d000000-0000-4000-8000-000000000001"], "from operators.yaml");
});

folder("a resource account is no user although Get-CsOnlineUser lists it", async () => {
  const { resourceAccounts, callingLineIdentities } = await tenantOf(filesOf("json"));
  assert.equal(
    resourceAccounts.map((account) => [
      account.userPrincipalName,
      account.application,
      account.licenses,
      account.onlineVoiceRoutingPolicy,
      account.numberType,
    ]),
    [
      [
        "attendant@contoso.com",
        "AutoAttendant",
        ["TeamsPhoneResourceAccount"],
        "US Only",
        "CallingPlan",
      ],
    ],
  );
  assert.is(callingLineIdentities[1]?.resourceAccount, "attendant@contoso.com");
});

folder(
  "numbers name those who have them, and their operators by the ids of operators.yaml",
  async () => {
    const { phoneNumbers, conferencingBridge } = await tenantOf(filesOf("json"));
    assert.equal(
      phoneNumbers.map((n) => [n.telephoneNumber, n.operator, n.assignedPstnTargetId, n.tollFree]),
      [
        ["+14255550101", "pure-ip", "megan@contoso.com", false],
        ["+442079460123", null, "adelev@contoso.com", false],
        ["+14255550107", null, "attendant@contoso.com", false],
        ["+14255550108", null, null, false],
        ["+14255550100", null, "bridge", false],
        ["+18005550100", null, "bridge", true],
        ["+14255550199", "pure-ip", "bridge", false],
      ],
    );
    assert.is(conferencingBridge?.defaultServiceNumber, "+14255550100");
  },
);

folder("an effective dial plan without the tenant's rules is the country's", async () => {
  const { serviceCountryDialPlans } = await tenantOf(filesOf("json"));
  assert.equal(
    serviceCountryDialPlans.map((p) => [p.country, p.normalizationRules.map(({ name }) => name)]),
    [
      ["US", ["US_International"]],
      ["GB", ["GB_International"]],
    ],
  );
});

folder("oddities of single users, numbers and accounts do not refuse the export", async () => {
  const read = await readFiles([
    [
      "Get-CsOnlineUser.json",
      json([
        {
          UserPrincipalName: "a@contoso.com",
          DisplayName: `A\u0007${"b".repeat(2_000)}`,
          UsageLocation: "Elsewhere",
          TeamsUpgradeEffectiveMode: "Unknown",
          EffectivePolicyAssignments: [{ PolicyType: "X" }, { PolicyName: "Y", PolicyType: "Z" }],
        },
      ]),
    ],
    [
      "Get-CsPhoneNumberAssignment.json",
      json([
        { TelephoneNumber: "+14255550101", NumberType: "Satellite" },
        { TelephoneNumber: "+14255550102", NumberType: "OCMobile", Capability: ["Geographic"] },
        { TelephoneNumber: "+14255550102", NumberType: "OCMobile" },
      ]),
    ],
    [
      "Get-CsOnlineApplicationInstance.json",
      json({ UserPrincipalName: "bot@contoso.com", ApplicationId: "another" }),
    ],
    [
      "Get-CsOnlineLisCivicAddress.json",
      json({ CivicAddressId: "c1", CountryOrRegion: "us", Description: "Old hall" }),
    ],
  ]);
  assert.ok(read.ok, told(read).join("\n"));
  const { users, phoneNumbers, resourceAccounts, emergencyAddresses } = read.value;
  assert.match(users[0]?.displayName ?? "", /^A b+$/);
  assert.equal(users[0]?.effectivePolicyAssignments, []);
  assert.equal(
    phoneNumbers.map((n) => [n.telephoneNumber, n.numberType, n.capability]),
    [["+14255550102", "TeamsPhoneMobile", []]],
  );
  assert.is(resourceAccounts[0]?.application, "AutoAttendant");
  assert.is(emergencyAddresses[0]?.companyName, "Old hall");
  assert.equal(
    told(read).map((line) => /\w+ is "\w+"/.exec(line)?.[0]),
    [
      'UsageLocation is "Elsewhere"',
      'TeamsUpgradeEffectiveMode is "Unknown"',
      'ApplicationId is "another"',
      'NumberType is "Satellite"',
    ],
  );
});

folder("priorities are kept as exported, equal ones too", async () => {
  const route = { NumberPattern: "x", OnlinePstnUsages: [] };
  const { onlineVoiceRoutes } = await tenantOf([
    [
      "get-csonlinevoiceroute.JSON",
      json([
        { ...route, Identity: "A", Priority: 7 },
        { ...route, Name: "B", Priority: "7" },
      ]),
    ],
  ]);
  assert.equal(
    onlineVoiceRoutes.map(({ identity, priority }) => [identity, priority]),
    [
      ["A", 7],
      ["B", 7],
    ],
  );
});

const POLICIES: readonly (readonly [written: unknown, read: string | null])[] = [
  [null, null],
  ["", null],
  ["Sales", "Sales"],
  ["Tag:Sales", "Sales"],
  ["Global", null],
  [{ Name: "Sales", Authority: "Tenant" }, "Sales"],
  [{ Name: null, Authority: null }, null],
  [{ Name: "Tag:Sales" }, "Sales"],
];

for (const [written, read] of POLICIES) {
  folder(`a user's policy written ${json(written)} is ${read}`, async () => {
    const user = { UserPrincipalName: "megan@contoso.com", OnlineVoiceRoutingPolicy: written };
    const tenant = await tenantOf([
      ["Get-CsOnlineUser.json", json(user)],
      ["Get-CsOnlineVoiceRoutingPolicy.json", json({ Identity: "Tag:Sales" })],
    ]);
    assert.is(tenant.users[0]?.onlineVoiceRoutingPolicy, read);
  });
}

folder("a list that was joined with blanks is taken apart by the names that exist", async () => {
  const { onlineVoiceRoutingPolicies } = await tenantOf([
    ["Get-CsOnlinePstnUsage.json", json({ Usage: ["US Long Distance", "US", "Long Distance UK"] })],
    [
      "Get-CsOnlineVoiceRoutingPolicy.json",
      json({ Identity: "P", OnlinePstnUsages: "US US Long Distance Long Distance UK" }),
    ],
  ]);
  const policy = onlineVoiceRoutingPolicies.find(({ identity }) => identity === "P");
  assert.equal(policy?.onlinePstnUsages, ["US", "US Long Distance", "Long Distance UK"]);
});

folder("what is named and not exported is added, and told with its place", async () => {
  const read = await readFiles([
    [
      "Get-CsOnlineVoiceRoute.json",
      `[\n  {"Identity": "A", "NumberPattern": "x",\n   "OnlinePstnGatewayList": ["carrier.example.com"]}\n]`,
    ],
    ["Get-CsOnlinePSTNGateway.json", "[]"],
  ]);
  assert.ok(read.ok);
  assert.equal(
    read.value.onlinePstnGateways.map(({ identity, derived }) => [identity, derived]),
    [["carrier.example.com", true]],
  );
  assert.equal(told(read), [
    "Get-CsOnlineVoiceRoute.json:3:4 warning EXPORT_ASSUMED PSTN gateway carrier.example.com is named here but not exported; it is taken for a derived trunk of a carrier, in service. Fix: export it, or describe it under onlinePstnGateways in operators.yaml",
  ]);
});

folder("a value that is not understood counts as absent and is told with its place", async () => {
  const users = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
    UserPrincipalName: `u${n}@contoso.com`,
    LineURI: "sip:someone",
  }));
  const read = await readFiles([["Get-CsOnlineUser.json", JSON.stringify(users, null, 1)]]);
  assert.ok(read.ok);
  assert.is(read.value.users[0]?.lineUri, null);
  const lines = told(read);
  assert.is(lines.length, 6);
  assert.match(
    lines[0] ?? "",
    /^Get-CsOnlineUser\.json:4:3 warning EXPORT_NOT_UNDERSTOOD LineUri is "sip:someone"/,
  );
  assert.match(lines[5] ?? "", /2 more values of LineUri/);
});

folder("properties and files that nobody reads are told once", async () => {
  const read = await readFiles([
    ["Get-CsOnlinePstnUsage.json", json({ Identity: "Global", Usage: ["UK"], Colour: "red" })],
    ["Get-CsTeamsMeetingPolicy.json", "[]"],
    ["notes.docx", "x"],
  ]);
  assert.ok(read.ok);
  const infos = read.problems.filter(({ code }) => code === "EXPORT_NOT_READ");
  assert.equal(
    infos.map(({ what }) => what),
    [
      "not read: Get-CsTeamsMeetingPolicy.json, notes.docx",
      "of the objects of Get-CsOnlinePstnUsage, outdial does not read Colour",
    ],
  );
});

const REFUSED: readonly (readonly [what: string, files: [string, string][], line: RegExp])[] = [
  [
    "JSON that ends early",
    [["Get-CsOnlinePstnUsage.json", `{ "Usage": [`]],
    /^Get-CsOnlinePstnUsage\.json:1:13 error TENANT_SYNTAX expected a value/,
  ],
  [
    "a key that stands twice",
    [["Get-CsOnlineVoiceRoute.json", `[{ "Identity": "A",\n "Identity": "B" }]`]],
    /^Get-CsOnlineVoiceRoute\.json:2:2 error TENANT_SYNTAX key Identity stands here twice/,
  ],
  [
    "a route without a pattern",
    [["Get-CsOnlineVoiceRoute.json", `[{ "Identity": "A" }]`]],
    /^Get-CsOnlineVoiceRoute\.json:1:2 error TENANT_MISSING_KEY onlineVoiceRoutes\[0\] lacks numberPattern/,
  ],
  [
    "a priority that is none",
    [
      [
        "Get-CsOnlineVoiceRoute.json",
        `[{ "Identity": "A", "NumberPattern": "x", "Priority": -1 }]`,
      ],
    ],
    /^Get-CsOnlineVoiceRoute\.json:1:43 error TENANT_INVALID_VALUE onlineVoiceRoutes\[0\]\.priority/,
  ],
  [
    "a list that Export-Csv wrote as its type",
    [
      [
        "Get-CsOnlinePstnUsage.csv",
        `"Identity","Usage"\n"Global","System.Collections.Generic.List\`1[System.String]"`,
      ],
    ],
    /^Get-CsOnlinePstnUsage\.csv:2:1 error TENANT_INVALID_VALUE Usage is "System/,
  ],
  [
    "a list that Format-List ended in dots",
    [["Get-CsOnlineVoiceRoutingPolicy.txt", "Identity : X\nOnlinePstnUsages : {A, B, C...}"]],
    /^Get-CsOnlineVoiceRoutingPolicy\.txt:2:1 error TENANT_INVALID_VALUE OnlinePstnUsages/,
  ],
  [
    "two files of the same objects",
    [
      ["VoiceRoutes.txt", "[]"],
      ["Get-CsOnlineVoiceRoute.json", "[]"],
    ],
    /hold the same objects/,
  ],
  [
    "an operators.yaml with a key that is no key of a tenant",
    [
      ["Get-CsOnlineVoiceRoute.json", "[]"],
      ["operators.yaml", "operatorz: []"],
    ],
    /^operators\.yaml:1:1 error TENANT_UNKNOWN_KEY/,
  ],
  [
    "a wrong value in operators.yaml",
    [
      ["Get-CsOnlinePSTNGateway.json", `[{ "Identity": "sbc1.contoso.com" }]`],
      ["operators.yaml", "onlinePstnGateways:\n  - identity: sbc1.contoso.com\n    enabled: maybe"],
    ],
    /^operators\.yaml:3:14 error TENANT_INVALID_VALUE/,
  ],
  [
    "CSV with an open quote",
    [["Get-CsOnlineVoiceRoute.csv", `"Identity","NumberPattern"\n"A","x`]],
    /^Get-CsOnlineVoiceRoute\.csv:\d:1 error TENANT_SYNTAX this is no CSV/,
  ],
  [
    "a list with a line that is no property",
    [["Get-CsOnlineVoiceRoute.txt", `Identity : A\n\nwhat is this`]],
    /^Get-CsOnlineVoiceRoute\.txt:3:1 error TENANT_SYNTAX/,
  ],
  [
    "a screen of Format-Table",
    [
      [
        "Get-CsOnlineVoiceRoute.txt",
        `\nIdentity NumberPattern\n-------- -------------\nA        x\n`,
      ],
    ],
    /^Get-CsOnlineVoiceRoute\.txt:\d:\d error TENANT_SYNTAX/,
  ],
];

for (const [what, files, line] of REFUSED) {
  folder(`${what} refuses the whole export`, async () => {
    const read = await readFiles(files);
    assert.not(read.ok);
    assert.not(read.problems.some(({ code }) => code === "EXPORT_FILE_MISSING"));
    assert.ok(
      told(read).some((one) => line.test(one)),
      told(read).join("\n"),
    );
  });
}

folder("files without any object make the empty tenant", async () => {
  const tenant = await tenantOf([
    ["Get-CsOnlineVoiceRoute.json", ""],
    ["Get-CsOnlineUser.json", "[]"],
    ["Get-CsTenantDialPlan.json", "null"],
    ["Get-CsOnlinePSTNGateway.csv", ""],
  ]);
  assert.is(revisionOf(tenant), revisionOf(EMPTY_TENANT));
});

folder("an unreadable file of a folder refuses the folder", async () => {
  const loaded = await loadTenant(join(EXPORTS, "csv", "Get-CsOnlineVoiceRoute.csv"));
  assert.not(loaded.ok);
  assert.is(loaded.problems[0]?.code, "TENANT_UNSUPPORTED_SOURCE");
});

folder.run();
