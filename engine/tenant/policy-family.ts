import {
  FRESH_GLOBAL,
  GLOBAL,
  type PolicyOfType,
  policiesOfType,
} from "../model/policies-of-type.ts";
import { hasErrors, type Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, changed, created, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { refreshExportedPolicies } from "./exported-policies.ts";
import {
  alreadyExists,
  findNamed,
  fitsWildcard,
  missingParameter,
  notFound,
} from "./find-named.ts";
import { policyAssigned, unassignEverywhere } from "./policy-assignments.ts";
import {
  isGlobal,
  type KeptPolicyType,
  placeOf,
  withoutTag,
  withPolicy,
  withTag,
} from "./policy-place.ts";

/** A policy with what was given; what cannot be is among the problems. */
export interface FilledPolicy<T extends KeptPolicyType> {
  readonly policy: PolicyOfType[T];
  readonly problems: readonly Problem[];
}

/** What New and Set do is the same for every policy type but for this. */
export interface PolicyFamily<T extends KeptPolicyType> {
  readonly type: T;
  /** Parameters of New and Set beside the identity. */
  readonly values: readonly CmdletParameter[];
  readonly notKept: readonly string[];
  /** What New starts from; `Global` as nobody has changed it, under another name, unless said. */
  readonly blank?: (identity: string, tenant: Tenant) => PolicyOfType[T];
  readonly fill: (
    tenant: Tenant,
    base: PolicyOfType[T],
    args: CmdletArguments,
    isNew: boolean,
  ) => FilledPolicy<T>;
  /** What the whole tenant says of the change. */
  readonly judge?: (before: Tenant, after: Tenant, args: CmdletArguments) => readonly Problem[];
  readonly output: (policy: PolicyOfType[T]) => OutputObject;
}

function newPolicy<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
  tenant: Tenant,
  args: CmdletArguments,
): CmdletResult {
  const { words, noun } = placeOf(family.type);
  const identity = withoutTag(args.text("Identity") ?? "");
  if (identity === "")
    return refused(tenant, [missingParameter("Identity", `New-${noun}`, args.at)]);
  if (findNamed(policiesOfType(tenant, family.type), identity) !== undefined)
    return refused(tenant, [alreadyExists(words, identity, `Set-${noun}`, args.at)]);
  const blank = family.blank?.(identity, tenant) ?? { ...FRESH_GLOBAL[family.type], identity };
  const { policy, problems } = family.fill(tenant, blank, args, true);
  return store(family, tenant, null, policy, args, problems);
}

/**
 * Without an identity it is the instance `Global` that is meant (Microsoft: Set-CsOnlineVoiceRoutingPolicy); not
 * with one that is empty, as a script passes it whose look-up found nothing (assumed).
 */
function setPolicy<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
  tenant: Tenant,
  args: CmdletArguments,
): CmdletResult {
  const { words, noun } = placeOf(family.type);
  const identity = withoutTag(args.has("Identity") ? (args.text("Identity") ?? "") : GLOBAL);
  if (identity === "")
    return refused(tenant, [missingParameter("Identity", `Set-${noun}`, args.at)]);
  const policies = policiesOfType(tenant, family.type);
  const old = findNamed(policies, identity);
  if (old === undefined) return refused(tenant, [notFound(words, identity, policies, args.at)]);
  const { policy, problems } = family.fill(tenant, old, args, false);
  return store(family, tenant, old, policy, args, problems);
}

function store<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
  tenant: Tenant,
  old: PolicyOfType[T] | null,
  policy: PolicyOfType[T],
  args: CmdletArguments,
  filled: readonly Problem[],
): CmdletResult {
  const after = withPolicy(tenant, family.type, old, policy);
  const problems = [...filled, ...(family.judge?.(tenant, after, args) ?? [])];
  if (hasErrors(problems)) return refused(tenant, problems);
  return old === null ? created(after, family.output(policy), problems) : changed(after, problems);
}

/**
 * `Global` cannot be removed: it becomes what it was at first (Microsoft: Remove-CsOnlineVoiceRoutingPolicy).
 *
 * @problem POLICY_ASSIGNED unless the tenant's option removeAssignedPolicies is on
 */
function removePolicy<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
  tenant: Tenant,
  args: CmdletArguments,
): CmdletResult {
  const place = placeOf(family.type);
  const identity = withoutTag(args.text("Identity") ?? "");
  const cmdlet = `Remove-${place.noun}`;
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  const policies = policiesOfType(tenant, family.type);
  const old = findNamed(policies, identity);
  if (old === undefined)
    return refused(tenant, [notFound(place.words, identity, policies, args.at)]);
  if (isGlobal(identity))
    return changed(withPolicy(tenant, family.type, old, FRESH_GLOBAL[family.type]));
  const assigned = policyAssigned(tenant, place, old.identity, args.at);
  if (assigned !== null && !tenant.options.removeAssignedPolicies)
    return refused(tenant, [assigned]);
  const unassigned = assigned === null ? tenant : unassignEverywhere(tenant, place, old.identity);
  const after = withPolicy(unassigned, family.type, old, null);
  return changed(refreshExportedPolicies(tenant, after, place));
}

function getPolicy<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
  tenant: Tenant,
  args: CmdletArguments,
): CmdletResult {
  const policies = policiesOfType(tenant, family.type);
  const wanted = args.text("Identity");
  const filter = args.text("Filter") ?? "*";
  if (wanted === undefined || wanted === null) {
    const fitting = policies.filter((p) => fitsWildcard(withTag(p.identity), filter));
    return printed(tenant, fitting.map(family.output));
  }
  const identity = withoutTag(wanted);
  const found = findNamed(policies, identity);
  if (found === undefined)
    return refused(tenant, [notFound(placeOf(family.type).words, identity, policies, args.at)]);
  return printed(tenant, [family.output(found)]);
}

/** New, Set, Get and Remove of a policy type. */
export function policyCmdlets<T extends KeptPolicyType>(
  family: PolicyFamily<T>,
): readonly Cmdlet[] {
  const identity = parameter("Identity", "string", 0);
  const force = parameter("Force", "switch");
  const tenantOf = parameter("Tenant", "string");
  const values = [identity, ...family.values, tenantOf, force];
  const filter = parameter("Filter", "string");
  const { noun } = placeOf(family.type);
  const cmdlet = (
    verb: string,
    parameters: readonly CmdletParameter[],
    run: (family: PolicyFamily<T>, tenant: Tenant, args: CmdletArguments) => CmdletResult,
  ): Cmdlet => ({
    signature: { name: `${verb}-${noun}`, parameters },
    notKept: family.notKept,
    run: (tenant, args) => run(family, tenant, args),
  });
  return [
    cmdlet("New", values, newPolicy),
    cmdlet("Set", values, setPolicy),
    cmdlet("Get", [identity, filter, tenantOf], getPolicy),
    cmdlet("Remove", [identity, tenantOf, force], removePolicy),
  ];
}
