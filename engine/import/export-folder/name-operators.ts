import { nameKey } from "../../model/name-key.ts";
import { type Problem, problem } from "../../model/problem.ts";
import { type Draft, type DraftEntry, entryOf, placeOfEntry } from "./draft-tenant.ts";
import { textOf, type Values } from "./exported-files.ts";

/**
 * Exported numbers name their operator as people know it; in the tenant they name its id. An operator
 * that operators.yaml does not have is added, without trunks: those no cmdlet exports.
 *
 * @problem EXPORT_ASSUMED an operator is named by numbers and described nowhere
 */
export function nameOperators(draft: Draft): {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
} {
  const numbers = draft.lists.get("phoneNumbers") ?? [];
  const operators = [...(draft.lists.get("operators") ?? [])];
  const ids = new Map<string, string>();
  for (const { value } of operators) {
    const id = textOf(value as Values, "id");
    ids.set(nameKey(textOf(value as Values, "name")), id);
    ids.set(nameKey(id), id);
  }
  const problems: Problem[] = [];
  const named = numbers.map((entry): DraftEntry => {
    const value = entry.value as Values;
    const name = textOf(value, "operator");
    // WHY: what operators.yaml says of a number is an id already, and judged as such.
    if (name === "" || entry.origin === null) return entry;
    const known = ids.get(nameKey(name));
    if (known !== undefined) return { ...entry, value: { ...value, operator: known } };
    const id = idFor(name, new Set(ids.values()));
    ids.set(nameKey(name), id);
    operators.push(entryOf({ id, name }, entry.origin));
    const what = `operator ${name} is named by a number and described nowhere, so no trunk of it is known`;
    const hint = `describe it under operators in operators.yaml, with id ${id} and its trunks`;
    problems.push(problem("EXPORT_ASSUMED", what, hint, placeOfEntry(entry, "partnerName")));
    return { ...entry, value: { ...value, operator: id } };
  });
  const lists = new Map(draft.lists);
  lists.set("phoneNumbers", named);
  lists.set("operators", operators);
  return { draft: { ...draft, lists }, problems };
}

/** `Pure IP` → `pure-ip`. */
function idFor(name: string, taken: ReadonlySet<string>): string {
  const words = name.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? ["operator"];
  const id = words.join("-");
  for (let count = 2; ; count += 1) {
    const candidate = count === 2 && !taken.has(id) ? id : `${id}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
