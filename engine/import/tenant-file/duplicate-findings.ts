import type { WrittenTenant } from "./schema/tenant-schema.ts";
import { type Finding, type NodePath, pathText } from "./source-document.ts";

/** A name and where it stands. */
interface Named {
  readonly name: string;
  readonly path: NodePath;
}

/**
 * Names that stand for two things. Case does not tell names apart, as in every Teams cmdlet. Cost:
 * linear.
 *
 * @problem TENANT_DUPLICATE an identity that an earlier entry of the same kind has
 */
export function duplicateFindings(tenant: WrittenTenant): Finding[] {
  return [...keyedLists(tenant), ...nestedLists(tenant)].flatMap(repeated);
}

function keyedLists(tenant: WrittenTenant): readonly (readonly Named[])[] {
  const by = <T>(
    list: keyof WrittenTenant,
    entries: readonly T[],
    key: keyof T & string,
  ): Named[] =>
    entries.map((entry, index) => ({ name: String(entry[key]), path: [list, index, key] }));
  return [
    by("operators", tenant.operators, "id"),
    by("operatorDirectory", tenant.operatorDirectory, "id"),
    by("phoneNumbers", tenant.phoneNumbers, "telephoneNumber"),
    [
      ...by("users", tenant.users, "userPrincipalName"),
      ...by("resourceAccounts", tenant.resourceAccounts, "userPrincipalName"),
    ],
    by("onlineVoiceRoutes", tenant.onlineVoiceRoutes, "identity"),
    by("onlineVoiceRoutingPolicies", tenant.onlineVoiceRoutingPolicies, "identity"),
    by(
      "onlineAudioConferencingRoutingPolicies",
      tenant.onlineAudioConferencingRoutingPolicies,
      "identity",
    ),
    by("onlinePstnGateways", tenant.onlinePstnGateways, "identity"),
    by("tenantDialPlans", tenant.tenantDialPlans, "identity"),
    by("teamsTranslationRules", tenant.teamsTranslationRules, "identity"),
    by("callingLineIdentities", tenant.callingLineIdentities, "identity"),
    by("teamsEmergencyCallRoutingPolicies", tenant.teamsEmergencyCallRoutingPolicies, "identity"),
    by("networkSites", tenant.networkSites, "identity"),
    by("emergencyAddresses", tenant.emergencyAddresses, "civicAddressId"),
  ];
}

function nestedLists(tenant: WrittenTenant): readonly (readonly Named[])[] {
  return [
    tenant.operators.flatMap(({ trunks }, operator) =>
      trunks.map(({ name }, trunk) => ({
        name,
        path: ["operators", operator, "trunks", trunk, "name"],
      })),
    ),
    tenant.onlinePstnUsages.map((name, index) => ({ name, path: ["onlinePstnUsages", index] })),
    (tenant.conferencingBridge?.serviceNumbers ?? []).map((name, index) => ({
      name,
      path: ["conferencingBridge", "serviceNumbers", index],
    })),
    tenant.groupPolicyAssignments.map(({ groupId, policyType }, index) => ({
      name: `${policyType} of ${groupId}`,
      path: ["groupPolicyAssignments", index, "groupId"],
    })),
  ];
}

function repeated(names: readonly Named[]): Finding[] {
  const first = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const named of names) {
    const key = named.name.trim().toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, named);
    else findings.push(duplicate(named, earlier));
  }
  return findings;
}

function duplicate({ name, path }: Named, earlier: Named): Finding {
  return {
    code: "TENANT_DUPLICATE",
    what: `${pathText(path)} repeats ${name}, which ${pathText(earlier.path)} is already`,
    hint: "rename or remove one of the two",
    at: { path, part: "value" },
  };
}
