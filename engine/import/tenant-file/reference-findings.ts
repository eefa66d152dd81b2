import { nameKey } from "../../model/name-key.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { POLICY_TYPES, type PolicyProperty } from "../../model/policy-types.ts";
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

/** A user or a resource account. */
type PolicyHolder = { readonly userPrincipalName: string } & Readonly<
  Partial<Record<PolicyProperty, string | null>>
>;

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
    if (name !== null && !targets.keys.has(nameKey(name))) {
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

/** Types whose instances a tenant keeps; built-in ones are not judged by loading. */
const KEPT_TYPES = POLICY_TYPES.flatMap((place) =>
  place.list === null ? [] : [{ ...place, list: place.list }],
);

function policyTargets(
  tenant: WrittenTenant,
  { property, list }: (typeof KEPT_TYPES)[number],
): Targets {
  return named(property, list, ["Global", ...identities(tenant[list])]);
}

function* userReferences(tenant: WrittenTenant): Generator<Reference> {
  const targetsOf = KEPT_TYPES.map(
    (place) => [place.property, policyTargets(tenant, place)] as const,
  );
  const holders: readonly (readonly [string, string, readonly PolicyHolder[]])[] = [
    ["users", "User", tenant.users],
    ["resourceAccounts", "Resource account", tenant.resourceAccounts],
  ];
  for (const [list, kind, entries] of holders) {
    for (const [index, holder] of entries.entries()) {
      for (const [property, targets] of targetsOf) {
        const name = holder[property] ?? null;
        if (name === null) continue;
        const path: NodePath = [list, index, property];
        const owner = `${kind} ${holder.userPrincipalName}`;
        yield { name, path, targets, code: "POLICY_UNKNOWN", owner };
      }
    }
  }
}

function* policyReferences(tenant: WrittenTenant): Generator<Reference> {
  for (const place of KEPT_TYPES) {
    yield {
      name: tenant.globalPolicies[place.property],
      path: ["globalPolicies", place.property],
      targets: policyTargets(tenant, place),
      code: "POLICY_UNKNOWN",
      owner: "globalPolicies",
    };
  }
  for (const [
    index,
    { groupId, policyType, policyName },
  ] of tenant.groupPolicyAssignments.entries()) {
    // WHY: groups may have policies of types that do not route; those are kept and not judged.
    const place = KEPT_TYPES.find(({ type }) => nameKey(type) === nameKey(policyType));
    if (place === undefined) continue;
    yield {
      name: policyName,
      path: ["groupPolicyAssignments", index, "policyName"],
      targets: policyTargets(tenant, place),
      code: "POLICY_UNKNOWN",
      owner: `Group ${groupId}`,
    };
  }
  const targets = named("teamsEmergencyCallRoutingPolicy", "teamsEmergencyCallRoutingPolicies", [
    "Global",
    ...identities(tenant.teamsEmergencyCallRoutingPolicies),
  ]);
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
  return { kind, list, names, keys: new Set(names.map(nameKey)) };
}

function identities(entries: readonly { readonly identity: string }[]): readonly string[] {
  return entries.map(({ identity }) => identity);
}
