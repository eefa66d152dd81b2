import { suite } from "uvu";
import * as assert from "uvu/assert";
import { revisionOf } from "../../engine/model/revision.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CMDLET_SIGNATURES } from "../../engine/tenant/run-cmdlet.ts";
import { CONTOSO, codesOf, invoke, invokeAll, table } from "./invoke.ts";

/** The commands of Microsoft's operator-connect-configure and -conferencing-configure articles. */
const scenarios = suite("seed scenarios");

scenarios("the four steps that send meeting calls through an operator", () => {
  const tenant = invokeAll(
    { ...CONTOSO, onlinePstnUsages: [] },
    ["Set-CsOnlinePstnUsage", { Identity: "Global", Usage: table({ Add: "International" }) }],
    [
      "New-CsOnlineVoiceRoute",
      {
        Identity: "International",
        NumberPattern: "\\d+",
        OnlinePstnUsages: "International",
        BridgeSourcePhoneNumber: "+14255550199",
      },
    ],
    [
      "New-CsOnlineAudioConferencingRoutingPolicy",
      { Identity: "International Policy", OnlinePstnUsages: "International" },
    ],
    [
      "Grant-CsOnlineAudioConferencingRoutingPolicy",
      { Identity: "megan@contoso.com", PolicyName: "International Policy" },
    ],
  );
  assert.equal(tenant.onlinePstnUsages, ["International"]);
  assert.equal(tenant.onlineVoiceRoutes, [
    {
      identity: "International",
      priority: 0,
      numberPattern: "\\d+",
      onlinePstnUsages: ["International"],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: "+14255550199",
      description: null,
    },
  ]);
  assert.is(tenant.users[0]?.onlineAudioConferencingRoutingPolicy, "International Policy");
  const everyone = invokeAll(tenant, [
    "Grant-CsOnlineAudioConferencingRoutingPolicy",
    { Global: true, PolicyName: "International Policy" },
  ]);
  assert.is(everyone.globalPolicies.onlineAudioConferencingRoutingPolicy, "International Policy");
});

/** The operator takes a Direct Routing number over, which no cmdlet does. */
function ported(tenant: Tenant, e164: string): Tenant {
  return {
    ...tenant,
    phoneNumbers: tenant.phoneNumbers.map((n) =>
      n.telephoneNumber === e164 ? { ...n, numberType: "OperatorConnect", operator: "pure-ip" } : n,
    ),
  };
}

const shown = (tenant: Tenant, names: readonly string[]): unknown[] => {
  const [user] = invoke(tenant, "Get-CsOnlineUser", { Identity: "alex@contoso.com" }).output;
  return names.map((name) => user?.properties[name]);
};

const PAIRS = [
  ["online", "Set-CsPhoneNumberAssignment", "Remove-CsPhoneNumberAssignment"],
  ["on premises", "Set-CsUser", "Set-CsUser"],
] as const;

for (const [where, give, take] of PAIRS)
  scenarios(`a Direct Routing number assigned ${where} moves to Operator Connect`, () => {
    const Identity = "alex@contoso.com";
    const number = { TelephoneNumber: "+14255550140", NumberType: "DirectRouting" };
    const before = invokeAll(
      CONTOSO,
      ["New-CsOnlineVoiceRoutingPolicy", { Identity: "Direct" }],
      [
        give,
        where === "online"
          ? { Identity, ...number }
          : { Identity, OnPremLineURI: "tel:+14255550140" },
      ],
      ["Grant-CsOnlineVoiceRoutingPolicy", { Identity, PolicyName: "Direct" }],
    );
    const names = ["RegistrarPool", "OnPremLineURI", "LineUri"];
    const local = where === "online" ? null : "tel:+14255550140";
    assert.equal(shown(before, names), [null, local, "tel:+14255550140"]);
    const early = invoke(before, "Set-CsOnlineVoiceUser", {
      Identity,
      TelephoneNumber: "+14255550101",
    });
    assert.equal(codesOf(early), where === "online" ? [] : ["NUMBER_ON_PREMISES"]);
    const freed = invokeAll(
      before,
      [take, where === "online" ? { Identity, ...number } : { Identity, LineURI: null }],
      ["Grant-CsOnlineVoiceRoutingPolicy", { Identity, PolicyName: null }],
    );
    assert.equal(shown(freed, names), [null, null, null]);
    const again = invokeAll(ported(freed, "+14255550140"), [
      "Set-CsOnlineVoiceUser",
      { Identity, TelephoneNumber: "+14255550140" },
    ]);
    assert.equal(shown(again, [...names, "EnterpriseVoiceEnabled", "OnlineVoiceRoutingPolicy"]), [
      null,
      null,
      "tel:+14255550140",
      true,
      null,
    ]);
    assert.is(again.users[1]?.numberType, "OperatorConnect");
  });

scenarios("Get-CsOnlineUser prints one user, or everyone up to -ResultSize", () => {
  const [user] = invoke(CONTOSO, "Get-CsOnlineUser", { Identity: "megan@contoso.com" }).output;
  assert.equal(user?.properties["FeatureTypes"], ["Teams", "PhoneSystem"]);
  assert.is(user?.properties["TeamsUpgradeEffectiveMode"], "TeamsOnly");
  assert.is(invoke(CONTOSO, "Get-CsOnlineUser").output.length, 2);
  assert.is(invoke(CONTOSO, "Get-CsOnlineUser", { ResultSize: 1 }).output.length, 1);
  assert.equal(codesOf(invoke(CONTOSO, "Get-CsOnlineUser", { ResultSize: -1 })), [
    "CMDLET_INVALID_VALUE",
  ]);
  const unknown = invoke(CONTOSO, "Get-CsOnlineUser", { Identity: "megn@contoso.com" });
  assert.equal(codesOf(unknown), ["USER_NOT_FOUND"]);
  assert.is(unknown.problems[0]?.hint, 'did you mean "megan@contoso.com"?');
});

scenarios("an unknown cmdlet is refused with the nearest name, and changes nothing", () => {
  const result = invoke(CONTOSO, "New-CsOnlineVoiceRout");
  assert.equal(codesOf(result), ["IMPORT_UNKNOWN_COMMAND"]);
  assert.is(result.problems[0]?.hint, 'did you mean "New-CsOnlineVoiceRoute"?');
  assert.is(result.tenant, CONTOSO);
});

scenarios("every cmdlet is listed by its name in lower case, with parameters that differ", () => {
  assert.ok(CMDLET_SIGNATURES.size >= 20);
  for (const [name, signature] of CMDLET_SIGNATURES) {
    assert.is(name, signature.name.toLowerCase());
    const spellings = signature.parameters.flatMap((p) => [p.name, ...p.aliases]);
    assert.is(new Set(spellings.map((s) => s.toLowerCase())).size, spellings.length, name);
  }
});

scenarios("the order in which unrelated commands come does not matter to the revision", () => {
  const usage = ["Set-CsOnlinePstnUsage", { Usage: table({ Add: "Local" }) }] as const;
  const gateway = [
    "New-CsOnlinePSTNGateway",
    { Identity: "sbc1.contoso.com", SipSignalingPort: 5061 },
  ] as const;
  assert.is(
    revisionOf(invokeAll(CONTOSO, usage, gateway)),
    revisionOf(invokeAll(CONTOSO, gateway, usage)),
  );
});

scenarios.run();
