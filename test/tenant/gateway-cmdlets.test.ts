import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { GATEWAY_DEFAULTS } from "../../engine/model/voice-routing.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, table } from "./invoke.ts";

const gateways = suite("gateway cmdlets");
const NEW = "New-CsOnlinePSTNGateway";
const SET = "Set-CsOnlinePSTNGateway";
const SBC: Parameters = { Identity: "sbc1.contoso.com", SipSignalingPort: 5067 };

const WITH_RULES: Tenant = {
  ...CONTOSO,
  teamsTranslationRules: [
    { identity: "Strip", pattern: "^\\+(\\d+)$", translation: "$1", description: null },
  ],
};

gateways("a new gateway has the documented defaults: it is not even enabled", () => {
  const result = invoke(CONTOSO, NEW, SBC);
  assert.equal(result.problems, []);
  assert.equal(result.tenant.onlinePstnGateways, [
    {
      ...GATEWAY_DEFAULTS,
      identity: "sbc1.contoso.com",
      sipSignalingPort: 5067,
    },
  ]);
  // WHY spelt out: these are Microsoft's documented defaults, and nobody else checks ours.
  const { enabled, failoverResponseCodes, failoverTimeSeconds, sendSipOptions } = GATEWAY_DEFAULTS;
  assert.equal(enabled, false);
  assert.equal(failoverResponseCodes, [408, 503, 504]);
  assert.equal(failoverTimeSeconds, 10);
  assert.equal(sendSipOptions, true);
});

gateways("every value is kept and printed as the service prints it", () => {
  const made = invoke(WITH_RULES, NEW, {
    Fqdn: "SBC2.contoso.com",
    SipSignalingPort: "5061",
    Enabled: "True",
    FailoverResponseCodes: "408,503, 504 606",
    FailoverTimeSeconds: 20,
    MaxConcurrentSessions: 100,
    ForwardCallHistory: true,
    ForwardPai: true,
    SendSipOptions: false,
    MediaBypass: 1,
    Description: "London",
    OutboundTeamsNumberTranslationRules: "strip",
    BypassMode: "always",
    IPAddressVersion: "ipv4",
    PidfLoSupported: true,
    GatewaySiteId: "London",
    GatewaySiteLbrEnabled: true,
    GatewayLbrEnabledUserOverride: true,
    MediaRelayRoutingLocationOverride: "GB",
    ProxySbc: "proxy.contoso.com",
  });
  assert.equal(codesOf(made), []);
  const shown = invoke(made.tenant, "Get-CsOnlinePSTNGateway", { Identity: "sbc2.contoso.com" });
  assert.equal(shown.output[0]?.properties, {
    Identity: "SBC2.contoso.com",
    Fqdn: "SBC2.contoso.com",
    SipSignalingPort: 5061,
    FailoverTimeSeconds: 20,
    ForwardCallHistory: true,
    ForwardPai: true,
    SendSipOptions: false,
    MaxConcurrentSessions: 100,
    Enabled: true,
    MediaBypass: true,
    BypassMode: "Always",
    IPAddressVersion: "IPv4",
    PidfLoSupported: true,
    GatewaySiteId: "London",
    GatewaySiteLbrEnabled: true,
    GatewayLbrEnabledUserOverride: true,
    MediaRelayRoutingLocationOverride: "GB",
    ProxySbc: "proxy.contoso.com",
    FailoverResponseCodes: "408, 503, 504, 606",
    Description: "London",
    InboundTeamsNumberTranslationRules: [],
    InboundPstnNumberTranslationRules: [],
    OutboundTeamsNumberTranslationRules: ["Strip"],
    OutboundPstnNumberTranslationRules: [],
  });
  const unlimited = invoke(made.tenant, SET, {
    Identity: "sbc2.contoso.com",
    MaxConcurrentSessions: null,
    Enabled: false,
    OutboundTeamsNumberTranslationRules: table({ Remove: "Strip" }),
  });
  const [gateway] = unlimited.tenant.onlinePstnGateways;
  assert.is(gateway?.maxConcurrentSessions, null);
  assert.is(gateway?.enabled, false);
  assert.equal(gateway?.outboundTeamsNumberTranslationRules, []);
  assert.is(gateway?.description, "London");
});

const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode, what: RegExp])[] = [
  [
    "IPv6 and media bypass",
    { IPAddressVersion: "IPv6", MediaBypass: true },
    "CMDLET_CONFLICTING_PARAMETERS",
    /only without media bypass$/,
  ],
  ["an unknown bypass mode", { BypassMode: "Alwys" }, "CMDLET_INVALID_VALUE", /"Alwys"$/],
  ["an unknown IP version", { IPAddressVersion: "IPv5" }, "CMDLET_INVALID_VALUE", /"IPv5"$/],
  [
    "a foreign domain",
    { Identity: "sbc1.fabrikam.com" },
    "GATEWAY_UNKNOWN_DOMAIN",
    /^Can not use the "sbc1\.fabrikam\.com" domain as it was not configured for this tenant$/,
  ],
  [
    "a name that only ends alike",
    { Identity: "sbc1.mycontoso.com" },
    "GATEWAY_UNKNOWN_DOMAIN",
    /./,
  ],
  ["the bare domain", { Identity: "contoso.com" }, "GATEWAY_UNKNOWN_DOMAIN", /./],
  [
    "a name of the service",
    { Identity: "contoso.onmicrosoft.com" },
    "GATEWAY_UNKNOWN_DOMAIN",
    /onmicrosoft/,
  ],
  ["an address", { Identity: "sbc_1" }, "CMDLET_INVALID_VALUE", /host name/],
  [
    "a name of 64 characters",
    { Identity: `${"s".repeat(52)}.contoso.com` },
    "CMDLET_INVALID_VALUE",
    /63/,
  ],
  ["no name", { Identity: "" }, "CMDLET_MISSING_PARAMETER", /-Identity/],
  ["two names", { Fqdn: "sbc1.contoso.com" }, "CMDLET_CONFLICTING_PARAMETERS", /-Fqdn/],
  ["port 0", { SipSignalingPort: 0 }, "CMDLET_INVALID_VALUE", /SipSignalingPort cannot be 0/],
  ["port 65536", { SipSignalingPort: 65_536 }, "CMDLET_INVALID_VALUE", /65536/],
  ["no failover time", { FailoverTimeSeconds: 0 }, "CMDLET_INVALID_VALUE", /Failover/],
  ["no session", { MaxConcurrentSessions: 0 }, "CMDLET_INVALID_VALUE", /Sessions/],
  ["100001 sessions", { MaxConcurrentSessions: 100_001 }, "CMDLET_INVALID_VALUE", /Sessions/],
  ["a code of success", { FailoverResponseCodes: "200" }, "CMDLET_INVALID_VALUE", /"200"/],
  ["words as codes", { FailoverResponseCodes: "busy" }, "CMDLET_INVALID_VALUE", /"busy"/],
  ["maybe enabled", { Enabled: "maybe" }, "CMDLET_INVALID_VALUE", /-Enabled cannot be "maybe"/],
  [
    "an unknown translation rule",
    { InboundPstnNumberTranslationRules: "Stripp" },
    "CMDLET_NOT_FOUND",
    /Stripp/,
  ],
];

for (const [why, change, code, what] of REFUSED)
  gateways(`a gateway with ${why} is refused`, () => {
    const result = invoke(WITH_RULES, NEW, { ...SBC, ...change });
    assert.equal(codesOf(result), [code]);
    assert.match(result.problems[0]?.what ?? "", what);
  });

gateways("what is nearly refused is not: 63 characters, the outermost ports and sessions", () => {
  const near: readonly Parameters[] = [
    { Identity: `${"s".repeat(51)}.contoso.com` },
    { Identity: "sbc1.london.CONTOSO.com" },
    { IPAddressVersion: "ipv6", MediaBypass: false },
    { SipSignalingPort: 1 },
    { SipSignalingPort: 65_535 },
    { MaxConcurrentSessions: 1 },
    { MaxConcurrentSessions: 100_000 },
    { FailoverResponseCodes: "" },
  ];
  for (const change of near) assert.equal(codesOf(invoke(CONTOSO, NEW, { ...SBC, ...change })), []);
});

gateways("without known domains no domain is checked, save the service's own", () => {
  const open: Tenant = { ...CONTOSO, tenant: { ...CONTOSO.tenant, domains: [] } };
  assert.equal(codesOf(invoke(open, NEW, { ...SBC, Identity: "sbc1.fabrikam.com" })), []);
  assert.equal(codesOf(invoke(open, NEW, { ...SBC, Identity: "a.onmicrosoft.com" })), [
    "GATEWAY_UNKNOWN_DOMAIN",
  ]);
});

gateways("the port is needed, and a name is used once", () => {
  assert.equal(codesOf(invoke(CONTOSO, NEW, { Identity: "sbc1.contoso.com" })), [
    "CMDLET_MISSING_PARAMETER",
  ]);
  const made = invokeAll(CONTOSO, [NEW, SBC]);
  assert.equal(codesOf(invoke(made, NEW, { ...SBC, Identity: "SBC1.contoso.com" })), [
    "CMDLET_ALREADY_EXISTS",
  ]);
});

gateways("translation rules added twice or removed when absent are warned about", () => {
  const made = invokeAll(WITH_RULES, [
    NEW,
    { ...SBC, InboundTeamsNumberTranslationRules: "Strip" },
  ]);
  const result = invoke(made, SET, {
    Identity: "sbc1.contoso.com",
    InboundTeamsNumberTranslationRules: table({ Add: "Strip", Remove: "Other" }),
  });
  assert.equal(codesOf(result), ["LIST_DUPLICATE", "LIST_NOT_PRESENT"]);
  assert.equal(result.tenant, made);
});

gateways("a gateway that a route names cannot be removed, in the words of the service", () => {
  const used = invokeAll(
    CONTOSO,
    [NEW, SBC],
    [
      "New-CsOnlineVoiceRoute",
      { Identity: "UK", OnlinePstnUsages: "UK", OnlinePstnGatewayList: "SBC1.contoso.com" },
    ],
  );
  const remove = { Identity: "sbc1.contoso.com" };
  const refused = invoke(used, "Remove-CsOnlinePSTNGateway", remove);
  assert.equal(codesOf(refused), ["GATEWAY_IN_USE"]);
  assert.match(refused.problems[0]?.what ?? "", /linked 'OnlineVoiceRoute' exists/);
  assert.match(refused.problems[0]?.hint ?? "", /"UK"/);
  const freed = invokeAll(used, ["Remove-CsOnlineVoiceRoute", { Identity: "UK" }]);
  assert.equal(invoke(freed, "Remove-CsOnlinePSTNGateway", remove).tenant, CONTOSO);
});

gateways("a derived trunk is neither listed nor changed nor removed", () => {
  const made = invokeAll(CONTOSO, [NEW, SBC], [NEW, { ...SBC, Identity: "sbc2.contoso.com" }]);
  const derived: Tenant = {
    ...made,
    onlinePstnGateways: made.onlinePstnGateways.map((g, i) => ({ ...g, derived: i === 0 })),
  };
  const names = (parameters: Parameters): unknown =>
    invoke(derived, "Get-CsOnlinePSTNGateway", parameters).output.map((o) => o.properties["Fqdn"]);
  assert.equal(names({}), ["sbc2.contoso.com"]);
  assert.equal(names({ Filter: "sbc1*" }), []);
  for (const verb of ["Get", "Set", "Remove"]) {
    const result = invoke(derived, `${verb}-CsOnlinePSTNGateway`, { Identity: "sbc1.contoso.com" });
    assert.equal(codesOf(result), ["CMDLET_NOT_FOUND"]);
  }
});

gateways.run();
