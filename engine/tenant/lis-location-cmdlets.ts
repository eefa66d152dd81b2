import { nameKey } from "../model/name-key.ts";
import type { EmergencyAddress, EmergencyLocation } from "../model/number-rules.ts";
import { problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import {
  type Cmdlet,
  changed,
  created,
  outputObject,
  parameter,
  printed,
  refused,
} from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { alreadyExists, missingParameter } from "./find-named.ts";
import {
  defaultLocation,
  findAddress,
  findLocation,
  freshId,
  locationsInUse,
  withAddress,
} from "./lis-addresses.ts";

/**
 * `New-CsOnlineLisLocation`: a place inside an address, such as a floor.
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND, CMDLET_ALREADY_EXISTS
 */
function newLocation(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "New-CsOnlineLisLocation";
  const id = (args.text("CivicAddressId") ?? "").trim();
  const address = findAddress(tenant, id, cmdlet, args.at);
  if ("code" in address) return refused(tenant, [address]);
  const name = (args.text("Location") ?? "").trim();
  if (name === "") return refused(tenant, [missingParameter("Location", cmdlet, args.at)]);
  const same = address.locations.find((l) => nameKey(l.location ?? "") === nameKey(name));
  if (same !== undefined)
    return refused(tenant, [
      alreadyExists("emergency location", name, "Set-CsOnlineLisLocation", args.at),
    ]);
  const words = `location ${JSON.stringify([address.civicAddressId, name])}`;
  const location = { locationId: freshId(tenant, words), location: name };
  const grown = { ...address, locations: [...address.locations, location] };
  const after = withAddress(tenant, address, grown);
  return created(after, asOutput(grown, location), []);
}

function idOf(args: CmdletArguments): string {
  return (args.text("LocationId") ?? "").trim();
}

/** @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND */
function setLocation(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const found = findLocation(tenant, idOf(args), "Set-CsOnlineLisLocation", args.at);
  if ("code" in found) return refused(tenant, [found]);
  const { address, location } = found;
  const name = args.text("Location");
  if (name === undefined) return changed(tenant);
  const renamed = { ...location, location: name || null };
  const locations = address.locations.map((each) => (each === location ? renamed : each));
  return changed(withAddress(tenant, address, { ...address, locations }));
}

/**
 * The default place goes only with its address (documented: Microsoft, Remove-CsOnlineLisLocation).
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND, CMDLET_INVALID_VALUE, LOCATION_IN_USE
 */
function removeLocation(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const found = findLocation(tenant, idOf(args), "Remove-CsOnlineLisLocation", args.at);
  if ("code" in found) return refused(tenant, [found]);
  const { address, location } = found;
  const what = `Location "${location.location ?? address.companyName}"`;
  if (location === defaultLocation(address))
    return refused(tenant, [
      problem(
        "CMDLET_INVALID_VALUE",
        `${what} is the default location of its civic address and cannot be removed alone`,
        `remove the address with Remove-CsOnlineLisCivicAddress -CivicAddressId ${address.civicAddressId}`,
        args.at,
      ),
    ]);
  const used = locationsInUse(tenant, what, [location], args.at);
  if (used !== null) return refused(tenant, [used]);
  const locations = address.locations.filter((each) => each !== location);
  return changed(withAddress(tenant, address, { ...address, locations }));
}

function getLocations(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const fits = (name: string, own: string | null): boolean => {
    const wanted = args.text(name);
    return !wanted || nameKey(own ?? "") === nameKey(wanted);
  };
  const found = tenant.emergencyAddresses.flatMap((address) =>
    address.locations
      .filter(
        (each) =>
          fits("CivicAddressId", address.civicAddressId) &&
          fits("LocationId", each.locationId) &&
          fits("Location", each.location) &&
          fits("City", address.city) &&
          fits("CountryOrRegion", address.countryOrRegion),
      )
      .map((each) => asOutput(address, each)),
  );
  return printed(tenant, found);
}

function asOutput(address: EmergencyAddress, location: EmergencyLocation): OutputObject {
  return outputObject({
    LocationId: location.locationId,
    Location: location.location,
    CivicAddressId: address.civicAddressId,
    IsDefault: location === defaultLocation(address),
    CompanyName: address.companyName,
    City: address.city,
    CountryOrRegion: address.countryOrRegion,
  });
}

/** Parts of a place that decide no call. */
const NOT_KEPT: readonly CmdletParameter[] = [
  parameter("CityAlias", "string"),
  parameter("CompanyTaxId", "string"),
  parameter("Confidence", "string"),
  parameter("Elin", "string"),
  parameter("HouseNumberSuffix", "string"),
];
const ID = parameter("LocationId", "string", null, ["Identity"]);
const ADDRESS = parameter("CivicAddressId", "string");
const LOCATION = parameter("Location", "string");
const FORCE = parameter("Force", "switch");

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return {
    signature: { name: `${verb}-CsOnlineLisLocation`, parameters },
    notKept: NOT_KEPT.map((each) => each.name),
    run,
  };
}

/** The cmdlets of places inside emergency addresses. */
export const LIS_LOCATION_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", [ADDRESS, LOCATION, ...NOT_KEPT, FORCE], newLocation),
  cmdlet("Set", [ID, LOCATION, ...NOT_KEPT, FORCE], setLocation),
  cmdlet(
    "Get",
    [
      ID,
      ADDRESS,
      LOCATION,
      parameter("City", "string"),
      parameter("CountryOrRegion", "string"),
      FORCE,
    ],
    getLocations,
  ),
  cmdlet("Remove", [ID, FORCE], removeLocation),
];
