import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { POLICY_TYPES } from "../../engine/model/policy-types.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { GlobalPolicies } from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance } from "./random/chance.ts";
import { randomCall, randomContext } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const renaming = suite("renaming a tenant");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 2_000 : 60;
const CALLS = 40;
const SEED = isLong ? Date.now() >>> 0 : 11;

/** New names for old ones, in any case; the fixed instance `Global` and what is no name stay. */
class Renaming {
  private readonly names = new Map<string, string>();

  of(name: string): string {
    const key = name.toLowerCase();
    if (key === "global") return name;
    const known = this.names.get(key) ?? `New ${this.names.size} of it`;
    this.names.set(key, known);
    return known;
  }

  orNull(name: string | null): string | null {
    return name === null ? null : this.of(name);
  }

  all(names: readonly string[]): string[] {
    return names.map((name) => this.of(name));
  }
}

/** What somebody was granted, under the new names; the built-in dial-out policies keep theirs. */
function policiesRenamed<T extends Partial<GlobalPolicies>>(
  holder: T,
  names: Renaming,
): Partial<T> {
  const properties = POLICY_TYPES.filter((type) => type.list !== null && type.property in holder);
  const entries = properties.map(({ property }) => [
    property,
    names.orNull(holder[property] ?? null),
  ]);
  return Object.fromEntries(entries) as Partial<T>;
}

function renamed(tenant: Tenant, names: Renaming): Tenant {
  return {
    ...tenant,
    operators: tenant.operators.map((operator) => ({
      ...operator,
      id: names.of(operator.id),
      trunks: operator.trunks.map((trunk) => ({ ...trunk, name: names.of(trunk.name) })),
    })),
    phoneNumbers: tenant.phoneNumbers.map((number) => ({
      ...number,
      operator: names.orNull(number.operator),
    })),
    users: tenant.users.map((user) => ({
      ...user,
      userPrincipalName: names.of(user.userPrincipalName),
      groups: names.all(user.groups),
      ...policiesRenamed(user, names),
    })),
    resourceAccounts: tenant.resourceAccounts.map((account) => ({
      ...account,
      userPrincipalName: names.of(account.userPrincipalName),
      ...policiesRenamed(account, names),
    })),
    onlinePstnUsages: names.all(tenant.onlinePstnUsages),
    onlineVoiceRoutes: tenant.onlineVoiceRoutes.map((route) => ({
      ...route,
      identity: names.of(route.identity),
      onlinePstnUsages: names.all(route.onlinePstnUsages),
      onlinePstnGatewayList: names.all(route.onlinePstnGatewayList),
    })),
    onlineVoiceRoutingPolicies: tenant.onlineVoiceRoutingPolicies.map((policy) => ({
      ...policy,
      identity: names.of(policy.identity),
      onlinePstnUsages: names.all(policy.onlinePstnUsages),
    })),
    onlineAudioConferencingRoutingPolicies: tenant.onlineAudioConferencingRoutingPolicies.map(
      (policy) => ({
        ...policy,
        identity: names.of(policy.identity),
        onlinePstnUsages: names.all(policy.onlinePstnUsages),
      }),
    ),
    globalPolicies: {
      ...tenant.globalPolicies,
      ...policiesRenamed(tenant.globalPolicies, names),
    },
    groupPolicyAssignments: tenant.groupPolicyAssignments.map((assignment) => ({
      ...assignment,
      groupId: names.of(assignment.groupId),
      policyName: names.of(assignment.policyName),
    })),
    onlinePstnGateways: tenant.onlinePstnGateways.map((gateway) => ({
      ...gateway,
      identity: names.of(gateway.identity),
      outboundTeamsNumberTranslationRules: names.all(gateway.outboundTeamsNumberTranslationRules),
      outboundPstnNumberTranslationRules: names.all(gateway.outboundPstnNumberTranslationRules),
    })),
    ...numberRulesRenamed(tenant, names),
  };
}

/** Everything that rewrites numbers or decides what is shown. */
function numberRulesRenamed(tenant: Tenant, names: Renaming): Partial<Tenant> {
  const named = <T extends { readonly identity: string }>(objects: readonly T[]): T[] =>
    objects.map((object) => ({ ...object, identity: names.of(object.identity) }));
  return {
    callingLineIdentities: named(tenant.callingLineIdentities).map((identity) => ({
      ...identity,
      resourceAccount: names.orNull(identity.resourceAccount),
    })),
    teamsSharedCallingRoutingPolicies: named(tenant.teamsSharedCallingRoutingPolicies).map(
      (policy) => ({ ...policy, resourceAccount: names.orNull(policy.resourceAccount) }),
    ),
    tenantDialPlans: named(tenant.tenantDialPlans),
    teamsTranslationRules: named(tenant.teamsTranslationRules),
    teamsEmergencyCallRoutingPolicies: named(tenant.teamsEmergencyCallRoutingPolicies).map(
      (policy) => ({
        ...policy,
        emergencyNumbers: policy.emergencyNumbers.map((number) => ({
          ...number,
          onlinePstnUsage: names.orNull(number.onlinePstnUsage),
        })),
      }),
    ),
    networkSites: named(tenant.networkSites).map((site) => ({
      ...site,
      teamsEmergencyCallRoutingPolicy: names.orNull(site.teamsEmergencyCallRoutingPolicy),
    })),
  };
}

/** The same keys in another order. */
function keysPermuted<T>(value: T, chance: Chance): T {
  if (Array.isArray(value)) return value.map((item) => keysPermuted(item, chance)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = chance.shuffled(Object.entries(value));
  return Object.fromEntries(entries.map(([k, v]) => [k, keysPermuted(v, chance)])) as T;
}

/** Lists whose order means nothing in another order. */
function listsPermuted(tenant: Tenant, chance: Chance): Tenant {
  const routes = tenant.onlineVoiceRoutes;
  return {
    ...tenant,
    operators: chance.shuffled(tenant.operators),
    phoneNumbers: chance.shuffled(tenant.phoneNumbers),
    users: chance.shuffled(
      tenant.users.map((user) => ({
        ...user,
        groups: chance.shuffled(user.groups),
        licenses: chance.shuffled(user.licenses),
      })),
    ),
    resourceAccounts: chance.shuffled(tenant.resourceAccounts),
    onlinePstnUsages: chance.shuffled(tenant.onlinePstnUsages),
    onlineVoiceRoutes: chance.shuffled(
      routes.map((route) => ({
        ...route,
        onlinePstnUsages: chance.shuffled(route.onlinePstnUsages),
      })),
    ),
    onlineVoiceRoutingPolicies: chance.shuffled(tenant.onlineVoiceRoutingPolicies),
    onlineAudioConferencingRoutingPolicies: chance.shuffled(
      tenant.onlineAudioConferencingRoutingPolicies,
    ),
    groupPolicyAssignments: chance.shuffled(tenant.groupPolicyAssignments),
    onlinePstnGateways: chance.shuffled(tenant.onlinePstnGateways),
    callingLineIdentities: chance.shuffled(tenant.callingLineIdentities),
    teamsSharedCallingRoutingPolicies: chance.shuffled(tenant.teamsSharedCallingRoutingPolicies),
    tenantDialPlans: chance.shuffled(tenant.tenantDialPlans),
    serviceCountryDialPlans: chance.shuffled(tenant.serviceCountryDialPlans),
    teamsTranslationRules: chance.shuffled(tenant.teamsTranslationRules),
    teamsEmergencyCallRoutingPolicies: chance.shuffled(tenant.teamsEmergencyCallRoutingPolicies),
    networkSites: chance.shuffled(tenant.networkSites),
  };
}

/** Priorities and ranks without ties: with ties the order of the file counts. */
function withoutTies(tenant: Tenant): Tenant {
  return {
    ...tenant,
    onlineVoiceRoutes: tenant.onlineVoiceRoutes.map((route, index) => ({
      ...route,
      priority: route.priority * 100 + index,
    })),
    groupPolicyAssignments: tenant.groupPolicyAssignments.map((assignment, index) => ({
      ...assignment,
      rank: assignment.rank * 100 + index,
    })),
  };
}

function renamedDecision(decision: RouteDecision, names: Renaming): unknown {
  return {
    ...decision,
    operator: names.orNull(decision.operator),
    trunks: names.all(decision.trunks),
    route: names.orNull(decision.route),
    usage: names.orNull(decision.usage),
    policy: names.orNull(decision.policy),
  };
}

renaming("and reordering what has no order gives the same decisions under the new names", () => {
  const chance = new Chance(SEED);
  const outcomes = new Set<string>();
  for (let i = 0; i < TENANTS; i++) {
    const names = new Renaming();
    const tenant = withoutTies(randomTenant(chance));
    const context = randomContext(chance);
    const other = keysPermuted(listsPermuted(renamed(tenant, names), chance), chance);
    const otherContext: DecisionContext = {
      down: new Set([...context.down].map((name) => names.of(name).toLowerCase())),
      seed: context.seed,
    };
    const before = createRouter(compileTenant(tenant).compiled, context);
    const after = createRouter(compileTenant(other).compiled, otherContext);
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      const otherCall: Call = {
        ...call,
        user: names.of(call.user),
        ingressTrunk: names.orNull(call.ingressTrunk),
        site: names.orNull(call.site),
      };
      const decision = before.decide(call);
      outcomes.add(decision.outcome);
      assert.equal(after.decide(otherCall), renamedDecision(decision, names));
    }
  }
  assert.is(outcomes.size, 5);
});

renaming.run();
