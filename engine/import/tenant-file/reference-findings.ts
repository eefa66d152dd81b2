import { nearestName } from "../../model/nearest-name.ts";
import type { ProblemCode } from "../../model/problem.ts";
import type { WrittenTenant } from "./schema/tenant-schema.ts";
import type { Finding, NodePath } from "./source-document.ts";

/** The names that a kind of reference may use. */
interface Targets {
  /** What they are called in problems. */
  readonly kind: string;
  /** The list they stand in. */
  readonly list: string;
  readonly names: readonly string[];
  readonly keys: ReadonlySet<string>;
}

/** A name that must be among its targets; `null` refers to nothing and is always right. */
interface Reference {
  readonly name: string | null;
  readonly path: NodePath;
  readonly targets: Targets;
  readonly code: ProblemCode;
  /** The object that refers, for people. */
  readonly owner: string;
}

/**
 * References of a tenant that lead nowhere. Case and outer blanks do not count. Cost: linear.
 *
 * @problem ROUTE_UNKNOWN_USAGE a route names a usage that is not in onlinePstnUsages
 * @problem ROUTE_UNKNOWN_GATEWAY a route names a gateway that is not in onlinePstnGateways
 * @problem POLICY_UNKNOWN_USAGE a policy names a usage that is not in onlinePstnUsages
 * @problem POLICY_UNKNOWN a user, group, site or Grant -Global names a policy that is not there
 * @problem TENANT_UNKNOWN_OPERATOR a number belongs to an operator that is not in operators
 */
export function referenceFindings(tenant: WrittenTenant): Finding[] {
  const findings: Finding[] = [];
  for (const reference of referencesOf(tenant)) {
    const { name, targets } = reference;
    if (name !== null && !targets.keys.has(keyOf(name))) {
      findings.push(dangling(name, reference));
    }
  }
  return findings;
}

function* referencesOf(tenant: WrittenTenant): Generator<Reference> {
  yield* operatorReferences(tenant);
  yield* userReferences(tenant);
  yield* usageReferences(tenant);
  yield* policyReferences(tenant);
}

function* operatorReferences(tenant: WrittenTenant): Generator<Reference> {
  const targets = named(
    "operator",
    "operators",
    tenant.operators.map(({ id }) => id),
  );
  for (const [index, number] of tenant.phoneNumbers.entries()) {
    yield {
      name: number.operator,
      path: ["phoneNumbers", index, "operator"],
      targets,
      code: "TENANT_UNKNOWN_OPERATOR",
      owner: `Number ${number.telephoneNumber}`,
    };
  }
}

function* usageReferences(tenant: WrittenTenant): Generator<Reference> {
  const usages = named("usage", "onlinePstnUsages", tenant.onlinePstnUsages);
  const gateways = named("gateway", "onlinePstnGateways", identities(tenant.onlinePstnGateways));
  for (const [index, route] of tenant.onlineVoiceRoutes.entries()) {
    const at = (list: string, entry: number): NodePath => ["onlineVoiceRoutes", index, list, entry];
    const owner = `Voice route ${route.identity}`;
    for (const [entry, name] of route.onlinePstnUsages.entries()) {
      const path = at("onlinePstnUsages", entry);
      yield { name, path, targets: usages, code: "ROUTE_UNKNOWN_USAGE", owner };
    }
    for (const [entry, name] of route.onlinePstnGatewayList.entries()) {
      const path = at("onlinePstnGatewayList", entry);
      yield { name, path, targets: gateways, code: "ROUTE_UNKNOWN_GATEWAY", owner };
    }
  }
  for (const list of [
    "onlineVoiceRoutingPolicies",
    "onlineAudioConferencingRoutingPolicies",
  ] as const) {
    for (const [index, policy] of tenant[list].entries()) {
      for (const [entry, name] of policy.onlinePstnUsages.entries()) {
        const path = [list, index, "onlinePstnUsages", entry];
        const owner = `Policy ${policy.identity}`;
        yield { name, path, targets: usages, code: "POLICY_UNKNOWN_USAGE", owner };
      }
    }
  }
  for (const [index, policy] of tenant.teamsEmergencyCallRoutingPolicies.entries()) {
    for (const [entry, number] of policy.emergencyNumbers.entries()) {
      yield {
        name: number.onlinePstnUsage,
        path: [
          "teamsEmergencyCallRoutingPolicies",
          index,
          "emergencyNumbers",
          entry,
          "onlinePstnUsage",
        ],
        targets: usages,
        code: "POLICY_UNKNOWN_USAGE",
        owner: `Emergency call routing policy ${policy.identity}`,
      };
    }
  }
}

/** Properties of users and policy types of groups, by the list their policies stand in. */
const POLICY_LISTS = {
  onlineVoiceRoutingPolicy: "onlineVoiceRoutingPolicies",
  onlineAudioConferencingRoutingPolicy: "onlineAudioConferencingRoutingPolicies",
  tenantDialPlan: "tenantDialPlans",
  callingLineIdentity: "callingLineIdentities",
  teamsEmergencyCallRoutingPolicy: "teamsEmergencyCallRoutingPolicies",
} as const;

type PolicyProperty = keyof typeof POLICY_LISTS;

const POLICY_PROPERTIES = Object.keys(POLICY_LISTS) as readonly PolicyProperty[];

function policyTargets(tenant: WrittenTenant, property: PolicyProperty): Targets {
  const list = POLICY_LISTS[property];
  return named(property, list, ["Global", ...identities(tenant[list])]);
}

function* userReferences(tenant: WrittenTenant): Generator<Reference> {
  const targetsOf = POLICY_PROPERTIES.map(
    (property) => [property, policyTargets(tenant, property)] as const,
  );
  for (const [index, user] of tenant.users.entries()) {
    for (const [property, targets] of targetsOf) {
      if (user[property] === null) continue;
      yield {
        name: user[property],
        path: ["users", index, property],
        targets,
        code: "POLICY_UNKNOWN",
        owner: `User ${user.userPrincipalName}`,
      };
    }
  }
  const targets = policyTargets(tenant, "onlineVoiceRoutingPolicy");
  for (const [index, account] of tenant.resourceAccounts.entries()) {
    yield {
      name: account.onlineVoiceRoutingPolicy,
      path: ["resourceAccounts", index, "onlineVoiceRoutingPolicy"],
      targets,
      code: "POLICY_UNKNOWN",
      owner: `Resource account ${account.userPrincipalName}`,
    };
  }
}

function* policyReferences(tenant: WrittenTenant): Generator<Reference> {
  for (const property of [
    "onlineVoiceRoutingPolicy",
    "onlineAudioConferencingRoutingPolicy",
  ] as const) {
    yield {
      name: tenant.globalPolicies[property],
      path: ["globalPolicies", property],
      targets: policyTargets(tenant, property),
      code: "POLICY_UNKNOWN",
      owner: "globalPolicies",
    };
  }
  for (const [
    index,
    { groupId, policyType, policyName },
  ] of tenant.groupPolicyAssignments.entries()) {
    // WHY: groups may have policies of types that do not route; those are kept and not judged.
    const property = POLICY_PROPERTIES.find((p) => p.toLowerCase() === policyType.toLowerCase());
    if (property === undefined) continue;
    yield {
      name: policyName,
      path: ["groupPolicyAssignments", index, "policyName"],
      targets: policyTargets(tenant, property),
      code: "POLICY_UNKNOWN",
      owner: `Group ${groupId}`,
    };
  }
  const targets = policyTargets(tenant, "teamsEmergencyCallRoutingPolicy");
  for (const [index, site] of tenant.networkSites.entries()) {
    yield {
      name: site.teamsEmergencyCallRoutingPolicy,
      path: ["networkSites", index, "teamsEmergencyCallRoutingPolicy"],
      targets,
      code: "POLICY_UNKNOWN",
      owner: `Network site ${site.identity}`,
    };
  }
}

function dangling(name: string, { path, targets, code, owner }: Reference): Finding {
  const hint = (): string => {
    const meant = nearestName(name, targets.names);
    return meant === null
      ? `add it to ${targets.list}, or take the name out`
      : `did you mean "${meant}"?`;
  };
  return {
    code,
    what: `${owner} names ${targets.kind} "${name}", which is not in ${targets.list}`,
    hint,
    at: { path, part: "value" },
  };
}

function named(kind: string, list: string, names: readonly string[]): Targets {
  return { kind, list, names, keys: new Set(names.map(keyOf)) };
}

function identities(entries: readonly { readonly identity: string }[]): readonly string[] {
  return entries.map(({ identity }) => identity);
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
