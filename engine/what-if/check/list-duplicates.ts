import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { nameKey } from "../../model/name-key.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { type CheckFinding, finding } from "./check-finding.ts";

/**
 * Names that stand in a list twice; case and outer blanks do not tell names apart.
 *
 * @param cure - The commands that give the list without its repetitions.
 * @problem LIST_DUPLICATE
 */
export function listDuplicates(
  owner: string,
  kind: string,
  list: readonly string[],
  path: NodePath,
  cure: (list: readonly string[]) => readonly CmdletInvocation[],
): readonly CheckFinding[] {
  const seen = new Set<string>();
  const once: string[] = [];
  const repeats: number[] = [];
  for (const [at, name] of list.entries()) {
    if (seen.has(nameKey(name))) repeats.push(at);
    else once.push(name);
    seen.add(nameKey(name));
  }
  return repeats.map((at) =>
    finding(
      "LIST_DUPLICATE",
      `${owner} names ${kind} "${list[at]}" twice; only the first counts`,
      "take the second one out",
      [...path, at],
      { cure: cure(once) },
    ),
  );
}
