import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, type ProblemCode, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { applyListChange, type ChangedList, type ListChange } from "./list-change.ts";

/** A list of usages after a change, in the spelling of the tenant's own list. */
export interface ChangedUsages {
  readonly usages: readonly string[];
  readonly problems: readonly Problem[];
}

/** What the object is that holds the usages, for its problems. */
export interface UsageHolder {
  /** In words with its name: `voice route "UK"`. */
  readonly words: string;
  readonly unknownUsage: ProblemCode & ("ROUTE_UNKNOWN_USAGE" | "POLICY_UNKNOWN_USAGE");
  readonly at: SourcePlace | null;
}

/**
 * The usages of a route or policy after `-OnlinePstnUsages`; order counts and is kept.
 *
 * @problem ROUTE_UNKNOWN_USAGE / POLICY_UNKNOWN_USAGE a usage is not in the tenant's list
 * @problem USAGE_DUPLICATE, USAGE_NOT_PRESENT warnings; the wish has no effect
 */
export function changeUsages(
  tenant: Tenant,
  current: readonly string[],
  change: ListChange,
  holder: UsageHolder,
): ChangedUsages {
  const list = applyListChange(current, change);
  const known = new Map(tenant.onlinePstnUsages.map((usage) => [nameKey(usage), usage]));
  const problems: Problem[] = [];
  const usages = list.values.map((usage) => {
    const found = known.get(nameKey(usage));
    if (found === undefined) problems.push(unknownUsage(tenant, usage, holder));
    return found ?? usage;
  });
  return { usages, problems: [...problems, ...listWarnings(list, holder.words, holder.at)] };
}

function unknownUsage(tenant: Tenant, usage: string, holder: UsageHolder): Problem {
  return problem(
    holder.unknownUsage,
    `${holder.words}: there is no PSTN usage "${usage}"`,
    didYouMean(usage, tenant.onlinePstnUsages) ??
      `create it with Set-CsOnlinePstnUsage -Identity Global -Usage @{Add="${usage}"}`,
    holder.at,
  );
}

/**
 * Tells of usages that were there already or not there to be removed. The service answers a
 * duplicate with an error about a duplicate key sequence (observed); here it has no effect.
 */
export function listWarnings(
  list: ChangedList,
  holder: string,
  at: SourcePlace | null,
): readonly Problem[] {
  const twice = list.duplicates.map((usage) =>
    problem(
      "USAGE_DUPLICATE",
      `${holder}: PSTN usage "${usage}" is there already`,
      "leave it out",
      at,
    ),
  );
  const absent = list.absent.map((usage) =>
    problem(
      "USAGE_NOT_PRESENT",
      `${holder}: PSTN usage "${usage}" is not there to be removed`,
      didYouMean(usage, list.values) ?? "leave it out",
      at,
    ),
  );
  return [...twice, ...absent];
}
