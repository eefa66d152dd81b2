import type { PolicySource } from "../../../engine/model/decision.ts";
import { nationalEmergencyNumbers } from "../../../engine/model/emergency-numbers.ts";
import type {
  EmergencyNumber,
  TeamsEmergencyCallRoutingPolicy,
} from "../../../engine/model/number-rules.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import { same } from "./names.ts";
import { effective, instance } from "./policies.ts";

/** The policy for emergency calls that counts where the caller is. */
export interface EmergencyPolicy {
  readonly policy: TeamsEmergencyCallRoutingPolicy;
  readonly source: PolicySource;
}

/** An emergency call: by an entry of a policy, or because everybody in the country knows the number. */
export interface EmergencyCall extends EmergencyPolicy {
  readonly entry: EmergencyNumber | null;
  /** The dial string of the entry, also where a mask of it was dialed; else what was dialed. */
  readonly called: string;
}

/** Whether a string calls for help. */
export function emergencyCallOf(
  tenant: Tenant,
  caller: Caller,
  site: string | null,
  dialed: string,
): EmergencyCall | null {
  const digits = dialed.replace(/^\+/, "");
  const { policy, source } = policyWhere(tenant, caller, site);
  const entry = policy.emergencyNumbers.find((one) => stringsOf(one).includes(digits));
  if (entry !== undefined) {
    return { policy, source, entry, called: entry.emergencyDialString };
  }
  if (!tenant.options.nationalEmergencyNumbers) return null;
  const known = nationalEmergencyNumbers(caller.usageLocation ?? tenant.tenant.country);
  return known.includes(digits) ? { policy, source, entry: null, called: dialed } : null;
}

/** The policy of the site where the caller is, else the caller's; one that is not there is none. */
function policyWhere(tenant: Tenant, caller: Caller, site: string | null): EmergencyPolicy {
  const type = "TeamsEmergencyCallRoutingPolicy";
  const place = tenant.networkSites.find((one) => site !== null && same(one.identity, site));
  const name = place?.teamsEmergencyCallRoutingPolicy ?? null;
  const policy = name === null ? undefined : instance(tenant, type, name);
  return policy === undefined ? effective(tenant, type, caller) : { policy, source: "site" };
}

function stringsOf(entry: EmergencyNumber): string[] {
  const masks = (entry.emergencyDialMask ?? "").split(";");
  return [entry.emergencyDialString, ...masks]
    .map((text) => text.trim().replace("+", ""))
    .filter((text) => text !== "");
}
