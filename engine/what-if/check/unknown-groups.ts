import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { parsePattern } from "../../pattern/parse-pattern.ts";
import { type CheckFinding, finding } from "./check-finding.ts";

/**
 * `$2` behind a pattern with one group stands for itself (documented: .NET, "Substitutions in regular
 * expressions").
 *
 * @problem REPLACEMENT_UNKNOWN_GROUP
 */
export function unknownGroups(
  owner: string,
  { pattern, translation }: { readonly pattern: string; readonly translation: string },
  path: NodePath,
): readonly CheckFinding[] {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return [];
  const { numbers, names } = parsed.groups;
  const references = translation.replaceAll("$$", " ").matchAll(/\$(?:(\d+)|\{(\w+)\})/g);
  const unknown = [...references].find(([, bare, braced]) => {
    const group = bare ?? braced ?? "";
    return /^\d+$/.test(group) ? !numbers.has(Number(group)) : !names.has(group);
  });
  if (unknown === undefined) return [];
  return [
    finding(
      "REPLACEMENT_UNKNOWN_GROUP",
      `${owner}: the translation ${translation} names a group that the pattern ${pattern} does not have: "${unknown[0]}" stays as it is in the number`,
      "put parentheses around what is meant, or correct the group",
      path,
    ),
  ];
}
