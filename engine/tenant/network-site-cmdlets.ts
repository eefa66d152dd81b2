import { didYouMean } from "../model/nearest-name.ts";
import type { NetworkSite } from "../model/number-rules.ts";
import { policiesOfType } from "../model/policies-of-type.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
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
import { withoutTag } from "./policy-place.ts";

const KIND = "network site";

function identityOf(args: CmdletArguments): string {
  return (args.text("NetworkSiteID") ?? args.text("Identity") ?? "").trim();
}

/** @problem CMDLET_MISSING_PARAMETER, CMDLET_ALREADY_EXISTS, POLICY_UNKNOWN */
function newSite(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOf(args);
  const cmdlet = "New-CsTenantNetworkSite";
  if (identity === "") return refused(tenant, [missingParameter("NetworkSiteID", cmdlet, args.at)]);
  if (findNamed(tenant.networkSites, identity) !== undefined)
    return refused(tenant, [alreadyExists(KIND, identity, "Set-CsTenantNetworkSite", args.at)]);
  const blank: NetworkSite = {
    identity,
    description: null,
    networkRegionId: null,
    teamsEmergencyCallRoutingPolicy: null,
  };
  const site = fillIn(tenant, blank, args);
  if ("code" in site) return refused(tenant, [site]);
  return created({ ...tenant, networkSites: [...tenant.networkSites, site] }, asOutput(site), []);
}

function setSite(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = find(tenant, args, "Set-CsTenantNetworkSite");
  if ("code" in old) return refused(tenant, [old]);
  const site = fillIn(tenant, old, args);
  if ("code" in site) return refused(tenant, [site]);
  const networkSites = tenant.networkSites.map((each) => (each === old ? site : each));
  return changed({ ...tenant, networkSites });
}

function removeSite(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = find(tenant, args, "Remove-CsTenantNetworkSite");
  if ("code" in old) return refused(tenant, [old]);
  return changed({ ...tenant, networkSites: tenant.networkSites.filter((each) => each !== old) });
}

function getSites(tenant: Tenant, args: CmdletArguments): CmdletResult {
  if (identityOf(args) === "") {
    const filter = args.text("Filter") ?? "*";
    const fitting = tenant.networkSites.filter((site) => fitsWildcard(site.identity, filter));
    return printed(tenant, fitting.map(asOutput));
  }
  const found = find(tenant, args, "Get-CsTenantNetworkSite");
  if ("code" in found) return refused(tenant, [found]);
  return printed(tenant, [asOutput(found)]);
}

function find(tenant: Tenant, args: CmdletArguments, cmdlet: string): NetworkSite | Problem {
  const identity = identityOf(args);
  if (identity === "") return missingParameter("Identity", cmdlet, args.at);
  const sites = tenant.networkSites;
  return findNamed(sites, identity) ?? notFound(KIND, identity, sites, args.at);
}

function fillIn(tenant: Tenant, base: NetworkSite, args: CmdletArguments): NetworkSite | Problem {
  const text = (name: string, old: string | null): string | null => {
    const value = args.text(name);
    return value === undefined ? old : value || null;
  };
  const policy = emergencyPolicy(tenant, base, args);
  if (policy !== null && typeof policy === "object") return policy;
  const description = args.text("Description");
  return {
    identity: base.identity,
    description: description === undefined ? base.description : description,
    networkRegionId: text("NetworkRegionID", base.networkRegionId),
    teamsEmergencyCallRoutingPolicy: policy,
  };
}

function emergencyPolicy(
  tenant: Tenant,
  base: NetworkSite,
  args: CmdletArguments,
): string | null | Problem {
  const written = args.text("EmergencyCallRoutingPolicy");
  if (written === undefined) return base.teamsEmergencyCallRoutingPolicy;
  const name = withoutTag(written ?? "");
  if (name === "") return null;
  const policies = policiesOfType(tenant, "TeamsEmergencyCallRoutingPolicy");
  const found = findNamed(policies, name);
  if (found !== undefined) return found.identity;
  const names = policies.map((policy) => policy.identity);
  return problem(
    "POLICY_UNKNOWN",
    `Network site "${base.identity}": there is no emergency call routing policy "${name}"`,
    didYouMean(name, names) ?? "create it with New-CsTeamsEmergencyCallRoutingPolicy",
    args.at,
  );
}

function asOutput(site: NetworkSite): OutputObject {
  return outputObject({
    Identity: site.identity,
    NetworkSiteID: site.identity,
    NetworkRegionID: site.networkRegionId,
    Description: site.description,
    EmergencyCallRoutingPolicy: site.teamsEmergencyCallRoutingPolicy,
  });
}

/** Parameters of Teams on which no routing of this model depends. */
const NOT_KEPT: readonly CmdletParameter[] = [
  parameter("SiteAddress", "string"),
  parameter("LocationPolicy", "string"),
  parameter("EmergencyCallingPolicy", "string"),
  parameter("EnableLocationBasedRouting", "bool"),
  parameter("OnlineVoiceRoutingPolicy", "string"),
  parameter("NetworkRoamingPolicy", "string"),
];
const IDENTITY = parameter("Identity", "string", 0);
const SITE_ID = parameter("NetworkSiteID", "string");
const VALUES: readonly CmdletParameter[] = [
  IDENTITY,
  SITE_ID,
  parameter("NetworkRegionID", "string"),
  parameter("Description", "string"),
  parameter("EmergencyCallRoutingPolicy", "string"),
  ...NOT_KEPT,
];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return {
    signature: { name: `${verb}-CsTenantNetworkSite`, parameters },
    notKept: NOT_KEPT.map((each) => each.name),
    run,
  };
}

/** The cmdlets of network sites (documented: Microsoft, New-CsTenantNetworkSite). */
export const NETWORK_SITE_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", VALUES, newSite),
  cmdlet("Set", VALUES, setSite),
  cmdlet("Get", [IDENTITY, SITE_ID, parameter("Filter", "string")], getSites),
  cmdlet("Remove", [IDENTITY, SITE_ID, parameter("Force", "switch")], removeSite),
];
