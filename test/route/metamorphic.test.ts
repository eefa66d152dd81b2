import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../engine/model/user.ts";
import {
  GATEWAY_DEFAULTS,
  type RoutingPolicy,
  type VoiceRoute,
} from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { isSameDecision } from "./disagreement.ts";
import { Chance } from "./random/chance.ts";
import { randomCall, randomContext } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const metamorphic = suite("changes of a tenant that change no decision");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 2_000 : 40;
const CALLS = 40;
const SEED = Number(process.env["SEED"] ?? (isLong ? Date.now() >>> 0 : 17));

/** A tenant and another way to write it, or `null` when there is nothing in it to write otherwise. */
type Pair = (tenant: Tenant, chance: Chance) => readonly [Tenant, Tenant] | null;
/** How names that the change altered read in the decisions after it. */
type Reading = (decision: RouteDecision) => RouteDecision;

const asItIs: Reading = (decision) => decision;

/** Decides random calls before and after the change, and counts those that left the tenant by a route. */
function changesNothing(pairOf: Pair, reading: Reading = asItIs): void {
  const chance = new Chance(SEED);
  let routed = 0;
  for (let i = 0; i < TENANTS; i++) {
    const pair = pairOf(randomTenant(chance), chance);
    if (pair === null) continue;
    const context = randomContext(chance);
    const before = createRouter(compileTenant(pair[0]).compiled, context);
    const after = createRouter(compileTenant(pair[1]).compiled, context);
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      const [was, is] = [before.decide(call), after.decide(call)];
      assert.ok(isSameDecision(reading(was), reading(is)), told(i, call, context, was, is));
      if (was.route !== null) routed++;
    }
  }
  assert.ok(routed > TENANTS, `only ${routed} calls took a route (seed ${SEED})`);
}

function told(
  tenant: number,
  call: Call,
  context: DecisionContext,
  was: RouteDecision,
  is: RouteDecision,
): string {
  const moment = { down: [...context.down], seed: context.seed };
  return [`tenant ${tenant} of seed ${SEED}`, call, moment, was, is]
    .map((part) => JSON.stringify(part))
    .join("\n");
}

function insertedAnywhere<T>(list: readonly T[], item: T, chance: Chance): T[] {
  return list.toSpliced(chance.below(list.length + 1), 0, item);
}

function withPolicies(
  tenant: Tenant,
  change: (policies: readonly RoutingPolicy[]) => readonly RoutingPolicy[],
): Tenant {
  return {
    ...tenant,
    onlineVoiceRoutingPolicies: change(tenant.onlineVoiceRoutingPolicies),
    onlineAudioConferencingRoutingPolicies: change(tenant.onlineAudioConferencingRoutingPolicies),
  };
}

/** Patterns that accept nothing that can be dialed. */
const NEVER = ["^(?!)", "[A-Z]{3}$", "^$", "^\\d{30}", "$\\+"];

/** A route over every gateway of the tenant, with every usage. */
function greedyRoute(tenant: Tenant, identity: string, chance: Chance): VoiceRoute {
  return {
    identity,
    priority: chance.below(6),
    numberPattern: ".*",
    onlinePstnUsages: tenant.onlinePstnUsages,
    onlinePstnGatewayList: tenant.onlinePstnGateways.map((gateway) => gateway.identity),
    bridgeSourcePhoneNumber: null,
    description: null,
  };
}

metamorphic("a route that never matches", () => {
  changesNothing((tenant, chance) => {
    const numberPattern = chance.pick(NEVER);
    const route = { ...greedyRoute(tenant, "Never", chance), numberPattern };
    const onlineVoiceRoutes = insertedAnywhere(tenant.onlineVoiceRoutes, route, chance);
    return [tenant, { ...tenant, onlineVoiceRoutes }];
  });
});

metamorphic("a route and a usage that no policy reaches", () => {
  changesNothing((tenant, chance) => {
    const route = { ...greedyRoute(tenant, "Unreached", chance), onlinePstnUsages: ["Unreached"] };
    return [
      tenant,
      {
        ...tenant,
        onlinePstnUsages: insertedAnywhere(tenant.onlinePstnUsages, "Unreached", chance),
        onlineVoiceRoutes: insertedAnywhere(tenant.onlineVoiceRoutes, route, chance),
      },
    ];
  });
});

const ALTERNATIVES = [
  ["^\\+1425", "^\\+1206"],
  ["^\\+44", "^\\+33"],
  ["^\\d{3,5}$", "[*#]"],
  [".*0$", "^\\+1"],
  ["9", "^\\+?[0-8]*$"],
] as const;

/** A route and its second half are one route to whoever reads the decision. */
const halvesAsOne: Reading = (decision) => {
  const route = decision.route?.replace(/, second half$/, "") ?? null;
  return { ...decision, route };
};

metamorphic("(a|b) as two routes of equal target and adjacent priority", () => {
  changesNothing((tenant, chance) => {
    // Priorities without ties and with places left: with ties the order of the file counts.
    const routes = tenant.onlineVoiceRoutes.map((route, index) => ({
      ...route,
      priority: route.priority * 100 + index * 2,
    }));
    if (routes.length === 0) return null;
    const victim = chance.below(routes.length);
    const [a, b] = chance.pick(ALTERNATIVES);
    const whole = routes.map((route, index) =>
      index === victim ? { ...route, numberPattern: `(${a}|${b})` } : route,
    );
    const halves = routes.flatMap((route, index) => {
      if (index !== victim) return [route];
      const identity = `${route.identity}, second half`;
      const second = { ...route, identity, numberPattern: b, priority: route.priority + 1 };
      return [{ ...route, numberPattern: a }, second];
    });
    return [
      { ...tenant, onlineVoiceRoutes: whole },
      { ...tenant, onlineVoiceRoutes: halves },
    ];
  }, halvesAsOne);
});

metamorphic("objects that nothing refers to, put anywhere", () => {
  changesNothing((tenant, chance) => {
    const policy: RoutingPolicy = {
      identity: "Unassigned",
      onlinePstnUsages: tenant.onlinePstnUsages,
      description: null,
    };
    const gateway = {
      ...GATEWAY_DEFAULTS,
      identity: "unused.contoso.com",
      sipSignalingPort: 5067,
      enabled: true,
    };
    const user = { ...USER_DEFAULTS, userPrincipalName: "unused@contoso.com", groups: ["g-one"] };
    const grown: Tenant = {
      ...tenant,
      users: insertedAnywhere(tenant.users, user, chance),
      onlinePstnUsages: insertedAnywhere(tenant.onlinePstnUsages, "Unused", chance),
      onlinePstnGateways: insertedAnywhere(tenant.onlinePstnGateways, gateway, chance),
      groupPolicyAssignments: insertedAnywhere(
        tenant.groupPolicyAssignments,
        {
          groupId: "g-nobody",
          policyType: "OnlineVoiceRoutingPolicy",
          policyName: "Unassigned",
          rank: 1,
        },
        chance,
      ),
    };
    return [tenant, withPolicies(grown, (policies) => insertedAnywhere(policies, policy, chance))];
  });
});

metamorphic("a usage that stands in its policy already, put behind it", () => {
  changesNothing((tenant, chance) => [
    tenant,
    withPolicies(tenant, (policies) =>
      policies.map((policy) => {
        const { onlinePstnUsages: usages } = policy;
        if (usages.length === 0) return policy;
        const at = chance.below(usages.length);
        const later = at + 1 + chance.below(usages.length - at);
        const again = chance.inAnyCase(usages[at] ?? "");
        return { ...policy, onlinePstnUsages: usages.toSpliced(later, 0, again) };
      }),
    ),
  ]);
});

/** Capitals that were small, and the reverse. */
function otherCase(name: string): string {
  const lower = name.toLowerCase();
  return name === lower ? name.toUpperCase() : lower;
}

metamorphic("references in another case", () => {
  changesNothing((tenant) => [
    tenant,
    {
      ...tenant,
      users: tenant.users.map((user) => ({
        ...user,
        groups: user.groups.map(otherCase),
        onlineVoiceRoutingPolicy: otherCaseOrNull(user.onlineVoiceRoutingPolicy),
        onlineAudioConferencingRoutingPolicy: otherCaseOrNull(
          user.onlineAudioConferencingRoutingPolicy,
        ),
        tenantDialPlan: otherCaseOrNull(user.tenantDialPlan),
        onlineDialOutPolicy: otherCaseOrNull(user.onlineDialOutPolicy),
        callingLineIdentity: otherCaseOrNull(user.callingLineIdentity),
        teamsEmergencyCallRoutingPolicy: otherCaseOrNull(user.teamsEmergencyCallRoutingPolicy),
        teamsSharedCallingRoutingPolicy: otherCaseOrNull(user.teamsSharedCallingRoutingPolicy),
      })),
      phoneNumbers: tenant.phoneNumbers.map((number) => ({
        ...number,
        operator: otherCaseOrNull(number.operator),
      })),
      onlineVoiceRoutes: tenant.onlineVoiceRoutes.map((route) => ({
        ...route,
        onlinePstnUsages: route.onlinePstnUsages.map(otherCase),
        onlinePstnGatewayList: route.onlinePstnGatewayList.map(otherCase),
      })),
      groupPolicyAssignments: tenant.groupPolicyAssignments.map((grant) => ({
        ...grant,
        groupId: otherCase(grant.groupId),
        policyName: otherCase(grant.policyName),
      })),
    },
  ]);
});

function otherCaseOrNull(name: string | null): string | null {
  return name === null ? null : otherCase(name);
}

metamorphic("policies named by everybody whom they reach globally", () => {
  changesNothing(
    (tenant) => [
      { ...tenant, groupPolicyAssignments: [] },
      {
        ...tenant,
        groupPolicyAssignments: [],
        users: tenant.users.map((user) => ({
          ...user,
          onlineAudioConferencingRoutingPolicy:
            user.onlineAudioConferencingRoutingPolicy ??
            tenant.globalPolicies.onlineAudioConferencingRoutingPolicy ??
            "Global",
        })),
      },
    ],
    (decision) => ({ ...decision, policySource: null }),
  );
});

metamorphic.run();
