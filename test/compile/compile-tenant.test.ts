import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { CALL_MEETING, CALL_SHOWN, CALLER_STRIDE } from "../../engine/compile/compiled-tenant.ts";
import { readTenantText } from "../../engine/import/tenant-file/read-tenant-file.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { RESOURCE_ACCOUNT_DEFAULTS, type ResourceAccount } from "../../engine/model/user.ts";
import { createRouter } from "../../engine/route/create-router.ts";

const compiling = suite("compile tenant");

function tenantOf(written: object): Tenant {
  const read = readTenantText("test.json", JSON.stringify({ outdial: 1, ...written }));
  if (!read.ok) throw new Error(read.problems[0]?.what);
  return read.value;
}

const voiceUser = {
  licenses: ["TeamsPhone"],
  teamsUpgradeEffectiveMode: "TeamsOnly",
  enterpriseVoiceEnabled: true,
};

function user(userPrincipalName: string, lineUri: string): object {
  return { userPrincipalName, lineUri, ...voiceUser };
}

const colleagues = tenantOf({
  users: [
    user("megan@contoso.com", "tel:+14255550101"),
    user("joni@contoso.com", "tel:+14255550102"),
    { userPrincipalName: "lee@contoso.com", licenses: ["AudioConferencing"] },
    { userPrincipalName: "alex@contoso.com", licenses: ["AudioConferencing"] },
  ],
});

compiling("users who route alike share a class, and a caller ID only where it is the same", () => {
  const { compiled, problems } = compileTenant(colleagues);
  const at = (caller: number, kind: number): number => caller * CALLER_STRIDE + kind;
  const { callerClasses, callerCallerIds } = compiled;
  assert.is(callerClasses[at(0, CALL_SHOWN)], callerClasses[at(1, CALL_SHOWN)]);
  assert.is.not(callerCallerIds[at(0, CALL_SHOWN)], callerCallerIds[at(1, CALL_SHOWN)]);
  assert.is(callerClasses[at(2, CALL_MEETING)], callerClasses[at(3, CALL_MEETING)]);
  assert.is(callerCallerIds[at(2, CALL_MEETING)], callerCallerIds[at(3, CALL_MEETING)]);
  assert.equal(problems, []);
});

compiling("only policies that count for somebody are compiled", () => {
  const { compiled } = compileTenant({
    ...colleagues,
    onlineVoiceRoutingPolicies: [
      { identity: "Global", onlinePstnUsages: [], description: null },
      { identity: "Nobody's", onlinePstnUsages: [], description: null },
    ],
  });
  assert.equal(
    compiled.policies.map((policy) => `${policy.policyType} ${policy.identity}`),
    ["OnlineVoiceRoutingPolicy Global", "OnlineAudioConferencingRoutingPolicy Global"],
  );
});

compiling(
  "resource accounts stand behind the users; of a name that is both, the user counts",
  () => {
    const account = (userPrincipalName: string): ResourceAccount => ({
      ...RESOURCE_ACCOUNT_DEFAULTS,
      userPrincipalName,
      application: "CallQueue",
    });
    const { compiled } = compileTenant({
      ...colleagues,
      resourceAccounts: [account("MEGAN@contoso.com"), account("main@contoso.com")],
    });
    assert.equal(compiled.callers.slice(-2), ["alex@contoso.com", "main@contoso.com"]);
    assert.is(compiled.callers.length, 5);
    assert.is(compiled.callerClasses.length, 5 * CALLER_STRIDE);
  },
);

compiling("a tenant without a Global policy has an empty one", () => {
  const { compiled } = compileTenant({ ...colleagues, onlineVoiceRoutingPolicies: [] });
  assert.equal(compiled.policies[0]?.identity, "Global");
  assert.equal(compiled.policies[0]?.usages, []);
});

compiling("a policy that does not exist counts as Global, and is told once", () => {
  const [megan, ...others] = colleagues.users;
  if (megan === undefined) throw new Error("no users");
  const tenant: Tenant = {
    ...colleagues,
    users: [{ ...megan, onlineVoiceRoutingPolicy: "Gone" }, ...others],
  };
  const { compiled, problems } = compileTenant(tenant);
  assert.equal(
    problems.map((p) => [p.code, p.what]),
    [
      [
        "POLICY_UNKNOWN",
        'user "megan@contoso.com" has the OnlineVoiceRoutingPolicy "Gone", which does not exist; Global counts instead',
      ],
    ],
  );
  const over = createRouter(compiled, { down: new Set(), seed: 0 });
  const call = { dialed: "112", user: "megan@contoso.com", kind: "user-call" } as const;
  const decision = over.decide({ ...call, site: null, ingressTrunk: null, hideCallerId: false });
  assert.is(decision.policy, "Global");
  assert.is(decision.policySource, "global");
});

compiling("a pattern that does not compile is told, and its route matches nothing", () => {
  const tenant = tenantOf({
    users: [user("megan@contoso.com", "tel:+14255550101")],
    onlinePstnUsages: ["All"],
    onlinePstnGateways: [{ identity: "sbc1.contoso.com", sipSignalingPort: 5067, enabled: true }],
    onlineVoiceRoutes: [
      { identity: "Broken", priority: 0, numberPattern: "^(+1", onlinePstnUsages: ["All"] },
      {
        identity: "Rest",
        priority: 1,
        numberPattern: ".*",
        onlinePstnUsages: ["All"],
        onlinePstnGatewayList: ["sbc1.contoso.com"],
      },
    ],
    onlineVoiceRoutingPolicies: [{ identity: "Global", onlinePstnUsages: ["All"] }],
  });
  const { compiled, problems } = compileTenant(tenant);
  assert.equal(
    problems.map((p) => p.code),
    ["REGEX_INVALID"],
  );
  const over = createRouter(compiled, { down: new Set(), seed: 0 });
  const call = { dialed: "+12065550100", user: "megan@contoso.com", kind: "user-call" } as const;
  const decision = over.decide({ ...call, site: null, ingressTrunk: null, hideCallerId: false });
  assert.is(decision.route, "Rest");
});

compiling.run();
