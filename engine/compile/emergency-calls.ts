import { type Caller, callerHolder } from "../model/callers.ts";
import type { PolicySource } from "../model/decision.ts";
import { emergencyStrings, nationalEmergencyNumbers } from "../model/emergency-numbers.ts";
import { nameKey } from "../model/name-key.ts";
import type { EmergencyNumber } from "../model/number-rules.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { homeCountry } from "./calling-restriction.ts";
import { effectivePolicy, type PolicyDirectory, policyDirectory } from "./effective-policy.ts";
import { compileOnNetTable, type OnNetTable } from "./on-net-table.ts";

/**
 * Which dialed strings are emergency calls for whom, and by which policy they are routed.
 *
 * @module
 */

/** An emergency number of a policy. */
export interface CompiledEmergencyNumber {
  /** What the dialed number becomes. */
  readonly dialString: string;
  readonly mask: string | null;
  readonly usage: string | null;
  /** The dial string and its masks, without `+`: indices into {@link CompiledEmergency.texts}. */
  readonly strings: readonly number[];
  /** The usage as a policy of its own: index into the tenant's compiled policies; -1 = no usage. */
  readonly routingPolicy: number;
}

export interface CompiledEmergencyPolicy {
  readonly identity: string;
  readonly numbers: readonly CompiledEmergencyNumber[];
}

/** What decides, for a caller, what is an emergency number. */
export interface EmergencyProfile {
  /** The emergency call routing policy that counts for the caller wherever no site has one. */
  readonly policy: number;
  readonly policySource: PolicySource;
  readonly group: string | null;
  /** The emergency numbers of the caller's country; empty with option nationalEmergencyNumbers off. */
  readonly national: readonly number[];
  /** Only Direct Routing numbers go by the policy's usages. */
  readonly isDirectRouting: boolean;
}

/** Plain data that can be posted to worker threads. */
export interface CompiledEmergency {
  /** Everything that is an emergency number for somebody, and finds an index into `texts`. */
  readonly strings: OnNetTable;
  readonly texts: readonly string[];
  /** Symbols of the longest of them with a `+` before it; 0 = there are none. */
  readonly longest: number;
  readonly policies: readonly CompiledEmergencyPolicy[];
  readonly sites: readonly string[];
  /** Policy of each site; -1 = it has none. */
  readonly sitePolicies: readonly number[];
  readonly profiles: readonly EmergencyProfile[];
  /** Index into `profiles` by caller. */
  readonly callers: Int32Array;
}

/** Compiles what the callers of a tenant, told one by one, can dial in an emergency. */
export interface EmergencyCompiler {
  /** @param isDirectRouting - Whether her calls leave by a Direct Routing number. */
  add(caller: Caller, isDirectRouting: boolean): void;
  /** What was told, once all callers are added. */
  compile(): CompiledEmergency;
}

/** Makes a policy of its own of an emergency number's usage, and says where it stands. */
type CompileUsage = (identity: string, usage: string) => number;

/**
 * A compiler of emergency calls. Policies are those of the network sites and, for each caller, the one
 * granted directly, to a group, or globally (documented: Microsoft, manage-emergency-call-routing-policies).
 *
 * Cost: O(callers), and that of compiling the usages. @problem POLICY_UNKNOWN
 */
export function emergencyCompiler(
  tenant: Tenant,
  compileUsage: CompileUsage,
  problems: Problem[],
): EmergencyCompiler {
  const directory = policyDirectory(tenant, "TeamsEmergencyCallRoutingPolicy");
  problems.push(...directory.problems);
  const texts = new Texts();
  const policies = directory.policies.map(
    ({ identity, emergencyNumbers }): CompiledEmergencyPolicy => ({
      identity,
      numbers: emergencyNumbers.map((one) => compileNumber(identity, one, texts, compileUsage)),
    }),
  );
  const profiles: EmergencyProfile[] = [];
  const known = new Map<string, number>();
  const callers: number[] = [];
  return {
    add(caller, isDirectRouting) {
      const holder = callerHolder(caller);
      const country = homeCountry(holder, tenant);
      const isNational = tenant.options.nationalEmergencyNumbers;
      const { index, policySource, group } = effectivePolicy(directory, holder, problems);
      const key = JSON.stringify([index, policySource, group, country, isDirectRouting]);
      const at = known.get(key) ?? profiles.length;
      if (at === profiles.length) {
        const national = isNational ? nationalEmergencyNumbers(country).map(texts.add) : [];
        profiles.push({ policy: index, policySource, group, national, isDirectRouting });
        known.set(key, at);
      }
      callers.push(at);
    },
    compile() {
      const all = texts.all;
      const longest = all.reduce((most, { length }) => Math.max(most, length + 1), 0);
      return {
        strings: compileOnNetTable(all),
        texts: all,
        longest,
        policies,
        sites: tenant.networkSites.map((site) => site.identity),
        sitePolicies: sitePolicies(tenant, directory, problems),
        profiles,
        callers: Int32Array.from(callers),
      };
    },
  };
}

/** Gives each text a number. */
class Texts {
  readonly all: string[] = [];
  private readonly known = new Map<string, number>();

  readonly add = (text: string): number => {
    const at = this.known.get(text) ?? this.all.push(text) - 1;
    this.known.set(text, at);
    return at;
  };
}

function compileNumber(
  identity: string,
  { emergencyDialString, emergencyDialMask, onlinePstnUsage }: EmergencyNumber,
  texts: Texts,
  compileUsage: CompileUsage,
): CompiledEmergencyNumber {
  const dialString = emergencyDialString.trim();
  return {
    dialString,
    mask: emergencyDialMask,
    usage: onlinePstnUsage,
    strings: emergencyStrings(dialString, emergencyDialMask).map(texts.add),
    routingPolicy: onlinePstnUsage === null ? -1 : compileUsage(identity, onlinePstnUsage),
  };
}

/** A site whose policy does not exist has none (assumed). */
function sitePolicies(tenant: Tenant, directory: PolicyDirectory, problems: Problem[]): number[] {
  return tenant.networkSites.map(({ identity, teamsEmergencyCallRoutingPolicy: name }) => {
    if (name === null) return -1;
    const index = directory.indexByName.get(nameKey(name));
    if (index !== undefined) return index;
    const what = `network site "${identity}" has the emergency call routing policy "${name}", which does not exist; the caller's own counts there`;
    problems.push(problem("POLICY_UNKNOWN", what, "create the policy or take it off the site"));
    return -1;
  });
}
