import { nameKey } from "../../model/name-key.ts";
import type { DraftEntry } from "./draft-tenant.ts";
import {
  type ExportedFiles,
  entriesOf,
  listOf,
  textOf,
  type Values,
  valuesOf,
} from "./exported-files.ts";

/**
 * Telephone numbers with the names of those who have them in place of object ids. A number that several
 * users share, as those of Direct Routing may, is listed once for each of them; its first holder counts.
 * A number of a type that is not known cannot be called from, and is left out.
 */
export function numberEntries(
  files: ExportedFiles,
  byObjectId: ReadonlyMap<string, string>,
): readonly DraftEntry[] {
  const tollFree = tollFreeNumbers(files);
  const seen = new Set<string>();
  return entriesOf(files, "Get-CsPhoneNumberAssignment", (value) =>
    numberOf(value, byObjectId, tollFree),
  ).filter(({ value }) => {
    if ((value as Values)["numberType"] === undefined) return false;
    const key = textOf(value as Values, "telephoneNumber");
    if (key !== "" && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Numbers that the bridge lists as toll-free. */
function tollFreeNumbers(files: ExportedFiles): ReadonlySet<unknown> {
  const listed = valuesOf(files, "Get-CsOnlineDialInConferencingServiceNumber");
  const free = listed.filter((number) => /free/i.test(textOf(number, "type")));
  return new Set(free.map(({ number }) => number));
}

function numberOf(
  { partnerName, ...value }: Values,
  byObjectId: ReadonlyMap<string, string>,
  tollFree: ReadonlySet<unknown>,
): Values {
  const target = textOf(value, "assignedPstnTargetId");
  const assigned = value["pstnAssignmentStatus"] ?? "Unassigned";
  const number: Record<string, unknown> = { ...value };
  if (assigned === "ConferenceAssigned") number["assignedPstnTargetId"] = "bridge";
  else if (target !== "")
    number["assignedPstnTargetId"] = byObjectId.get(nameKey(target)) ?? target;
  if (listOf(value, "capability").includes("TollFree") || tollFree.has(value["telephoneNumber"])) {
    number["tollFree"] = true;
  }
  // WHY: Microsoft is named as the partner of its own numbers.
  const partnered = ["OperatorConnect", "TeamsPhoneMobile"].includes(textOf(value, "numberType"));
  if (partnered && typeof partnerName === "string") number["operator"] = partnerName;
  return number;
}
