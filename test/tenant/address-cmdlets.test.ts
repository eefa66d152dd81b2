import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";

const addresses = suite("address and resource account cmdlets");
const NEW = "New-CsOnlineLisCivicAddress";
const SITE: Parameters = {
  CompanyName: "Contoso",
  CountryOrRegion: "us",
  HouseNumber: "1",
  StreetName: "Microsoft Way",
  City: "Redmond",
  StateOrProvince: "WA",
  PostalCode: "98052",
};
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const TENANT = invokeAll(CONTOSO, [NEW, SITE]);
const [ADDRESS] = TENANT.emergencyAddresses;
if (ADDRESS === undefined) throw new Error("an address was made");
const ID = ADDRESS.civicAddressId;
const DEFAULT_PLACE = ADDRESS.locations[0]?.locationId ?? "";
const WITH_FLOOR = invokeAll(TENANT, [
  "New-CsOnlineLisLocation",
  { CivicAddressId: ID, Location: "2nd floor" },
]);
const FLOOR = WITH_FLOOR.emergencyAddresses[0]?.locations[1]?.locationId ?? "";

addresses("an address has an id and a default location of its own, the same in every run", () => {
  assert.match(ID, GUID);
  assert.match(DEFAULT_PLACE, GUID);
  assert.is.not(ID, DEFAULT_PLACE);
  assert.equal(invokeAll(CONTOSO, [NEW, SITE]), TENANT);
  const twice = invokeAll(TENANT, [NEW, SITE]).emergencyAddresses;
  assert.is(new Set(twice.flatMap((a) => [a.civicAddressId, a.locations[0]?.locationId])).size, 4);
  assert.is(ADDRESS.countryOrRegion, "US");
  assert.is(ADDRESS.city, "Redmond");
});

addresses("addresses are printed, found by their parts, and changed", () => {
  const [printed] = invoke(TENANT, "Get-CsOnlineLisCivicAddress", { City: "REDMOND" }).output;
  assert.is(printed?.properties["DefaultLocationId"], DEFAULT_PLACE);
  assert.equal(invoke(TENANT, "Get-CsOnlineLisCivicAddress", { City: "Paris" }).output, []);
  const moved = invoke(TENANT, "Set-CsOnlineLisCivicAddress", {
    CivicAddressId: ID,
    City: "Seattle",
  });
  assert.equal(moved.tenant.emergencyAddresses, [{ ...ADDRESS, city: "Seattle" }]);
});

addresses("places are made, printed, renamed and removed", () => {
  const places = invoke(WITH_FLOOR, "Get-CsOnlineLisLocation", { CivicAddressId: ID }).output;
  assert.equal(
    places.map((o) => [o.properties["Location"], o.properties["IsDefault"]]),
    [
      [null, true],
      ["2nd floor", false],
    ],
  );
  const renamed = invoke(WITH_FLOOR, "Set-CsOnlineLisLocation", {
    LocationId: FLOOR,
    Location: "3rd floor",
  }).tenant;
  assert.is(renamed.emergencyAddresses[0]?.locations[1]?.location, "3rd floor");
  const removed = invoke(WITH_FLOOR, "Remove-CsOnlineLisLocation", { LocationId: FLOOR }).tenant;
  assert.equal(removed, TENANT);
  const gone = invoke(TENANT, "Remove-CsOnlineLisCivicAddress", { CivicAddressId: ID }).tenant;
  assert.equal(gone, CONTOSO);
});

/** A number that has one of the places. */
function used(locationId: string): Tenant {
  const phoneNumbers = WITH_FLOOR.phoneNumbers.map((number, i) =>
    i === 3 ? { ...number, locationId } : number,
  );
  return { ...WITH_FLOOR, phoneNumbers };
}

const PARIS = { CivicAddressId: "paris" };
const REFUSED: readonly (readonly [why: string, Tenant, string, Parameters, ProblemCode])[] = [
  ["no company", TENANT, NEW, { CountryOrRegion: "US" }, "CMDLET_MISSING_PARAMETER"],
  ["no country", TENANT, NEW, { CompanyName: "Contoso" }, "CMDLET_MISSING_PARAMETER"],
  ["a country in words", TENANT, NEW, { ...SITE, CountryOrRegion: "USA" }, "CMDLET_INVALID_VALUE"],
  ["an unknown address", TENANT, "Set-CsOnlineLisCivicAddress", PARIS, "CMDLET_NOT_FOUND"],
  [
    "an unknown address",
    TENANT,
    "New-CsOnlineLisLocation",
    { ...PARIS, Location: "1" },
    "CMDLET_NOT_FOUND",
  ],
  ["no id", TENANT, "Remove-CsOnlineLisCivicAddress", {}, "CMDLET_MISSING_PARAMETER"],
  [
    "no name",
    TENANT,
    "New-CsOnlineLisLocation",
    { CivicAddressId: ID },
    "CMDLET_MISSING_PARAMETER",
  ],
  [
    "a place that is there",
    WITH_FLOOR,
    "New-CsOnlineLisLocation",
    { CivicAddressId: ID, Location: "2ND FLOOR" },
    "CMDLET_ALREADY_EXISTS",
  ],
  [
    "the default place",
    WITH_FLOOR,
    "Remove-CsOnlineLisLocation",
    { LocationId: DEFAULT_PLACE },
    "CMDLET_INVALID_VALUE",
  ],
  [
    "a place that a number has",
    used(FLOOR),
    "Remove-CsOnlineLisLocation",
    { LocationId: FLOOR },
    "LOCATION_IN_USE",
  ],
  [
    "an address that a number has",
    used(FLOOR),
    "Remove-CsOnlineLisCivicAddress",
    { CivicAddressId: ID },
    "LOCATION_IN_USE",
  ],
  [
    "an unknown place",
    TENANT,
    "Remove-CsOnlineLisLocation",
    { LocationId: FLOOR },
    "CMDLET_NOT_FOUND",
  ],
];
for (const [why, tenant, cmdlet, given, code] of REFUSED)
  addresses(`${cmdlet} is refused: ${why}`, () => {
    assert.equal(codesOf(invoke(tenant, cmdlet, given)), [code]);
  });

const ATTENDANT = "ce933385-9390-45d1-9512-c8d228074e07";
const QUEUE = "11cd3e2e-fccb-42ad-ad00-878b93575e07";
const INSTANCE: Parameters = {
  UserPrincipalName: "reception@contoso.com",
  ApplicationId: ATTENDANT,
  DisplayName: "Reception",
};

addresses("a resource account is made for one of Teams' applications, changed and printed", () => {
  const made = invokeAll(CONTOSO, ["New-CsOnlineApplicationInstance", INSTANCE]);
  const queue = invoke(made, "Set-CsOnlineApplicationInstance", {
    Identity: "reception@contoso.com",
    ApplicationId: QUEUE,
  }).tenant;
  assert.is(queue.resourceAccounts[0]?.application, "CallQueue");
  const [printed] = invoke(made, "Get-CsOnlineApplicationInstance").output;
  const objectId = printed?.properties["ObjectId"];
  assert.match(String(objectId), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(printed?.properties, {
    Identity: "reception@contoso.com",
    ObjectId: objectId,
    UserPrincipalName: "reception@contoso.com",
    DisplayName: "Reception",
    ApplicationId: ATTENDANT,
    PhoneNumber: null,
  });
});

addresses("a resource account is handed on by its object id, in any case", () => {
  const made = invokeAll(CONTOSO, ["New-CsOnlineApplicationInstance", INSTANCE]);
  const [printed] = invoke(made, "Get-CsOnlineApplicationInstance").output;
  const id = String(printed?.properties["ObjectId"]).toUpperCase();
  const shown = invoke(made, "New-CsCallingLineIdentity", {
    Identity: "Reception",
    CallingIDSubstitute: "Resource",
    ResourceAccount: id,
  });
  assert.equal(codesOf(shown), []);
  const identity = shown.tenant.callingLineIdentities.find((one) => one.identity === "Reception");
  assert.is(identity?.resourceAccount, "reception@contoso.com");
  const found = invoke(made, "Get-CsOnlineApplicationInstance", { Identity: id });
  assert.is(found.output[0]?.properties["UserPrincipalName"], "reception@contoso.com");
  const unknown = "11111111-2222-3333-4444-555555555555";
  const missing = invoke(made, "Get-CsOnlineApplicationInstance", { Identity: unknown });
  assert.equal(codesOf(missing), ["USER_NOT_FOUND"]);
});

const NO_INSTANCES: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["a name that a user has", { UserPrincipalName: "MEGAN@contoso.com" }, "CMDLET_ALREADY_EXISTS"],
  ["no name", { UserPrincipalName: "" }, "CMDLET_MISSING_PARAMETER"],
  ["a name without a domain", { UserPrincipalName: "reception" }, "CMDLET_INVALID_VALUE"],
  ["another application", { ApplicationId: "0000" }, "CMDLET_INVALID_VALUE"],
];
for (const [why, given, code] of NO_INSTANCES)
  addresses(`a resource account is refused for ${why}`, () => {
    const result = invoke(CONTOSO, "New-CsOnlineApplicationInstance", { ...INSTANCE, ...given });
    assert.equal(codesOf(result), [code]);
  });

addresses("a user is no resource account", () => {
  const get = { Identity: "megan@contoso.com" };
  const result = invoke(CONTOSO, "Get-CsOnlineApplicationInstance", get);
  assert.equal(codesOf(result), ["USER_NOT_FOUND"]);
});

addresses.run();
