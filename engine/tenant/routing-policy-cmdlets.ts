import { hasErrors } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { RoutingPolicy } from "../model/voice-routing.ts";
import { newMixtures } from "./bridge-source-rules.ts";
import { changeNames, usageVocabulary } from "./change-names.ts";
import {
  type Cmdlet,
  changed,
  created,
  outputObject,
  parameter,
  printed,
  refused,
} from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import {
  alreadyExists,
  findNamed,
  fitsWildcard,
  missingParameter,
  notFound,
} from "./find-named.ts";
import { policyAssigned, unassignEverywhere } from "./policy-assignments.ts";
import {
  GLOBAL,
  isGlobal,
  POLICY_PLACES,
  type PolicyPlace,
  policiesOf,
  withoutTag,
  withTag,
} from "./routing-policy-type.ts";

function newPolicy(place: PolicyPlace, tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = withoutTag(args.text("Identity") ?? "");
  const cmdlet = `New-${place.noun}`;
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  if (findNamed(policiesOf(tenant, place), identity) !== undefined)
    return refused(tenant, [alreadyExists(place.words, identity, `Set-${place.noun}`, args.at)]);
  const blank: RoutingPolicy = { identity, onlinePstnUsages: [], description: null };
  return storePolicy(place, tenant, blank, args);
}

/** Without an identity it is the instance `Global` that is meant (Microsoft: Set-CsOnlineVoiceRoutingPolicy). */
function setPolicy(place: PolicyPlace, tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = withoutTag(args.text("Identity") ?? GLOBAL);
  const policies = policiesOf(tenant, place);
  const old = findNamed(policies, identity);
  if (old === undefined)
    return refused(tenant, [notFound(place.words, identity, policies, args.at)]);
  return storePolicy(place, tenant, old, args);
}

function storePolicy(
  place: PolicyPlace,
  tenant: Tenant,
  base: RoutingPolicy,
  args: CmdletArguments,
): CmdletResult {
  const usages = changeNames(
    base.onlinePstnUsages,
    args.list("OnlinePstnUsages"),
    usageVocabulary(tenant.onlinePstnUsages, "POLICY_UNKNOWN_USAGE"),
    { words: `The ${place.words} "${base.identity}"`, at: args.at },
  );
  const description = args.text("Description");
  const policy: RoutingPolicy = {
    identity: base.identity,
    onlinePstnUsages: usages.names,
    description: description === undefined ? base.description : description,
  };
  const policies = policiesOf(tenant, place);
  const isNew = !policies.includes(base);
  const after: Tenant = {
    ...tenant,
    [place.list]: isNew
      ? [...policies, policy]
      : policies.map((old) => (old === base ? policy : old)),
  };
  const problems = [...usages.problems, ...newMixtures(tenant, after, args.at)];
  if (hasErrors(problems)) return refused(tenant, problems);
  return isNew ? created(after, asOutput(place, policy), problems) : changed(after, problems);
}

/**
 * `Global` cannot be removed: it is emptied instead (Microsoft: Remove-CsOnlineVoiceRoutingPolicy).
 *
 * @problem POLICY_ASSIGNED unless the tenant's option removeAssignedPolicies is on
 */
function removePolicy(place: PolicyPlace, tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = withoutTag(args.text("Identity") ?? "");
  const cmdlet = `Remove-${place.noun}`;
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  const policies = policiesOf(tenant, place);
  const old = findNamed(policies, identity);
  if (old === undefined)
    return refused(tenant, [notFound(place.words, identity, policies, args.at)]);
  if (isGlobal(identity)) {
    const fresh: RoutingPolicy = { identity: GLOBAL, onlinePstnUsages: [], description: null };
    return changed({ ...tenant, [place.list]: policies.map((p) => (p === old ? fresh : p)) });
  }
  const assigned = policyAssigned(tenant, place, old.identity, args.at);
  if (assigned !== null && !tenant.options.removeAssignedPolicies)
    return refused(tenant, [assigned]);
  const unassigned = assigned === null ? tenant : unassignEverywhere(tenant, place, old.identity);
  return changed({ ...unassigned, [place.list]: tenant[place.list].filter((p) => p !== old) });
}

function getPolicy(place: PolicyPlace, tenant: Tenant, args: CmdletArguments): CmdletResult {
  const policies = policiesOf(tenant, place);
  const wanted = args.text("Identity");
  const filter = args.text("Filter") ?? "*";
  if (wanted === undefined || wanted === null) {
    const fitting = policies.filter((p) => fitsWildcard(withTag(p.identity), filter));
    return printed(
      tenant,
      fitting.map((p) => asOutput(place, p)),
    );
  }
  const found = findNamed(policies, withoutTag(wanted));
  if (found === undefined)
    return refused(tenant, [notFound(place.words, withoutTag(wanted), policies, args.at)]);
  return printed(tenant, [asOutput(place, found)]);
}

function asOutput(place: PolicyPlace, policy: RoutingPolicy): OutputObject {
  return outputObject({
    Identity: withTag(policy.identity),
    OnlinePstnUsages: policy.onlinePstnUsages,
    Description: policy.description,
    ...(place.type === "OnlineVoiceRoutingPolicy" ? { RouteType: "BYOT" } : {}),
  });
}

const IDENTITY = parameter("Identity", "string", 0);
const FORCE = parameter("Force", "switch");
const VALUES: readonly CmdletParameter[] = [
  IDENTITY,
  parameter("OnlinePstnUsages", "list"),
  parameter("Description", "string"),
  parameter("RouteType", "string"),
  FORCE,
];

type PolicyFunction = (place: PolicyPlace, tenant: Tenant, args: CmdletArguments) => CmdletResult;

function cmdlet(
  place: PolicyPlace,
  verb: string,
  parameters: readonly CmdletParameter[],
  run: PolicyFunction,
): Cmdlet {
  return {
    signature: { name: `${verb}-${place.noun}`, parameters },
    notKept: ["RouteType"],
    run: (tenant, args) => run(place, tenant, args),
  };
}

/** New, Set, Get and Remove of both kinds of routing policy. */
export const ROUTING_POLICY_CMDLETS: readonly Cmdlet[] = POLICY_PLACES.flatMap((place) => [
  cmdlet(place, "New", VALUES, newPolicy),
  cmdlet(place, "Set", VALUES, setPolicy),
  cmdlet(place, "Get", [IDENTITY, parameter("Filter", "string")], getPolicy),
  cmdlet(place, "Remove", [IDENTITY, FORCE], removePolicy),
]);
