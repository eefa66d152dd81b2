import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { nameKey } from "../../engine/model/name-key.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { ArgumentValue } from "../../engine/tenant/cmdlet-invocation.ts";
import { CONTOSO, deepFreeze, invoke, type Parameters, table } from "./invoke.ts";

const integrity = suite("referential integrity");
const LONG = process.env["LONG"] !== undefined;
const RUNS = LONG ? { numRuns: 5000 } : { numRuns: 150, seed: 20_261_121 };

const USAGES = ["UK", "International", "Local", "local"];
const GATEWAYS = ["sbc1.contoso.com", "SBC2.contoso.com", "sbc3.fabrikam.com"];
const ROUTES = ["A", "B", "C", "a"];
const POLICIES = ["London", "Paris", "Global", "tag:paris"];
const USERS = ["megan@contoso.com", "ALEX@contoso.com", "nobody@contoso.com"];
const NUMBERS = [
  "+14255550101",
  "+14255550102",
  "14255550103",
  "+14255550199",
  "+14255550104;ext=1",
];

const pick = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** A plain list, a modifier, or `$null`. */
function listOf(values: readonly string[]): fc.Arbitrary<ArgumentValue> {
  const some = fc.uniqueArray(pick(values), { maxLength: 3 });
  const modifier = fc.record({ Add: some, Remove: some }).map((entries) => table(entries));
  return fc.oneof(some, modifier, fc.constant(null));
}

type Command = readonly [cmdlet: string, parameters: Parameters];

function command(
  cmdlets: readonly string[],
  needed: Readonly<Record<string, fc.Arbitrary<ArgumentValue>>>,
  other: Readonly<Record<string, fc.Arbitrary<ArgumentValue>>> = {},
): fc.Arbitrary<Command> {
  const optional = fc.record(other, { requiredKeys: [] });
  return fc
    .tuple(pick(cmdlets), fc.record(needed), optional)
    .map(([cmdlet, a, b]): Command => [cmdlet, { ...a, ...b } as Parameters]);
}

const RANK = fc.integer({ min: 1, max: 4 });
const bothKinds = (verb: string): string[] => [
  `${verb}-CsOnlineVoiceRoutingPolicy`,
  `${verb}-CsOnlineAudioConferencingRoutingPolicy`,
];
const POLICY = fc.oneof(pick(POLICIES), fc.constant(null));

const COMMAND: fc.Arbitrary<Command> = fc.oneof(
  command(["Set-CsOnlinePstnUsage"], { Usage: listOf(USAGES) }, { Force: fc.constant(true) }),
  command(
    ["New-CsOnlineVoiceRoute", "Set-CsOnlineVoiceRoute"],
    { Identity: pick(ROUTES) },
    {
      Priority: fc.integer({ min: 0, max: 4 }),
      OnlinePstnUsages: listOf(USAGES),
      OnlinePstnGatewayList: listOf(GATEWAYS),
      BridgeSourcePhoneNumber: fc.oneof(pick(NUMBERS), fc.constant(null)),
    },
  ),
  command(["Remove-CsOnlineVoiceRoute"], { Identity: pick(ROUTES) }),
  command(
    [...bothKinds("New"), ...bothKinds("Set")],
    { Identity: pick(POLICIES) },
    { OnlinePstnUsages: listOf(USAGES) },
  ),
  command(bothKinds("Remove"), { Identity: pick(POLICIES) }),
  command(bothKinds("Grant"), { Identity: pick(USERS), PolicyName: POLICY }),
  command(
    bothKinds("Grant"),
    { Group: pick(["sales", "SUPPORT", "board"]), PolicyName: POLICY },
    { Rank: RANK },
  ),
  command(bothKinds("Grant"), { Global: fc.constant(true), PolicyName: POLICY }),
  command(["New-CsOnlinePSTNGateway"], {
    Identity: pick(GATEWAYS),
    SipSignalingPort: fc.integer({ min: 0, max: 9999 }),
  }),
  command(["Remove-CsOnlinePSTNGateway"], { Identity: pick(GATEWAYS) }),
  command(["Set-CsPhoneNumberAssignment"], {
    Identity: pick(USERS),
    TelephoneNumber: pick(NUMBERS),
    NumberType: pick(["DirectRouting", "OperatorConnect"]),
  }),
  command(["Remove-CsPhoneNumberAssignment"], {
    Identity: pick(USERS),
    RemoveAll: fc.constant(true),
  }),
  command(["Set-CsOnlineVoiceUser"], {
    Identity: pick(USERS),
    TelephoneNumber: fc.oneof(pick(NUMBERS), fc.constant(null)),
  }),
  command(["Set-CsUser"], {
    Identity: pick(USERS),
    OnPremLineURI: fc.oneof(pick(NUMBERS), fc.constant(null)),
  }),
);

function subset(names: readonly string[], known: readonly string[], what: string): void {
  for (const name of names) assert.ok(known.includes(name), `${what}: ${name} dangles`);
}

function distinct(names: readonly string[], what: string): void {
  assert.is(new Set(names.map(nameKey)).size, names.length, `${what}: ${names} repeat`);
}

function checkRoutes(tenant: Tenant): void {
  const gateways = tenant.onlinePstnGateways.map((g) => g.identity);
  for (const route of tenant.onlineVoiceRoutes) {
    subset(route.onlinePstnUsages, tenant.onlinePstnUsages, route.identity);
    subset(route.onlinePstnGatewayList, gateways, route.identity);
    distinct(route.onlinePstnUsages, route.identity);
    const number = route.bridgeSourcePhoneNumber;
    if (number === null) continue;
    assert.equal(route.onlinePstnGatewayList, []);
    assert.ok(tenant.conferencingBridge?.serviceNumbers.includes(number));
  }
  distinct(tenant.onlinePstnUsages, "usages");
  distinct(gateways, "gateways");
  distinct(
    tenant.onlineVoiceRoutes.map((r) => r.identity),
    "routes",
  );
  distinct(
    tenant.onlineVoiceRoutes.map((r) => String(r.priority)),
    "priorities",
  );
}

function checkPolicies(tenant: Tenant): void {
  for (const [list, assigned, type] of [
    ["onlineVoiceRoutingPolicies", "onlineVoiceRoutingPolicy", "OnlineVoiceRoutingPolicy"],
    [
      "onlineAudioConferencingRoutingPolicies",
      "onlineAudioConferencingRoutingPolicy",
      "OnlineAudioConferencingRoutingPolicy",
    ],
  ] as const) {
    const names = tenant[list].map((p) => p.identity);
    distinct(names, list);
    assert.ok(names.includes("Global"));
    for (const p of tenant[list]) subset(p.onlinePstnUsages, tenant.onlinePstnUsages, p.identity);
    for (const u of tenant.users)
      subset(
        [u[assigned]].filter((n) => n !== null),
        names,
        assigned,
      );
    subset(
      [tenant.globalPolicies[assigned]].filter((n) => n !== null),
      names,
      "globalPolicies",
    );
    const groups = tenant.groupPolicyAssignments.filter((a) => a.policyType === type);
    subset(
      groups.map((a) => a.policyName),
      names,
      type,
    );
    distinct(
      groups.map((a) => a.groupId),
      type,
    );
    assert.equal(
      groups.map((a) => a.rank).sort((a, b) => a - b),
      groups.map((_, i) => i + 1),
    );
  }
}

function checkNumbers(tenant: Tenant): void {
  distinct(
    tenant.users.map((u) => u.lineUri).filter((uri) => uri !== null),
    "line URIs",
  );
  distinct(
    tenant.phoneNumbers.map((n) => n.telephoneNumber),
    "numbers",
  );
  for (const {
    telephoneNumber,
    assignedPstnTargetId,
    pstnAssignmentStatus,
  } of tenant.phoneNumbers) {
    const holders = tenant.users.filter(
      (u) => u.lineUri?.split(";")[0] === `tel:${telephoneNumber}`,
    );
    if (pstnAssignmentStatus === "Unassigned") assert.equal(holders, []);
    if (pstnAssignmentStatus === "UserAssigned")
      assert.ok(holders.some((u) => u.userPrincipalName === assignedPstnTargetId));
    if (pstnAssignmentStatus === "ConferenceAssigned") assert.equal(holders, []);
  }
  for (const user of tenant.users) assert.is(user.lineUri === null, user.numberType === null);
}

integrity(
  "no sequence of commands breaks a reference, shares a number or leaves a gap in ranks",
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(COMMAND, { minLength: 30, maxLength: 60, size: "max" }), (commands) => {
        let tenant: Tenant = deepFreeze(CONTOSO);
        for (const [cmdlet, parameters] of commands) {
          const before = tenant;
          tenant = invoke(tenant, cmdlet, parameters).tenant;
          if (tenant !== before) accepted++;
        }
        checkRoutes(tenant);
        checkPolicies(tenant);
        checkNumbers(tenant);
      }),
      RUNS,
    );
    assert.ok(accepted > RUNS.numRuns * 4, `only ${accepted} commands were accepted`);
  },
);

integrity.run();
