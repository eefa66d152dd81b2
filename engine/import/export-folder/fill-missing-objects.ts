/**
 * Objects that exported ones name although no file holds them: derived trunks, which
 * Get-CsOnlinePSTNGateway does not list; usages that were removed while routes still had them, as Lync
 * allowed; policies and operators whose file is not there.
 *
 * @module
 */
import { nameKey } from "../../model/name-key.ts";
import { POLICY_TYPES } from "../../model/policy-types.ts";
import { type Problem, problem } from "../../model/problem.ts";
import { entryKey, TENANT_LISTS, type TenantListKey } from "../../model/tenant-lists.ts";
import { type Draft, type DraftEntry, entryOf, placeOfEntry } from "./draft-tenant.ts";
import { isRecord } from "./export-document.ts";
import type { Values } from "./exported-files.ts";

/** A name that an entry uses. */
interface Use {
  readonly name: string;
  readonly by: DraftEntry;
  readonly key: string;
}

interface Maker {
  readonly list: TenantListKey;
  readonly uses: (draft: Draft) => Iterable<Use>;
  readonly make: (name: string) => unknown;
  /** What the made object is taken for, as the end of a sentence. */
  readonly as: string;
}

/** Told about one kind of object; the rest is counted. */
const MAX_TOLD = 10;

const ROUTING_POLICIES: readonly TenantListKey[] = [
  "onlineVoiceRoutingPolicies",
  "onlineAudioConferencingRoutingPolicies",
];

const MAKERS: readonly Maker[] = [
  {
    list: "onlinePstnGateways",
    uses: ({ lists }) => listedIn(lists.get("onlineVoiceRoutes"), "onlinePstnGatewayList"),
    make: (identity) => ({ identity, enabled: true, derived: true }),
    as: "a derived trunk of a carrier, in service",
  },
  {
    list: "onlinePstnUsages",
    uses: usagesIn,
    make: (usage) => usage,
    as: "a PSTN usage",
  },
  ...POLICY_TYPES.flatMap(({ type, property, list, words }): readonly Maker[] =>
    list === null
      ? []
      : [
          {
            list,
            uses: (draft) => policiesIn(draft, type, property),
            make: (identity) => ({ identity }),
            as: `${/^[aeiou]/.test(words) ? "an" : "a"} ${words} in which nothing is set`,
          },
        ],
  ),
];

/**
 * Adds what is missing, and tells each time.
 *
 * @problem EXPORT_ASSUMED an object is named and not exported
 */
export function fillMissingObjects(draft: Draft): {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
} {
  const lists = new Map(draft.lists);
  const filled: Draft = { ...draft, lists };
  const problems: Problem[] = [];
  for (const { list, uses, make, as } of MAKERS) {
    const entries = [...(lists.get(list) ?? [])];
    const known = new Set(entries.map(({ value }) => entryKey(TENANT_LISTS[list], value)));
    known.add(list === "onlinePstnUsages" || list === "onlinePstnGateways" ? "" : "global");
    let made = 0;
    for (const { name, by, key } of uses(filled)) {
      if (known.has(nameKey(name))) continue;
      known.add(nameKey(name));
      entries.push(entryOf(make(name), by.origin));
      made += 1;
      if (made > MAX_TOLD) continue;
      const what = `${TENANT_LISTS[list].kind} ${name} is named here but not exported; it is taken for ${as}`;
      const hint = `export it, or describe it under ${list} in operators.yaml`;
      problems.push(problem("EXPORT_ASSUMED", what, hint, placeOfEntry(by, key)));
    }
    if (made > MAX_TOLD) {
      const what = `${made - MAX_TOLD} more entries of ${list} are named but not exported`;
      problems.push(problem("EXPORT_ASSUMED", what, "export them"));
    }
    lists.set(list, entries);
  }
  return { draft: filled, problems };
}

function* listedIn(entries: readonly DraftEntry[] | undefined, key: string): Generator<Use> {
  for (const by of entries ?? []) {
    const names: unknown = isRecord(by.value) ? by.value[key] : null;
    if (!Array.isArray(names)) continue;
    for (const name of names) if (typeof name === "string") yield { name, by, key };
  }
}

function* usagesIn({ lists }: Draft): Generator<Use> {
  yield* listedIn(lists.get("onlineVoiceRoutes"), "onlinePstnUsages");
  for (const list of ROUTING_POLICIES) yield* listedIn(lists.get(list), "onlinePstnUsages");
  for (const by of lists.get("teamsEmergencyCallRoutingPolicies") ?? []) {
    const numbers: unknown = isRecord(by.value) ? by.value["emergencyNumbers"] : null;
    if (!Array.isArray(numbers)) continue;
    for (const number of numbers as readonly Values[]) {
      const name = number["onlinePstnUsage"];
      if (typeof name === "string") yield { name, by, key: "emergencyNumbers" };
    }
  }
}

function* policiesIn({ lists }: Draft, type: string, property: string): Generator<Use> {
  for (const list of ["users", "resourceAccounts", "networkSites"] as const) {
    for (const by of lists.get(list) ?? []) yield* policyOf(by, property);
  }
  for (const by of lists.get("groupPolicyAssignments") ?? []) {
    const ofType = isRecord(by.value) && nameKey(String(by.value["policyType"])) === nameKey(type);
    if (ofType) yield* policyOf(by, "policyName");
  }
}

function* policyOf(by: DraftEntry, key: string): Generator<Use> {
  const name: unknown = isRecord(by.value) ? by.value[key] : null;
  if (typeof name === "string") yield { name: bare(name), by, key };
}

function bare(name: string): string {
  return name.replace(/^(?:tag:\s*)+/i, "");
}
