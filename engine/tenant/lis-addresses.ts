/**
 * Emergency addresses and the places in them: finding them, making their ids, and who uses them.
 *
 * @module
 */
import { derivedGuid } from "../model/derived-guid.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { EmergencyAddress, EmergencyLocation } from "../model/number-rules.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { missingParameter } from "./find-named.ts";

/** How many numbers a refusal lists. */
const LISTED = 5;

/** An id that no address and no location of the tenant has; the same tenant gives the same. */
export function freshId(tenant: Tenant, words: string): string {
  const taken = new Set(
    tenant.emergencyAddresses
      .flatMap((a) => [a.civicAddressId, ...a.locations.map((l) => l.locationId)])
      .map(nameKey),
  );
  for (let count = 0; ; count++) {
    const id = derivedGuid(`${words} ${count}`);
    if (!taken.has(id)) return id;
  }
}

/** The place that stands for the whole address; every address has it from the beginning. */
export function defaultLocation(address: EmergencyAddress): EmergencyLocation | undefined {
  return address.locations.find((location) => location.location === null) ?? address.locations[0];
}

/** @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND */
export function findAddress(
  tenant: Tenant,
  id: string,
  cmdlet: string,
  at: SourcePlace | null,
): EmergencyAddress | Problem {
  if (id === "") return missingParameter("CivicAddressId", cmdlet, at);
  const found = tenant.emergencyAddresses.find((a) => nameKey(a.civicAddressId) === nameKey(id));
  return (
    found ??
    noSuch(
      "civic address",
      id,
      tenant.emergencyAddresses.map((a) => a.civicAddressId),
      at,
    )
  );
}

/** A place and the address that holds it. @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND */
export function findLocation(
  tenant: Tenant,
  id: string,
  cmdlet: string,
  at: SourcePlace | null,
): { readonly address: EmergencyAddress; readonly location: EmergencyLocation } | Problem {
  if (id === "") return missingParameter("LocationId", cmdlet, at);
  for (const address of tenant.emergencyAddresses) {
    const location = address.locations.find((l) => nameKey(l.locationId) === nameKey(id));
    if (location !== undefined) return { address, location };
  }
  const ids = tenant.emergencyAddresses.flatMap((a) => a.locations.map((l) => l.locationId));
  return noSuch("emergency location", id, ids, at);
}

function noSuch(kind: string, id: string, ids: readonly string[], at: SourcePlace | null): Problem {
  return problem(
    "CMDLET_NOT_FOUND",
    `Cannot find a ${kind} with the id "${id}"`,
    didYouMean(id, ids) ?? "list them with Get-CsOnlineLisCivicAddress and Get-CsOnlineLisLocation",
    at,
  );
}

/**
 * Refuses to remove places that numbers have; `null` = nobody has one (documented: Microsoft,
 * Remove-CsOnlineLisCivicAddress, Remove-CsOnlineLisLocation).
 *
 * @problem LOCATION_IN_USE
 */
export function locationsInUse(
  tenant: Tenant,
  what: string,
  locations: readonly EmergencyLocation[],
  at: SourcePlace | null,
): Problem | null {
  const keys = new Set(locations.map((location) => nameKey(location.locationId)));
  const numbers = tenant.phoneNumbers
    .filter((number) => number.locationId !== null && keys.has(nameKey(number.locationId)))
    .map((number) => number.telephoneNumber);
  if (numbers.length === 0) return null;
  const rest = numbers.length > LISTED ? ` and ${numbers.length - LISTED} more` : "";
  return problem(
    "LOCATION_IN_USE",
    `${what} is the emergency address of ${numbers.slice(0, LISTED).join(", ")}${rest}`,
    "give the numbers another location first with Set-CsPhoneNumberAssignment -LocationId",
    at,
  );
}

/** The tenant with one address changed, or taken away. */
export function withAddress(
  tenant: Tenant,
  old: EmergencyAddress,
  address: EmergencyAddress | null,
): Tenant {
  return {
    ...tenant,
    emergencyAddresses: tenant.emergencyAddresses.flatMap((each) => {
      if (each !== old) return [each];
      return address === null ? [] : [address];
    }),
  };
}
