import { nameKey } from "../model/name-key.ts";
import type { EmergencyAddress } from "../model/number-rules.ts";
import { type Problem, problem } from "../model/problem.ts";
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
import { missingParameter } from "./find-named.ts";
import {
  defaultLocation,
  findAddress,
  freshId,
  locationsInUse,
  withAddress,
} from "./lis-addresses.ts";

const COUNTRY = /^[A-Z]{2}$/;

/**
 * `New-CsOnlineLisCivicAddress`: an address with its default location. Ids are made from what is given, as
 * a script run twice must make the same tenant (assumed; Teams draws them at random).
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_INVALID_VALUE
 */
function newAddress(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "New-CsOnlineLisCivicAddress";
  for (const name of ["CompanyName", "CountryOrRegion"])
    if (!args.text(name)?.trim()) return refused(tenant, [missingParameter(name, cmdlet, args.at)]);
  const blank: EmergencyAddress = {
    civicAddressId: "",
    companyName: "",
    countryOrRegion: "",
    houseNumber: null,
    streetName: null,
    city: null,
    stateOrProvince: null,
    postalCode: null,
    description: null,
    locations: [],
  };
  const filled = fillIn(blank, args);
  if ("code" in filled) return refused(tenant, [filled]);
  const words = JSON.stringify(filled);
  const civicAddressId = freshId(tenant, `address ${words}`);
  const locationId = freshId(tenant, `default location ${words}`);
  const address = { ...filled, civicAddressId, locations: [{ locationId, location: null }] };
  const after = { ...tenant, emergencyAddresses: [...tenant.emergencyAddresses, address] };
  return created(after, asOutput(after, address), []);
}

/** @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND, CMDLET_INVALID_VALUE */
function setAddress(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = findAddress(tenant, idOf(args), "Set-CsOnlineLisCivicAddress", args.at);
  if ("code" in old) return refused(tenant, [old]);
  const address = fillIn(old, args);
  if ("code" in address) return refused(tenant, [address]);
  return changed(withAddress(tenant, old, address));
}

/** @problem CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND, LOCATION_IN_USE */
function removeAddress(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = findAddress(tenant, idOf(args), "Remove-CsOnlineLisCivicAddress", args.at);
  if ("code" in old) return refused(tenant, [old]);
  const what = `Civic address of ${old.companyName}`;
  const used = locationsInUse(tenant, what, old.locations, args.at);
  if (used !== null) return refused(tenant, [used]);
  return changed(withAddress(tenant, old, null));
}

/** Filters that compare one text, whatever the case. */
const FILTERS: readonly (readonly [name: string, field: keyof EmergencyAddress])[] = [
  ["CivicAddressId", "civicAddressId"],
  ["City", "city"],
  ["CountryOrRegion", "countryOrRegion"],
  ["Description", "description"],
  ["CompanyName", "companyName"],
  ["HouseNumber", "houseNumber"],
  ["StreetName", "streetName"],
  ["StateOrProvince", "stateOrProvince"],
  ["PostalCode", "postalCode"],
];

function getAddresses(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const found = tenant.emergencyAddresses.filter((address) =>
    FILTERS.every(([name, field]) => {
      const wanted = args.text(name);
      return !wanted || nameKey(String(address[field] ?? "")) === nameKey(wanted);
    }),
  );
  return printed(
    tenant,
    found.map((address) => asOutput(tenant, address)),
  );
}

function idOf(args: CmdletArguments): string {
  return (args.text("CivicAddressId") ?? "").trim();
}

function fillIn(base: EmergencyAddress, args: CmdletArguments): EmergencyAddress | Problem {
  const text = (name: string, old: string | null): string | null => {
    const value = args.text(name);
    return value === undefined ? old : value || null;
  };
  const country = (args.text("CountryOrRegion") ?? base.countryOrRegion).trim().toUpperCase();
  if (!COUNTRY.test(country))
    return problem(
      "CMDLET_INVALID_VALUE",
      `-CountryOrRegion cannot be "${country}"`,
      "write two letters, like US",
      args.at,
    );
  const company = (args.text("CompanyName") ?? "").trim();
  return {
    civicAddressId: base.civicAddressId,
    companyName: company === "" ? base.companyName : company,
    countryOrRegion: country,
    houseNumber: text("HouseNumber", base.houseNumber),
    streetName: text("StreetName", base.streetName),
    city: text("City", base.city),
    stateOrProvince: text("StateOrProvince", base.stateOrProvince),
    postalCode: text("PostalCode", base.postalCode),
    description: text("Description", base.description),
    locations: base.locations,
  };
}

function asOutput(tenant: Tenant, address: EmergencyAddress): OutputObject {
  const ids = new Set(address.locations.map((l) => nameKey(l.locationId)));
  const numbers = tenant.phoneNumbers.filter((n) => ids.has(nameKey(n.locationId ?? "")));
  return outputObject({
    CivicAddressId: address.civicAddressId,
    DefaultLocationId: defaultLocation(address)?.locationId ?? null,
    CompanyName: address.companyName,
    HouseNumber: address.houseNumber,
    StreetName: address.streetName,
    City: address.city,
    StateOrProvince: address.stateOrProvince,
    PostalCode: address.postalCode,
    CountryOrRegion: address.countryOrRegion,
    Description: address.description,
    NumberOfTelephoneNumbers: numbers.length,
  });
}

/** Parts of an address that decide no call. */
const NOT_KEPT: readonly CmdletParameter[] = [
  parameter("HouseNumberSuffix", "string"),
  parameter("PreDirectional", "string"),
  parameter("PostDirectional", "string"),
  parameter("StreetSuffix", "string"),
  parameter("CityAlias", "string"),
  parameter("CompanyTaxId", "string"),
  parameter("Latitude", "string"),
  parameter("Longitude", "string"),
  parameter("Elin", "string"),
  parameter("Confidence", "string"),
  parameter("ValidationStatus", "string"),
  parameter("IsAzureMapValidationRequired", "string"),
];
const FIELDS = FILTERS.slice(1).map(([name]) => parameter(name, "string"));
const ID = parameter("CivicAddressId", "string", null, ["Identity"]);
const FORCE = parameter("Force", "switch");
const VALUES: readonly CmdletParameter[] = [...FIELDS, ...NOT_KEPT, FORCE];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return {
    signature: { name: `${verb}-CsOnlineLisCivicAddress`, parameters },
    notKept: NOT_KEPT.map((each) => each.name),
    run,
  };
}

/** The cmdlets of emergency addresses. */
export const LIS_ADDRESS_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", VALUES, newAddress),
  cmdlet("Set", [ID, ...VALUES], setAddress),
  cmdlet(
    "Get",
    [ID, ...FIELDS, parameter("PopulateNumberOfTelephoneNumbers", "switch"), FORCE],
    getAddresses,
  ),
  cmdlet("Remove", [ID, FORCE], removeAddress),
];
