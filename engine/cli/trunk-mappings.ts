import { parseTrunkMapping, type TrunkMapping } from "../call/trunk-targets.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Outcome, type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/**
 * Reads what `--map` says, once for each time it was given.
 *
 * @problem MAP_INVALID
 * @problem MAP_UNKNOWN
 */
export function readTrunkMappings(
  given: readonly string[],
  tenant: Tenant,
): Outcome<readonly TrunkMapping[]> {
  const known = [
    ...tenant.operators.flatMap(({ trunks }) => trunks.map(({ name }) => name)),
    ...tenant.onlinePstnGateways.map(({ identity }) => identity),
  ];
  const keys = new Set(known.map(nameKey));
  const mappings: TrunkMapping[] = [];
  const problems: Problem[] = [];
  for (const text of given) {
    const mapping = parseTrunkMapping(text);
    if (mapping === null) problems.push(notWrittenSo(text));
    else if (!keys.has(nameKey(mapping.name))) problems.push(unknown(mapping.name, known));
    else mappings.push(mapping);
  }
  const isFine = problems.length === 0;
  return isFine ? { ok: true, value: mappings, problems } : { ok: false, problems };
}

function notWrittenSo(text: string): Problem {
  const hint = "write --map NAME=HOST:PORT, and ;transport=tcp or ;transport=tls behind it";
  return problem("MAP_INVALID", `--map "${text}" says not where a trunk's calls go`, hint);
}

function unknown(name: string, known: readonly string[]): Problem {
  const what = `--map names "${name}", which is no trunk and no gateway of the tenant`;
  const list =
    known.length === 0
      ? "the tenant has neither"
      : `name one of them, such as ${known.slice(0, 5).join(", ")}`;
  return problem("MAP_UNKNOWN", what, didYouMean(name, known) ?? list);
}
