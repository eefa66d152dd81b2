import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { nodesOf } from "../../pattern/pattern-tree.ts";
import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * `$2` behind a pattern with one group stands for itself (documented: .NET regular expressions).
 *
 * @problem REPLACEMENT_UNKNOWN_GROUP
 */
export function unknownGroups(
  ground: CheckGround,
  owner: string,
  rule: { readonly pattern: string; readonly translation: string },
  path: NodePath,
): readonly CheckFinding[] {
  const compiled = ground.patternOf(rule.pattern);
  if (!compiled.ok) return [];
  const groups = [...nodesOf(compiled.tree)].filter(
    (node) => node.kind === "group" && node.capturing,
  ).length;
  const named = rule.translation.replaceAll("$$", " ").matchAll(/\$(?:(\d+)|\{(\d+)\})/g);
  const unknown = [...named].map((m) => Number(m[1] ?? m[2])).find((number) => number > groups);
  if (unknown === undefined) return [];
  return [
    finding(
      "REPLACEMENT_UNKNOWN_GROUP",
      `${owner}: the translation ${rule.translation} names group ${unknown}, but the pattern ${rule.pattern} has ${groups}: "$${unknown}" stays as it is in the number`,
      "put parentheses around what is meant, or correct the group's number",
      path,
    ),
  ];
}
