/**
 * The commands that make policies of every type, and the network sites that name some of them.
 *
 * @module
 */

import { nameKey } from "../../model/name-key.ts";
import {
  FRESH_GLOBAL,
  GLOBAL,
  type PolicyOfType,
  policiesOfType,
} from "../../model/policies-of-type.ts";
import { canonicalJson } from "../../model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../model/tenant.ts";
import type { ArgumentValue } from "../../tenant/cmdlet-invocation.ts";
import { emergencyNumberOutput } from "../../tenant/emergency-numbers.ts";
import { ruleOutput } from "../../tenant/normalization-rules.ts";
import { type KeptPolicyType, placeOf } from "../../tenant/policy-place.ts";
import { call, listOrNone, type ObjectKind, type Parameters, unless } from "./written-kind.ts";

/** The values of a policy as parameters of its New- and Set- cmdlets. */
type Values = {
  readonly [T in KeptPolicyType]: (policy: PolicyOfType[T], tenant: Tenant) => Parameters;
};

const routingValues = (policy: PolicyOfType["OnlineVoiceRoutingPolicy"]): Parameters => ({
  OnlinePstnUsages: listOrNone(policy.onlinePstnUsages),
  Description: policy.description ?? undefined,
});

const VALUES: Values = {
  OnlineVoiceRoutingPolicy: routingValues,
  OnlineAudioConferencingRoutingPolicy: routingValues,
  TenantDialPlan: (plan, tenant) => ({
    SimpleName: plan.simpleName ?? undefined,
    Description: plan.description ?? undefined,
    ExternalAccessPrefix: plan.externalAccessPrefix ?? undefined,
    OptimizeDeviceDialing: unless(plan.optimizeDeviceDialing, false),
    NormalizationRules: objectsOrNone(
      plan.normalizationRules.map(ruleOutput),
      tenant.options.newDialPlanHasDefaultRule,
    ),
  }),
  CallingLineIdentity: (policy) => ({
    CallingIDSubstitute: policy.callingIdSubstitute,
    ResourceAccount: policy.resourceAccount ?? undefined,
    EnableUserOverride: policy.enableUserOverride,
    CompanyName: policy.companyName ?? undefined,
    Description: policy.description ?? undefined,
  }),
  TeamsEmergencyCallRoutingPolicy: (policy) => ({
    EmergencyNumbers: objectsOrNone(policy.emergencyNumbers.map(emergencyNumberOutput), false),
    AllowEnhancedEmergencyServices: policy.allowEnhancedEmergencyServices,
    Description: policy.description ?? undefined,
  }),
  TeamsSharedCallingRoutingPolicy: (policy) => ({
    ResourceAccount: policy.resourceAccount ?? undefined,
    EmergencyNumbers: listOrNone(policy.emergencyNumbers),
    Description: policy.description ?? undefined,
  }),
};

/** An empty list is said only where a new object would not be empty. */
function objectsOrNone(
  objects: readonly ArgumentValue[],
  saysEmpty: boolean,
): readonly ArgumentValue[] | null | undefined {
  if (objects.length > 0) return objects;
  return saysEmpty ? null : undefined;
}

/** Types whose `Global` every tenant lists, changed or not. */
const ALWAYS_LISTED: ReadonlySet<KeptPolicyType> = new Set([
  "OnlineVoiceRoutingPolicy",
  "OnlineAudioConferencingRoutingPolicy",
] as const);

function policyKind<T extends KeptPolicyType>(
  type: T,
  title: string,
  needs: readonly string[],
): ObjectKind {
  const { noun, list } = placeOf(type);
  const field = list ?? "tenantDialPlans";
  const isListed = (tenant: Tenant, identity: string): boolean =>
    tenant[field].some((policy) => policy.identity === identity);
  // WHY: a Global that nobody has changed is there without a command, where tenants always list it.
  const isThere = (policy: PolicyOfType[T]): boolean =>
    ALWAYS_LISTED.has(type) && canonicalJson(policy) === canonicalJson(FRESH_GLOBAL[type]);
  return {
    name: type,
    title,
    needs,
    parts: [field],
    without: (tenant) => ({ ...tenant, [field]: EMPTY_TENANT[field] }),
    calls: (tenant) =>
      policiesOfType(tenant, type)
        .filter((policy) => isListed(tenant, policy.identity) && !isThere(policy))
        .map((policy) =>
          call(`${nameKey(policy.identity) === nameKey(GLOBAL) ? "Set" : "New"}-${noun}`, {
            Identity: policy.identity,
            ...VALUES[type](policy, tenant),
          }),
        ),
  };
}

const SITES: ObjectKind = {
  name: "sites",
  title: "Network sites",
  needs: ["TeamsEmergencyCallRoutingPolicy"],
  parts: ["networkSites"],
  without: (tenant) => ({ ...tenant, networkSites: [] }),
  calls: (tenant) =>
    tenant.networkSites.map((site) =>
      call("New-CsTenantNetworkSite", {
        NetworkSiteID: site.identity,
        NetworkRegionID: site.networkRegionId ?? undefined,
        Description: site.description ?? undefined,
        EmergencyCallRoutingPolicy: site.teamsEmergencyCallRoutingPolicy ?? undefined,
      }),
    ),
};

export const POLICY_KINDS: readonly ObjectKind[] = [
  policyKind("OnlineVoiceRoutingPolicy", "Voice routing policies", ["usages"]),
  policyKind("OnlineAudioConferencingRoutingPolicy", "Audio Conferencing routing policies", [
    "usages",
  ]),
  policyKind("TenantDialPlan", "Tenant dial plans", []),
  policyKind("CallingLineIdentity", "Calling line identities", []),
  policyKind("TeamsEmergencyCallRoutingPolicy", "Emergency call routing policies", ["usages"]),
  policyKind("TeamsSharedCallingRoutingPolicy", "Shared calling policies", []),
  SITES,
];
