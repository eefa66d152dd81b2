import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { PhoneNumber } from "../model/phone-number.ts";
import { type Outcome, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/** How the service prints an address that is not set. */
const ZERO_GUID = "00000000-0000-0000-0000-000000000000";

/**
 * The location of a number after `-LocationId`: `undefined` keeps it, `$null`, an empty text and the
 * word `null` clear it (Microsoft: Set-CsPhoneNumberAssignment). Whether it may change is said by the
 * number: some operators set the address themselves (Microsoft: operator-connect-configure).
 *
 * @problem NUMBER_ADDRESS_FIXED, CMDLET_NOT_FOUND
 */
export function changeLocation(
  tenant: Tenant,
  record: PhoneNumber,
  written: string | null | undefined,
  at: SourcePlace | null,
): Outcome<string | null> {
  if (written === undefined) return { ok: true, value: record.locationId, problems: [] };
  const locations = tenant.emergencyAddresses.flatMap((a) => a.locations.map((l) => l.locationId));
  const wanted = clears(written) ? null : written;
  const known = locations.find((id) => wanted !== null && nameKey(id) === nameKey(wanted));
  const value = wanted === null ? null : (known ?? wanted);
  if (value === record.locationId) return { ok: true, value, problems: [] };
  if (wanted !== null && known === undefined)
    return refusal(
      "CMDLET_NOT_FOUND",
      `There is no emergency location "${wanted}"`,
      didYouMean(wanted, locations) ?? "use the LocationId of one of the tenant's addresses",
    );
  if (!record.locationUpdateSupported)
    return refusal(
      "NUMBER_ADDRESS_FIXED",
      `The emergency address of ${record.telephoneNumber} is set by its operator and cannot be changed here`,
      "ask the operator to change it",
    );
  return { ok: true, value, problems: [] };

  function refusal(
    code: "CMDLET_NOT_FOUND" | "NUMBER_ADDRESS_FIXED",
    what: string,
    hint: string,
  ): Outcome<string | null> {
    return { ok: false, problems: [problem(code, what, hint, at)] };
  }
}

function clears(written: string | null): boolean {
  return written === null || ["", "null", ZERO_GUID].includes(nameKey(written));
}
