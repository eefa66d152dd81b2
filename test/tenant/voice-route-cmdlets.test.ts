import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, table } from "./invoke.ts";

const routes = suite("voice route cmdlets");
const NEW = "New-CsOnlineVoiceRoute";
const SET = "Set-CsOnlineVoiceRoute";

const WITH_GATEWAYS = invokeAll(
  CONTOSO,
  ["New-CsOnlinePSTNGateway", { Identity: "sbc1.contoso.com", SipSignalingPort: 5067 }],
  ["New-CsOnlinePSTNGateway", { Identity: "sbc2.contoso.com", SipSignalingPort: "5061" }],
);

const FULL: Parameters = {
  Identity: "UK",
  OnlinePstnUsages: "UK",
  OnlinePstnGatewayList: "sbc1.contoso.com",
};

function priorities(tenant: Tenant): string {
  return tenant.onlineVoiceRoutes.map((r) => `${r.identity}${r.priority}`).join(" ");
}

routes("a route with nothing but a name has the documented defaults and two warnings", () => {
  const result = invoke(CONTOSO, NEW, { Identity: "Plain" });
  assert.equal(codesOf(result), ["ROUTE_NO_USAGE", "ROUTE_NO_TARGET"]);
  assert.equal(result.tenant.onlineVoiceRoutes, [
    {
      identity: "Plain",
      priority: 0,
      numberPattern: "[0-9]{10}",
      onlinePstnUsages: [],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: null,
    },
  ]);
});

routes("New- prints the route it made as Get- would, Set- and Remove- print nothing", () => {
  const made = invoke(WITH_GATEWAYS, NEW, { ...FULL, Priority: 7 });
  assert.equal(made.output, invoke(made.tenant, "Get-CsOnlineVoiceRoute").output);
  assert.is(made.output[0]?.properties["Identity"], "UK");
  assert.equal(invoke(made.tenant, SET, { Identity: "UK", Priority: 3 }).output, []);
  assert.equal(invoke(made.tenant, "Remove-CsOnlineVoiceRoute", { Identity: "UK" }).output, []);
});

routes("no cmdlet makes what a tenant file may not hold", () => {
  const refused = (cmdlet: string, parameters: Parameters): void =>
    assert.equal(codesOf(invoke(CONTOSO, cmdlet, parameters)), ["CMDLET_INVALID_VALUE"]);
  refused(NEW, { Identity: "A".repeat(257) });
  refused(NEW, { Identity: "A\u001b" });
  refused(NEW, { Identity: "A", Description: "x".repeat(4097) });
  refused("Set-CsOnlinePstnUsage", { Usage: table({ Add: ["UK\n"] }) });
  const gateway = { Identity: "sbc9.contoso.com", SipSignalingPort: 5061 };
  refused("New-CsOnlinePSTNGateway", { ...gateway, FailoverResponseCodes: "302" });
  refused("New-CsOnlinePSTNGateway", { ...gateway, FailoverTimeSeconds: 86_401 });
});

routes("policies and gateways are printed by New- too, and by no Set- or Grant-", () => {
  for (const noun of ["CsOnlineVoiceRoutingPolicy", "CsOnlineAudioConferencingRoutingPolicy"]) {
    const made = invoke(CONTOSO, `New-${noun}`, { Identity: "Sales", OnlinePstnUsages: "UK" });
    assert.is(made.output[0]?.properties["Identity"], "Tag:Sales");
    const grant = { Identity: "megan@contoso.com", PolicyName: "Sales" };
    assert.equal(invoke(made.tenant, `Grant-${noun}`, grant).output, []);
    assert.equal(invoke(made.tenant, `Set-${noun}`, { Description: "all" }).output, []);
  }
  const gateway = { Identity: "sbc9.contoso.com", SipSignalingPort: 5067 };
  const made = invoke(CONTOSO, "New-CsOnlinePSTNGateway", gateway);
  assert.is(made.output[0]?.properties["Fqdn"], "sbc9.contoso.com");
});

routes(
  "a full route has no warning, and its references take the spelling of what they name",
  () => {
    const result = invoke(WITH_GATEWAYS, NEW, {
      Name: "UK",
      NumberPattern: "^\\+44",
      OnlinePstnUsages: ["uk"],
      OnlinePstnGatewayList: table({ Add: ["SBC2.contoso.com", "sbc1.contoso.com"] }),
      Description: "London",
      Priority: "7",
    });
    assert.equal(result.problems, []);
    assert.equal(result.tenant.onlineVoiceRoutes[0], {
      identity: "UK",
      priority: 7,
      numberPattern: "^\\+44",
      onlinePstnUsages: ["UK"],
      onlinePstnGatewayList: ["sbc2.contoso.com", "sbc1.contoso.com"],
      bridgeSourcePhoneNumber: null,
      description: "London",
    });
  },
);

routes("a taken priority is inserted: it and those that follow without a gap move up", () => {
  const ab = invokeAll(CONTOSO, [NEW, { Identity: "A" }], [NEW, { Identity: "B" }]);
  assert.is(priorities(ab), "A0 B1");
  assert.is(priorities(invoke(ab, NEW, { Identity: "C", Priority: 1 }).tenant), "A0 B2 C1");
  assert.is(priorities(invoke(ab, NEW, { Identity: "C", Priority: 5 }).tenant), "A0 B1 C5");
  const gap = invokeAll(ab, [NEW, { Identity: "C", Priority: 5 }], [NEW, { Identity: "D" }]);
  assert.is(priorities(gap), "A0 B1 C5 D6");
  assert.is(priorities(invoke(gap, SET, { Identity: "D", Priority: 0 }).tenant), "A1 B2 C5 D0");
  assert.is(priorities(invoke(gap, SET, { Identity: "A", Priority: 0 }).tenant), "A0 B1 C5 D6");
  const ones = invokeAll(
    CONTOSO,
    [NEW, { Identity: "X", Priority: 1 }],
    [NEW, { Identity: "Y", Priority: 1 }],
    [NEW, { Identity: "Z", Priority: 1 }],
  );
  assert.is(priorities(ones), "X3 Y2 Z1");
});

routes("equal priorities of an imported tenant stay equal when they move", () => {
  const two = invokeAll(CONTOSO, [NEW, { Identity: "A" }], [NEW, { Identity: "B" }]);
  const equal: Tenant = {
    ...two,
    onlineVoiceRoutes: two.onlineVoiceRoutes.map((route) => ({ ...route, priority: 1 })),
  };
  assert.is(priorities(invoke(equal, NEW, { Identity: "C", Priority: 1 }).tenant), "A2 B2 C1");
  assert.is(priorities(invoke(equal, SET, { Identity: "A", Description: "x" }).tenant), "A1 B1");
});

routes("there is no room behind the largest priority", () => {
  const last = invokeAll(CONTOSO, [NEW, { Identity: "A", Priority: 2_147_483_647 }]);
  assert.equal(codesOf(invoke(last, NEW, { Identity: "B" })), ["CMDLET_INVALID_VALUE"]);
  assert.equal(codesOf(invoke(last, NEW, { Identity: "B", Priority: 2_147_483_647 })), [
    "CMDLET_INVALID_VALUE",
  ]);
  assert.equal(codesOf(invoke(last, SET, { Identity: "A", Priority: 2_147_483_647 })), [
    "ROUTE_NO_USAGE",
    "ROUTE_NO_TARGET",
  ]);
});

const REFUSED: readonly (readonly [
  why: string,
  change: Parameters,
  code: ProblemCode,
  hint: RegExp,
])[] = [
  [
    "an unknown usage",
    { OnlinePstnUsages: "Internatonal" },
    "ROUTE_UNKNOWN_USAGE",
    /"International"/,
  ],
  [
    "an unknown gateway",
    { OnlinePstnGatewayList: "sbc3.contoso.com" },
    "ROUTE_UNKNOWN_GATEWAY",
    /sbc/,
  ],
  ["a negative priority", { Priority: -1 }, "CMDLET_INVALID_VALUE", /-Priority 0/],
  ["a priority in words", { Priority: "first" }, "CMDLET_INVALID_VALUE", /whole number/],
  ["an unknown parameter", { Prioritie: 1 }, "CMDLET_UNKNOWN_PARAMETER", /"-Priority"/],
  [
    "a bad key of a list",
    { OnlinePstnUsages: table({ Ad: "UK" }) },
    "CMDLET_INVALID_VALUE",
    /"Add"/,
  ],
  [
    "Replace beside Add",
    { OnlinePstnUsages: table({ Replace: "UK", Add: "UK" }) },
    "CMDLET_INVALID_VALUE",
    /alone/,
  ],
  ["an empty usage", { OnlinePstnUsages: [""] }, "CMDLET_INVALID_VALUE", /\$null/],
  ["an array as a name", { Description: ["a", "b"] }, "CMDLET_INVALID_VALUE", /one text/],
  ["a name beside the identity", { Name: "UK" }, "CMDLET_CONFLICTING_PARAMETERS", /-Name/],
  [
    "a bridge number that is no number",
    { OnlinePstnGatewayList: null, BridgeSourcePhoneNumber: "the bridge" },
    "CMDLET_INVALID_VALUE",
    /\+1425/,
  ],
  [
    "a bridge number beside gateways",
    { BridgeSourcePhoneNumber: "+14255550199" },
    "ROUTE_BRIDGE_AND_GATEWAY",
    /keep one/,
  ],
  [
    "a bridge number of Microsoft's",
    { OnlinePstnGatewayList: null, BridgeSourcePhoneNumber: "+14255550100" },
    "ROUTE_BRIDGE_NOT_OCC",
    /\+14255550199/,
  ],
  [
    "an operator's number for users",
    { OnlinePstnGatewayList: null, BridgeSourcePhoneNumber: "+14255550101" },
    "ROUTE_BRIDGE_NOT_OCC",
    /\+14255550199/,
  ],
  [
    "an operator's conferencing number that is not on the bridge",
    { OnlinePstnGatewayList: null, BridgeSourcePhoneNumber: "+14255550198" },
    "ROUTE_BRIDGE_NOT_ON_BRIDGE",
    /add the number/,
  ],
  ["an open bracket", { NumberPattern: "^\\+44(20" }, "REGEX_INVALID", /./],
  ["an empty pattern", { NumberPattern: null }, "CMDLET_INVALID_VALUE", /every number/],
  [
    "a pattern past the compiler's budgets",
    { NumberPattern: "\\d{9}".repeat(900) },
    "REGEX_TOO_COMPLEX",
    /./,
  ],
  ["a back-reference", { NumberPattern: "(\\d)\\1" }, "REGEX_UNSUPPORTED", /./],
];

for (const [why, change, code, hint] of REFUSED)
  routes(`a new route with ${why} is refused with ${code}, and so is the change of one`, () => {
    const made = invoke(WITH_GATEWAYS, NEW, { ...FULL, ...change });
    assert.equal(codesOf(made), [code]);
    assert.match(made.problems[0]?.hint ?? "", hint);
    assert.equal(made.problems[0]?.at, { file: "script.ps1", line: 3, column: 1 });
    const there = invokeAll(WITH_GATEWAYS, [NEW, FULL]);
    assert.equal(codesOf(invoke(there, SET, { Identity: "UK", ...change })), [code]);
  });

routes("a bridge number is taken with or without + and tel:, and cleared by $null", () => {
  for (const written of ["+14255550199", "14255550199", "tel:+14255550199"]) {
    const result = invoke(CONTOSO, NEW, {
      Identity: "Bridge",
      OnlinePstnUsages: "UK",
      BridgeSourcePhoneNumber: written,
    });
    assert.equal(result.problems, []);
    assert.is(result.tenant.onlineVoiceRoutes[0]?.bridgeSourcePhoneNumber, "+14255550199");
    const cleared = invoke(result.tenant, SET, {
      Identity: "bridge",
      BridgeSourcePhoneNumber: null,
    });
    assert.equal(codesOf(cleared), ["ROUTE_NO_TARGET"]);
    assert.is(cleared.tenant.onlineVoiceRoutes[0]?.bridgeSourcePhoneNumber, null);
  }
});

const BRIDGE: Parameters = {
  Identity: "Bridge",
  OnlinePstnUsages: "UK",
  BridgeSourcePhoneNumber: "+14255550199",
};

routes("the command that mixes bridge and gateway routes in one usage is refused", () => {
  const bridge = invokeAll(WITH_GATEWAYS, [NEW, BRIDGE]);
  assert.equal(codesOf(invoke(bridge, NEW, FULL)), ["USAGE_MIXED_BRIDGE"]);
  const apart = invoke(bridge, NEW, { ...FULL, OnlinePstnUsages: "International" });
  assert.equal(apart.problems, []);
  const joined = { Identity: "UK", OnlinePstnUsages: table({ Add: "UK" }) };
  assert.equal(codesOf(invoke(apart.tenant, SET, joined)), ["USAGE_MIXED_BRIDGE"]);
});

routes("the command that brings a bridge usage into a voice routing policy is refused", () => {
  const bridge = invokeAll(WITH_GATEWAYS, [NEW, BRIDGE]);
  const policy = { Identity: "London", OnlinePstnUsages: "UK" };
  assert.equal(codesOf(invoke(bridge, "New-CsOnlineVoiceRoutingPolicy", policy)), [
    "USAGE_BRIDGE_IN_OVRP",
  ]);
  assert.equal(codesOf(invoke(bridge, "New-CsOnlineAudioConferencingRoutingPolicy", policy)), []);
  const voice = invokeAll(WITH_GATEWAYS, ["New-CsOnlineVoiceRoutingPolicy", policy]);
  assert.equal(codesOf(invoke(voice, NEW, BRIDGE)), ["USAGE_BRIDGE_IN_OVRP"]);
});

routes("a mixture that was imported does not stand in the way of other changes", () => {
  const bridge = invokeAll(WITH_GATEWAYS, [NEW, BRIDGE], [NEW, { ...FULL, OnlinePstnUsages: [] }]);
  const mixed: Tenant = {
    ...bridge,
    onlineVoiceRoutes: bridge.onlineVoiceRoutes.map((r) => ({ ...r, onlinePstnUsages: ["UK"] })),
  };
  assert.equal(codesOf(invoke(mixed, SET, { Identity: "UK", Description: "x" })), []);
});

routes("Set changes what is given and nothing else", () => {
  const tenant = invokeAll(WITH_GATEWAYS, [NEW, { ...FULL, Description: "London" }]);
  const result = invoke(tenant, SET, {
    Identity: "uk",
    OnlinePstnGatewayList: table({ Add: "sbc1.contoso.com", Remove: "sbc2.contoso.com" }),
  });
  assert.equal(codesOf(result), ["LIST_DUPLICATE", "LIST_NOT_PRESENT"]);
  assert.equal(result.tenant, tenant);
});

routes(
  "a second route of a name is refused, an unknown one cannot be changed, shown or removed",
  () => {
    const tenant = invokeAll(WITH_GATEWAYS, [NEW, FULL]);
    assert.equal(codesOf(invoke(tenant, NEW, { Identity: "uk" })), ["CMDLET_ALREADY_EXISTS"]);
    assert.equal(codesOf(invoke(tenant, NEW, {})), ["CMDLET_MISSING_PARAMETER"]);
    for (const verb of ["Set", "Get", "Remove"]) {
      const result = invoke(tenant, `${verb}-CsOnlineVoiceRoute`, { Identity: "U" });
      assert.equal(codesOf(result), ["CMDLET_NOT_FOUND"]);
    }
  },
);

routes("Get prints in order of priority, by name or wildcard; Remove takes one away", () => {
  const tenant = invokeAll(
    WITH_GATEWAYS,
    [NEW, FULL],
    [NEW, { Identity: "Ukraine", Priority: 0 }],
    [NEW, { Identity: "France" }],
  );
  const names = (parameters: Parameters): unknown =>
    invoke(tenant, "Get-CsOnlineVoiceRoute", parameters).output.map((o) => o.properties["Name"]);
  assert.equal(names({}), ["Ukraine", "UK", "France"]);
  assert.equal(names({ Filter: "uk*" }), ["Ukraine", "UK"]);
  assert.equal(names({ Filter: "?K" }), ["UK"]);
  assert.equal(names({ Identity: "france" }), ["France"]);
  assert.equal(invoke(tenant, "Get-CsOnlineVoiceRoute", { Identity: "UK" }).output[0]?.properties, {
    Identity: "UK",
    Priority: 1,
    Description: null,
    NumberPattern: "[0-9]{10}",
    OnlinePstnUsages: ["UK"],
    OnlinePstnGatewayList: ["sbc1.contoso.com"],
    BridgeSourcePhoneNumber: null,
    Name: "UK",
  });
  const object = invoke(tenant, "Get-CsOnlineVoiceRoute", { Identity: "UK" }).output[0];
  const removed = invoke(tenant, "Remove-CsOnlineVoiceRoute", { Identity: object ?? null });
  assert.is(priorities(removed.tenant), "Ukraine0 France2");
});

routes.run();
